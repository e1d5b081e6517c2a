package dev.molt.dsl.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptCacheTest {
  @TempDir Path folder;

  private HookScript load(String text) throws IOException {
    Path file = folder.resolve("x.groovy");
    Files.writeString(file, text);
    return new Scripts(new ScriptCache(folder.resolve("cache")))
        .load(ScriptSource.file(file), HookScript.class);
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void keepsClassesByWhatTheyAreMadeOf() throws IOException {
    assertThat(load("before { 1 }").closures(true)).containsOnlyKeys(Moment.BEFORE_PLAY);
    assertThat(kept()).hasSize(1);
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("cache"))))
        .isEqualTo("rwx------");
    // Whether they come from there shows when something else is put there under the same name.
    Path one = kept().get(0);
    byte[] first = Files.readAllBytes(one);
    assertThat(load("after { 2 }").closures(true)).containsOnlyKeys(Moment.AFTER_PLAY);
    assertThat(kept()).hasSize(2);
    Path two = kept().stream().filter(f -> !f.equals(one)).findFirst().orElseThrow();
    Files.write(two, first);
    assertThat(load("after { 2 }").closures(true)).containsOnlyKeys(Moment.BEFORE_PLAY);
  }

  @Test
  void whatOthersCanWriteIsCompiledAgain() throws IOException {
    load("before { 1 }");
    Path one = kept().get(0);
    load("after { 2 }");
    Path two = kept().stream().filter(f -> !f.equals(one)).findFirst().orElseThrow();
    Files.write(two, Files.readAllBytes(one));
    Files.setPosixFilePermissions(two, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(load("after { 2 }").closures(true)).containsOnlyKeys(Moment.AFTER_PLAY);
  }

  @Test
  void whatCannotBeReadIsCompiledAgain() throws IOException {
    load("before { 1 }");
    Files.write(kept().get(0), new byte[] {1, 2, 3});
    assertThat(load("before { 1 }").closures(true)).containsOnlyKeys(Moment.BEFORE_PLAY);
    byte[] damaged = Files.readAllBytes(kept().get(0));
    java.util.Arrays.fill(damaged, damaged.length / 2, damaged.length, (byte) 0);
    Files.write(kept().get(0), damaged);
    assertThat(load("before { 1 }").closures(true)).containsOnlyKeys(Moment.BEFORE_PLAY);
    Map<String, byte[]> classes = new LinkedHashMap<>();
    classes.put("a", new byte[] {1});
    ScriptCache cache = new ScriptCache(folder.resolve("other"));
    cache.store("k", classes);
    assertThat(cache.load("k").orElseThrow()).containsOnlyKeys("a");
    assertThat(cache.load("none")).isEmpty();
  }
}
