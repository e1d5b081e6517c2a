package dev.molt.runner.module.builtin.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.ModuleKit.Runs;
import dev.molt.runner.module.builtin.CopyModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssembleModuleTest {
  @TempDir Path here;
  @TempDir Path host;
  private final AssembleModule assemble = new AssembleModule();
  private ModuleKit kit;

  @BeforeEach
  void open() throws Exception {
    kit = ModuleKit.local().watching(host);
    for (Path root : List.of(here, host)) {
      ModuleKit.write(root.resolve("src/b"), "two");
      ModuleKit.write(root.resolve("src/a"), "one\n");
      ModuleKit.write(root.resolve("src/Ω"), "last\n");
      ModuleKit.write(root.resolve("src/.x"), "hidden\n");
      Files.createDirectory(root.resolve("src/dir"));
    }
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private AssembleModule.Options options(Path root, String options) {
    List<Object> all =
        new ArrayList<>(List.of("src", root.resolve("src"), "dest", host.resolve("all")));
    for (String pair : options.split("; ")) {
      all.addAll(List.of(pair.split("=", 2)));
    }
    return OptionsKit.of(assemble, all.toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "backup=no ~ hidden|one|two|last|",
        "ignore_hidden=yes ~ one|two|last|",
        "regexp=^[ab]$ ~ one|two",
        "ignore_hidden=yes; delimiter=--- ~ one|---|two|---|last|",
        "ignore_hidden=yes; delimiter=\\x41\\n ~ one|A|two|A|last|",
      })
  void putsFragmentsTogether(String options, String whole) throws Exception {
    for (Path root : List.of(host, here)) {
      Runs runs = kit.changes(assemble, options(root, options + "; remote_src=" + (root == host)));
      assertThat(Files.readString(host.resolve("all")).replace('\n', '|')).isEqualTo(whole);
      assertThat(runs.applied().result().get("msg")).isEqualTo(Value.of("OK"));
      assertThat(runs.applied().result().get("state")).isEqualTo(Value.of("file"));
      assertThat(runs.check().result().get("diff")).isInstanceOf(MapValue.class);
      Files.delete(host.resolve("all"));
    }
  }

  @Test
  void aCheckSeesFragmentsThatWouldBeThere() throws Exception {
    CopyModule copy = new CopyModule();
    kit.check(copy, OptionsKit.of(copy, "content", "new\n", "dest", host.resolve("src/b")));
    kit.check(copy, OptionsKit.of(copy, "content", "more\n", "dest", host.resolve("src/c")));
    assertThat(kit.check(assemble, options(host, "ignore_hidden=yes")).diffs())
        .filteredOn(d -> d.field().equals("content"))
        .extracting(d -> d.after())
        .containsExactly("one\nnew\nmore\nlast\n");
  }

  @Test
  void validatesAndKeepsABackup() throws Exception {
    ModuleKit.write(host.resolve("all"), "old");
    assertThatThrownBy(() -> kit.apply(assemble, options(host, "validate=grep -q no %s")))
        .isInstanceOf(ModuleException.class);
    Runs runs = kit.changes(assemble, options(host, "validate=grep -q one %s; backup=yes"));
    assertThat(runs.applied().result().has("backup_file")).isTrue();
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    AssembleModule.Options none =
        OptionsKit.of(assemble, "src", host.resolve("no"), "dest", host.resolve("all"));
    assertThatThrownBy(() -> kit.apply(assemble, none))
        .hasMessage("Source (" + host.resolve("no") + ") does not exist");
    AssembleModule.Options file =
        OptionsKit.of(assemble, "src", host.resolve("src/a"), "dest", host.resolve("all"));
    assertThatThrownBy(() -> kit.apply(assemble, file))
        .hasMessage("Source (" + host.resolve("src/a") + ") is not a directory");
    assertThatThrownBy(() -> kit.apply(assemble, options(host, "regexp=(")))
        .hasMessageStartingWith("Invalid Regexp");
    assertThatThrownBy(() -> kit.apply(assemble, options(host, "validate=true")))
        .hasMessage("validate must contain %s: true");
    assertThatThrownBy(() -> kit.apply(assemble, options(host, "delimiter=\\xZZ")))
        .isInstanceOf(ModuleException.class);
  }
}
