package dev.molt.runner.module.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.ModuleKit.Runs;
import dev.molt.runner.module.builtin.FileModule.Options;
import dev.molt.runner.module.files.PathState.Wanted;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileModuleTest {
  @TempDir Path host;
  private final FileModule file = new FileModule();
  private ModuleKit kit;

  @AfterEach
  void close() {
    kit.close();
  }

  @BeforeEach
  void kit() {
    kit = ModuleKit.local().watching(host);
  }

  @Test
  void makesDirectoriesWithAllAboveThem() throws Exception {
    kit.changes(file, options("a/b c/-d", Wanted.DIRECTORY, null, "daemon", "0750"));
    assertThat(Files.getAttribute(host.resolve("a/b c/-d"), "unix:mode")).isEqualTo(040750);
    assertThat(Files.getAttribute(host.resolve("a"), "unix:uid")).isEqualTo(1);
    kit.changes(file, options("a", Wanted.DIRECTORY, null, "root", "u=rwx,go=rx"));
  }

  @Test
  void removesTrees() throws Exception {
    ModuleKit.write(host.resolve("a/b/c"), "x");
    kit.changes(file, options("a", Wanted.ABSENT, null, null, null));
    assertThat(host.resolve("a")).doesNotExist();
  }

  @Test
  void removesALinkAndNotWhatItLeadsTo() throws Exception {
    ModuleKit.write(host.resolve("a/b"), "x");
    Files.createSymbolicLink(host.resolve("link"), Path.of("a"));
    kit.changes(file, options("link", Wanted.ABSENT, null, null, null));
    assertThat(host.resolve("a/b")).exists();
  }

  @Test
  void switchesLinks() throws Exception {
    Files.createDirectories(host.resolve("v1"));
    Files.createDirectories(host.resolve("v2"));
    kit.changes(file, options("current", Wanted.LINK, "v1", null, null));
    Runs runs = kit.changes(file, options("current", Wanted.LINK, "v2", null, null));
    assertThat(runs.check().diffs())
        .containsExactly(FieldDiff.of(host.resolve("current").toString(), "src", "v1", "v2"));
    assertThat(Files.readSymbolicLink(host.resolve("current"))).isEqualTo(Path.of("v2"));
    assertThat(host.resolve("v1")).isEmptyDirectory();
    assertThat(host.toFile().list()).containsExactlyInAnyOrder("v1", "v2", "current");
  }

  @Test
  void aLinkIntoTheVoidNeedsForce() throws Exception {
    assertThatThrownBy(() -> kit.check(file, options("l", Wanted.LINK, "no", null, null)))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining("force=yes");
    Options forced =
        OptionsKit.of(file, "path", host.resolve("l"), "state", "link", "src", "no", "force", true);
    kit.changes(file, forced);
  }

  @Test
  void makesHardLinks() throws Exception {
    Path source = ModuleKit.write(host.resolve("a"), "x");
    kit.changes(file, options("b", Wanted.HARD, source.toString(), null, null));
    assertThat(Files.isSameFile(source, host.resolve("b"))).isTrue();
  }

  @Test
  void setsAttributesOfAWholeTree() throws Exception {
    ModuleKit.write(host.resolve("a/b/c"), "x");
    Files.createSymbolicLink(host.resolve("a/link"), Path.of("b/c"));
    Options options =
        OptionsKit.of(
            file,
            "path",
            host.resolve("a"),
            "owner",
            "daemon",
            "group",
            "daemon",
            "mode",
            "u=rwX,go=",
            "recurse",
            true);
    kit.changes(file, options);
    assertThat(Files.getAttribute(host.resolve("a/b/c"), "unix:mode")).isEqualTo(0100600);
    assertThat(Files.getAttribute(host.resolve("a/b"), "unix:mode")).isEqualTo(040700);
    assertThat(Files.getAttribute(host.resolve("a/b/c"), "unix:uid")).isEqualTo(1);
  }

  @Test
  void setsAttributesAndMakesNoFile() throws Exception {
    assertThatThrownBy(() -> kit.check(file, options("f", Wanted.FILE, null, null, "0600")))
        .hasMessageContaining("cannot continue");
    ModuleKit.write(host.resolve("f"), "x");
    kit.changes(file, options("f", Wanted.FILE, null, null, "0600"));
  }

  @Test
  void touchMakesAFileAndIsAChangeEachTime() throws Exception {
    Options options = options("f", Wanted.TOUCH, null, null, "0600");
    assertThat(kit.apply(file, options).diffs()).hasSize(1);
    assertThat(Files.getAttribute(host.resolve("f"), "unix:mode")).isEqualTo(0100600);
    assertThat(kit.apply(file, options).diffs())
        .extracting(FieldDiff::field)
        .containsExactly("mtime", "atime");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state=file|file (@/none) is absent, cannot continue",
        "state=hard|src is required for creating new hardlinks",
        "state=hard src=/no/such/file|src does not exist",
        "state=link|src is required for creating new symlinks",
        "state=link src=/no/such/file|src file does not exist, use 'force=yes' if you really",
        "src=/etc/passwd|src option requires state to be 'link' or 'hard'",
        "state=touch recurse=yes|recurse option requires state to be 'directory'",
        "state=touch modification_time=noon|Error while obtaining timestamp for time noon",
      })
  void saysWhatIsWrongInAnsiblesWords(String options, String message) {
    assertThatThrownBy(() -> kit.check(file, given("none", options)))
        .isInstanceOf(ModuleException.class)
        .hasMessageStartingWith(message.replace("@", host.toString()));
  }

  @Test
  void whatIsInTheWayOfADirectoryOrLinkIsNamed() throws Exception {
    ModuleKit.write(host.resolve("d/f"), "x");
    ModuleKit.write(host.resolve("f"), "x");
    assertThatThrownBy(() -> kit.check(file, given("f", "state=directory")))
        .hasMessage(host.resolve("f") + " already exists as a file");
    assertThatThrownBy(() -> kit.check(file, given("d", "state=file")))
        .hasMessageContaining("is directory, cannot continue");
    assertThatThrownBy(() -> kit.check(file, given("d", "state=link src=f")))
        .hasMessageStartingWith("refusing to convert from directory to symlink");
    assertThatThrownBy(() -> kit.check(file, given("d", "state=link src=f force=yes")))
        .hasMessageContaining("is not empty, refusing to convert it");
    assertThatThrownBy(() -> kit.check(file, given("f", "state=hard src=" + host + "/d/f")))
        .hasMessage("Cannot link, file exists at destination");
    Files.delete(host.resolve("d/f"));
    kit.changes(file, given("d", "state=link src=f force=yes"));
    assertThat(host.resolve("d")).isSymbolicLink();
    ModuleKit.write(host.resolve("g"), "y");
    kit.changes(file, given("f", "state=link src=g force=yes"));
    assertThat(host.resolve("f")).hasContent("y");
  }

  @Test
  void aHardLinkIsToTheFileAndComesIntoADirectory() throws Exception {
    Path source = ModuleKit.write(host.resolve("a"), "x");
    Files.createDirectory(host.resolve("d"));
    Runs runs = kit.converges(file, given("d", "state=hard src=" + source));
    assertThat(Files.isSameFile(source, host.resolve("d/a"))).isTrue();
    assertThat(runs.applied().result().get("state")).isEqualTo(Value.of("hard"));
    kit.unchanged(file, given("d/a", "mode=0644"));
    ModuleKit.write(host.resolve("other"), "z");
    kit.changes(file, given("other", "state=hard force=yes src=" + source));
    assertThat(host.resolve("other")).hasContent("x");
  }

  @Test
  void modeOfALinkIsThatOfWhatItLeadsTo() throws Exception {
    Path real = ModuleKit.write(host.resolve("a"), "x");
    kit.changes(file, given("l", "state=link src=a mode=0600"));
    assertThat(Files.getAttribute(real, "unix:mode")).isEqualTo(0100600);
    kit.changes(file, given("l", "mode=0640"));
    kit.unchanged(file, given("l", "state=link mode=0600 follow=no"));
    assertThat(Files.getAttribute(real, "unix:mode")).isEqualTo(0100640);
    kit.changes(file, given("l", "state=link owner=daemon follow=no"));
    assertThat(Files.getAttribute(real, "unix:uid")).isEqualTo(0);
    assertThat(Files.getAttribute(host.resolve("l"), "unix:uid", LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(1);
  }

  @Test
  void recursionFollowsLinksWhereAsked() throws Exception {
    Path outside = ModuleKit.write(host.resolve("outside/f"), "x");
    Path single = ModuleKit.write(host.resolve("single"), "x");
    Files.createDirectory(host.resolve("d"));
    Files.createSymbolicLink(host.resolve("d/dir"), Path.of("../outside"));
    Files.createSymbolicLink(host.resolve("d/file"), Path.of("../single"));
    Files.createSymbolicLink(host.resolve("d/nowhere"), Path.of("nowhere"));
    Files.createSymbolicLink(host.resolve("d/loop"), Path.of("."));
    kit.changes(file, given("d", "mode=u=rwX,go= recurse=yes follow=no"));
    assertThat(Files.getAttribute(outside, "unix:mode")).isEqualTo(0100644);
    kit.changes(file, given("d", "mode=u=rwX,go= recurse=yes"));
    assertThat(Files.getAttribute(outside, "unix:mode")).isEqualTo(0100600);
    assertThat(Files.getAttribute(single, "unix:mode")).isEqualTo(0100600);
    assertThat(Files.getAttribute(outside.getParent(), "unix:mode")).isEqualTo(040700);
  }

  @Test
  void aDirectoryLosesItsSetIdBits() throws Exception {
    kit.changes(file, given("d", "state=directory mode=2775"));
    kit.changes(file, given("d", "mode=0755"));
    assertThat(Files.getAttribute(host.resolve("d"), "unix:mode")).isEqualTo(040755);
    Runs runs = kit.changes(file, given("d", "mode=o+t,g=rwxs"));
    assertThat(runs.applied().result().get("mode")).isEqualTo(Value.of("03775"));
  }

  @Test
  void timesAreSetInTheHostsZone() throws Exception {
    kit.environment(Map.of("TZ", "UTC-3"));
    Path path = ModuleKit.write(host.resolve("f"), "x");
    Runs runs = kit.changes(file, given("f", "modification_time=202202081414.05"));
    assertThat(Files.getLastModifiedTime(path).toInstant())
        .isEqualTo(Instant.parse("2022-02-08T11:14:05Z"));
    MapValue diff = (MapValue) runs.check().result().get("diff");
    assertThat(((MapValue) diff.get("after")).get("mtime")).isEqualTo(new FloatValue(1644318845.0));
    kit.changes(
        file,
        OptionsKit.of(
            file, "path", path, "access_time", "08.02.22", "access_time_format", "%d.%m.%y"));
    Options now = given("f", "state=touch access_time=preserve");
    assertThat(kit.apply(file, now).diffs()).extracting(FieldDiff::field).containsExactly("mtime");
    kit.unchanged(file, given("f", "state=touch access_time=preserve modification_time=preserve"));
  }

  @Test
  void whoIsNotKnownIsAWarningBeforeAndAFailureThen() throws Exception {
    Options touch = given("f", "state=touch owner=no-such-user");
    assertThat(kit.check(file, touch).result().get("warnings").toString())
        .contains("failed to look up user no-such-user. Create user up to this point");
    assertThatThrownBy(() -> kit.apply(file, touch))
        .hasMessage("chown failed: failed to look up user no-such-user");
    assertThat(host.resolve("f")).doesNotExist();
    ModuleKit.write(host.resolve("f"), "");
    assertThatThrownBy(() -> kit.check(file, given("f", "group=no-such-group")))
        .hasMessage("chgrp failed: failed to look up group no-such-group");
    Runs runs = kit.changes(file, given("f", "owner=54321"));
    assertThat(runs.check().result().get("warnings").toString())
        .contains("failed to look up user with uid 54321");
    assertThat(runs.applied().result().has("warnings")).isFalse();
  }

  @Test
  void aFileThatCannotBeGivenAwayIsNotLeftBehind() throws Exception {
    Files.setAttribute(host, "unix:mode", 041777);
    Path other = host.resolve("f");
    try (ModuleKit nobody = ModuleKit.local("nobody")) {
      assertThatThrownBy(() -> nobody.apply(file, given("f", "state=touch owner=root")))
          .isInstanceOf(ModuleException.class);
      assertThat(other).doesNotExist();
      nobody.apply(file, given("f", "state=touch"));
      assertThat(other).exists();
      ModuleKit.write(host.resolve("writable"), "");
      Files.setAttribute(host.resolve("writable"), "unix:mode", 0100666);
      // Whoever may write a file may touch it, without owning it.
      nobody.apply(file, given("writable", "state=touch"));
    }
  }

  @Test
  void whatGoesAwayIsListed() throws Exception {
    ModuleKit.write(host.resolve("d/e/f"), "x");
    Runs runs = kit.changes(file, given("d", "state=absent"));
    MapValue diff = (MapValue) runs.check().result().get("diff");
    assertThat(((MapValue) diff.get("before")).get("path_content"))
        .isEqualTo(
            MapValue.empty()
                .put("directories", ListValue.ofStrings(List.of(host + "/d/e")))
                .put("files", ListValue.ofStrings(List.of(host + "/d/e/f"))));
    assertThat(runs.again().result().get("state")).isEqualTo(Value.of("absent"));
    assertThat(runs.again().result().has("diff")).isFalse();
  }

  @Test
  void flagsAreComparedAsASet() throws Exception {
    ModuleKit.write(host.resolve("f"), "x");
    int supported = new ProcessBuilder("chattr", "+A", host + "/f").inheritIO().start().waitFor();
    assumeThat(supported).as("the file system has attributes").isZero();
    new ProcessBuilder("chattr", "-A", host + "/f").start().waitFor();
    kit.changes(file, given("f", "attributes=+A"));
    kit.unchanged(file, given("f", "attributes=A"));
    kit.changes(file, given("f", "attr=-A"));
    kit.unchanged(file, OptionsKit.of(file, "path", host.resolve("f"), "attributes", ""));
  }

  @Test
  void relativePathsAndVariablesAreTheHosts() throws Exception {
    kit.environment(Map.of("WHERE", host.toString()));
    kit.converges(file, OptionsKit.of(file, "path", "$WHERE/d", "state", "directory"));
    assertThat(host.resolve("d")).isDirectory();
  }

  @Test
  void saysWhetherAFileLooksBinary() throws Exception {
    Files.write(host.resolve("f"), new byte[] {'a', 0, 'b'});
    assertThat(kit.check(file, given("f", "_diff_peek=yes")).result().get("appears_binary"))
        .isEqualTo(Value.of(true));
    ModuleKit.write(host.resolve("f"), "text");
    assertThat(kit.check(file, given("f", "_diff_peek=yes")).result().get("appears_binary"))
        .isEqualTo(Value.of(false));
  }

  @Test
  void aLongWayUpIsMadeAtOnceWithItsAttributes() throws Exception {
    Files.setAttribute(Files.createDirectory(host.resolve("s")), "unix:mode", 042755);
    Files.setAttribute(host.resolve("s"), "unix:gid", 1);
    Runs runs = kit.changes(file, given("s/a/b", "state=directory"));
    assertThat(Files.getAttribute(host.resolve("s/a/b"), "unix:gid")).isEqualTo(1);
    assertThat(runs.applied().result().get("mode")).isEqualTo(Value.of("02755"));
  }

  /** Options in the short form; values hold no blanks. */
  private Options given(String path, String options) {
    List<Object> all = new ArrayList<>(List.of("path", host.resolve(path)));
    for (String pair : options.split(" ")) {
      all.addAll(List.of(pair.split("=", 2)));
    }
    return OptionsKit.of(file, all.toArray());
  }

  private Options options(String path, Wanted state, String src, String owner, String mode) {
    Value absent = NullValue.NULL;
    return OptionsKit.of(
        file,
        "path",
        host.resolve(path),
        "state",
        state.name(),
        "src",
        src == null ? absent : src,
        "owner",
        owner == null ? absent : owner,
        "mode",
        mode == null ? absent : mode);
  }
}
