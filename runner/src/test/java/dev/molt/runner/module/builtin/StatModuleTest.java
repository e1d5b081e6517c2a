package dev.molt.runner.module.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Effect.FileEffect;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.builtin.StatModule.Algorithm;
import dev.molt.runner.module.builtin.StatModule.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatModuleTest {
  @TempDir Path dir;
  private ModuleKit kit;

  @AfterEach
  void close() {
    kit.close();
  }

  @BeforeEach
  void kit() {
    kit = ModuleKit.local().watching(dir);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "two words",
        "-rf",
        "it's",
        "a\"b",
        "new\nline",
        "end\n",
        "grün",
        "$x`y`"
      })
  void describesAFileOfAnyName(String name) throws Exception {
    Path file = ModuleKit.write(dir.resolve(name), "hello");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));

    MapValue stat = stat(file, false);

    assertThat(stat.get("exists")).isEqualTo(Value.of(true));
    assertThat(stat.get("isreg")).isEqualTo(Value.of(true));
    assertThat(stat.get("mode")).isEqualTo(Value.of("0750"));
    assertThat(stat.get("size")).isEqualTo(Value.of(5));
    assertThat(stat.get("executable")).isEqualTo(Value.of(true));
    assertThat(stat.get("xoth")).isEqualTo(Value.of(false));
    assertThat(stat.get("checksum"))
        .isEqualTo(Value.of("aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"));
    assertThat(kit.roundTrips()).isEqualTo(1);
  }

  @Test
  void whatIsNotThereDoesNotExist() throws Exception {
    assertThat(stat(dir.resolve("none/of/this"), false).entries()).hasSize(1);
    ModuleKit.write(dir.resolve("file"), "");
    assertThat(stat(dir.resolve("file/below"), false).get("exists")).isEqualTo(Value.of(false));
  }

  @Test
  void aLinkIsShownOrFollowed() throws Exception {
    ModuleKit.write(dir.resolve("to there -> here"), "x");
    Path link = Files.createSymbolicLink(dir.resolve("a -> b"), Path.of("to there -> here"));

    MapValue itself = stat(link, false);
    assertThat(itself.get("islnk")).isEqualTo(Value.of(true));
    assertThat(itself.get("lnk_target")).isEqualTo(Value.of("to there -> here"));
    assertThat(itself.get("lnk_source"))
        .isEqualTo(Value.of(dir.resolve("to there -> here").toString()));
    assertThat(stat(link, true).get("isreg")).isEqualTo(Value.of(true));
  }

  @Test
  void aDanglingLinkThatIsFollowedDoesNotExist() throws Exception {
    Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("nowhere"));
    assertThat(stat(link, true).get("exists")).isEqualTo(Value.of(false));
  }

  @Test
  void aFifoIsNotRead() throws Exception {
    new ProcessBuilder("mkfifo", dir.resolve("pipe").toString()).start().waitFor();
    MapValue stat = stat(dir.resolve("pipe"), false);
    assertThat(stat.get("isfifo")).isEqualTo(Value.of(true));
    assertThat(stat.has("checksum")).isFalse();
  }

  @Test
  void whatEarlierTasksWouldHaveLeftIsSeen() throws Exception {
    FileState state =
        new FileState(
            FileState.Kind.FILE,
            0755,
            "root",
            "root",
            7,
            Optional.of("ab"),
            Optional.empty(),
            Optional.empty());
    kit.foreseen().add(new FileEffect(dir + "/v2/tegu", state));
    FileState link =
        new FileState(
            FileState.Kind.LINK,
            0777,
            "root",
            "root",
            2,
            Optional.empty(),
            Optional.of("v2"),
            Optional.empty());
    kit.foreseen().add(new FileEffect(dir + "/current", link));

    MapValue result =
        kit.check(new StatModule(), options(dir.resolve("current/tegu"), false)).result();
    assertThat(((MapValue) result.get("stat")).get("size")).isEqualTo(Value.of(7));
  }

  @Test
  void aRelativePathIsRefused() {
    assertThatThrownBy(() -> kit.apply(new StatModule(), options(Path.of("~/x"), false)))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining("must be an absolute path");
  }

  private MapValue stat(Path path, boolean follow) throws Exception {
    return (MapValue)
        kit.unchanged(new StatModule(), options(path, follow)).applied().result().get("stat");
  }

  private static Options options(Path path, boolean follow) {
    return new Options(path.toString(), follow, true, Algorithm.SHA1, false, false);
  }
}
