package dev.molt.runner.module.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.Effect.FileEffect;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.builtin.StatModule.Options;
import dev.molt.runner.module.files.FileFlags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatModuleTest {
  @TempDir Path dir;
  private final StatModule stat = new StatModule();
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
        "`y`$(z)"
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

    MapValue result = kit.check(stat, options(dir.resolve("current/tegu"), false)).result();
    assertThat(((MapValue) result.get("stat")).get("size")).isEqualTo(Value.of(7));
  }

  @Test
  void variablesAndRelativePathsAreTheHosts() throws Exception {
    ModuleKit.write(dir.resolve("file"), "x");
    kit.environment(Map.of("WHERE", dir.toString()));
    Options options = OptionsKit.of(stat, "path", "${WHERE}/file", "get_checksum", false);
    MapValue found = (MapValue) kit.apply(stat, options).result().get("stat");
    assertThat(found.get("exists")).isEqualTo(Value.of(true));
    assertThat(found.get("path")).isEqualTo(Value.of(dir + "/file"));
    assertThat(found.has("checksum")).isFalse();
    assertThat(kit.roundTrips()).isEqualTo(2);
    found =
        (MapValue) kit.apply(stat, OptionsKit.of(stat, "path", "src/main")).result().get("stat");
    assertThat(found.get("isdir")).isEqualTo(Value.of(true));
    found = (MapValue) kit.apply(stat, OptionsKit.of(stat, "path", "~")).result().get("stat");
    assertThat(found.get("isdir")).isEqualTo(Value.of(true));
    assertThat(found.get("path")).isEqualTo(Value.of(System.getenv("HOME")));
  }

  @Test
  void saysWhatFileTakesItFor() throws Exception {
    ModuleKit.write(dir.resolve("a: b"), "hello world");
    MapValue found = stat(dir.resolve("a: b"), false);
    assertThat(found.get("mimetype")).isEqualTo(Value.of("text/plain"));
    assertThat(found.get("charset")).isEqualTo(Value.of("us-ascii"));
    assertThat(found.get("attributes")).isInstanceOf(ListValue.class);
    assertThat(found.has("version")).isTrue();
    assertThat(FileFlags.names("Aie?")).containsExactly("noatime", "immutable", "extents");
  }

  @ParameterizedTest
  @CsvSource({
    "md5, 5d41402abc4b2a76b9719d911017c592",
    "sha256, 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
  })
  void digestsAsAsked(String algorithm, String digest) throws Exception {
    Path file = ModuleKit.write(dir.resolve("file"), "hello");
    Options options = OptionsKit.of(stat, "path", file, "checksum_algo", algorithm);
    MapValue found = (MapValue) kit.apply(stat, options).result().get("stat");
    assertThat(found.get("checksum")).isEqualTo(Value.of(digest));
  }

  @Test
  void aDigestOfWhatIsForeseenIsTheAskedOneOrNone() throws Exception {
    Path file = dir.resolve("new");
    CopyModule copy = new CopyModule();
    kit.check(copy, OptionsKit.of(copy, "content", "hello", "dest", file));
    MapValue found =
        (MapValue) kit.check(stat, OptionsKit.of(stat, "path", file)).result().get("stat");
    assertThat(found.get("checksum"))
        .isEqualTo(Value.of("aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"));
  }

  @Test
  void theStickyBitShowsAsInAnsible() throws Exception {
    Files.setAttribute(Files.createDirectory(dir.resolve("d")), "unix:mode", 041777);
    assertThat(stat(dir.resolve("d"), false).get("mode")).isEqualTo(Value.of("1777"));
  }

  private MapValue stat(Path path, boolean follow) throws Exception {
    return (MapValue) kit.unchanged(stat, options(path, follow)).applied().result().get("stat");
  }

  private Options options(Path path, boolean follow) {
    return OptionsKit.of(stat, "path", path, "follow", follow);
  }
}
