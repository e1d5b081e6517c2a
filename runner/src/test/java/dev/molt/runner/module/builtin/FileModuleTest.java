package dev.molt.runner.module.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.ModuleKit.Runs;
import dev.molt.runner.module.builtin.FileModule.Options;
import dev.molt.runner.module.files.PathState.Wanted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        .hasMessageContaining("force: true");
    Options forced =
        new Options(
            host.resolve("l").toString(),
            Optional.of(Wanted.LINK),
            Optional.of("no"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            true,
            true);
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
        new Options(
            host.resolve("a").toString(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("daemon"),
            Optional.of("daemon"),
            Optional.of(FileMode.parse("u=rwX,go=")),
            true,
            false,
            true);
    kit.changes(file, options);
    assertThat(Files.getAttribute(host.resolve("a/b/c"), "unix:mode")).isEqualTo(0100600);
    assertThat(Files.getAttribute(host.resolve("a/b"), "unix:mode")).isEqualTo(040700);
    assertThat(Files.getAttribute(host.resolve("a/b/c"), "unix:uid")).isEqualTo(1);
  }

  @Test
  void setsAttributesAndMakesNoFile() throws Exception {
    assertThatThrownBy(() -> kit.check(file, options("f", Wanted.FILE, null, null, "0600")))
        .hasMessageContaining("does not exist");
    ModuleKit.write(host.resolve("f"), "x");
    kit.changes(file, options("f", Wanted.FILE, null, null, "0600"));
  }

  @Test
  void touchMakesAFileAndIsAChangeEachTime() throws Exception {
    Options options = options("f", Wanted.TOUCH, null, null, "0600");
    assertThat(kit.apply(file, options).diffs()).hasSize(1);
    assertThat(Files.getAttribute(host.resolve("f"), "unix:mode")).isEqualTo(0100600);
    assertThat(kit.apply(file, options).diffs()).hasSize(1);
  }

  private Options options(String path, Wanted state, String src, String owner, String mode) {
    return new Options(
        host.resolve(path).toString(),
        Optional.of(state),
        Optional.ofNullable(src),
        Optional.ofNullable(owner),
        Optional.empty(),
        Optional.ofNullable(mode).map(FileMode::parse),
        false,
        false,
        true);
  }
}
