package dev.molt.runner.module.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.ModuleKit.Runs;
import dev.molt.runner.module.builtin.CopyModule.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyModuleTest {
  @TempDir Path here;
  @TempDir Path host;
  private final CopyModule copy = new CopyModule();
  private ModuleKit kit;

  @AfterEach
  void close() {
    kit.close();
  }

  @BeforeEach
  void kit() {
    kit = ModuleKit.local().watching(host);
  }

  @AfterEach
  void nothingIsLeftBehind() throws IOException {
    try (Stream<Path> all = Files.walk(host)) {
      assertThat(all.map(p -> p.getFileName().toString())).noneMatch(n -> n.contains(".molt-"));
    }
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
  void makesAFileOfAnyName(String name) throws Exception {
    Runs runs = kit.changes(copy, content("hello\n", host.resolve(name)));
    assertThat(host.resolve(name)).hasContent("hello\n");
    assertThat(runs.check().diffs())
        .contains(FieldDiff.of(host.resolve(name).toString(), "content", "", "hello\n"));
    assertThat(runs.applied().result().get("checksum"))
        .isEqualTo(Value.of("f572d396fae9206628714fb2ce00f72e94f2258f"));
    assertThat(runs.applied().result().get("mode")).isEqualTo(Value.of("0644"));
  }

  @Test
  void aNameOfTheGreatestLengthIsNoObstacle() throws Exception {
    kit.changes(copy, content("x", host.resolve("n".repeat(255))));
  }

  @Test
  void replacesAFileAndKeepsItsModeAndOwner() throws Exception {
    Path file = ModuleKit.write(host.resolve("conf"), "old\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Files.setAttribute(file, "unix:uid", 1234);
    Runs runs = kit.changes(copy, content("new\n", file));
    assertThat(file).hasContent("new\n");
    assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100640);
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(1234);
    assertThat(runs.check().diffs())
        .containsExactly(FieldDiff.of(file.toString(), "content", "old\n", "new\n"));
  }

  @Test
  void setsModeAndOwnerOfAFileThatIsRightOtherwise() throws Exception {
    Path file = ModuleKit.write(host.resolve("conf"), "same");
    Runs runs = kit.changes(copy, options(null, "same", file, "0600", "daemon"));
    assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100600);
    assertThat(runs.check().diffs()).extracting(FieldDiff::field).containsExactly("owner", "mode");
  }

  @Test
  void whatIsRightCostsOneRoundTripAndNoContent() throws Exception {
    Path source = ModuleKit.write(here.resolve("big"), "x".repeat(1_000_000));
    kit.changes(copy, file(source, host.resolve("big")));
    kit.unchanged(copy, file(source, host.resolve("big")));
    assertThat(kit.bytesSent()).isZero();
    assertThat(host.resolve("big")).hasSameBinaryContentAs(source);
  }

  @Test
  void aDirectoryGetsAFileOfTheSourcesName() throws Exception {
    Path source = ModuleKit.write(here.resolve("motd"), "hi");
    kit.changes(copy, file(source, host));
    assertThat(host.resolve("motd")).hasContent("hi");
    kit.changes(copy, options(source.toString(), null, host.resolve("new") + "/", null, null));
    assertThat(host.resolve("new/motd")).hasContent("hi");
  }

  @Test
  void aMissingDirectoryIsAnError() {
    assertThatThrownBy(() -> kit.check(copy, content("x", host.resolve("no/such"))))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining("Destination directory " + host.resolve("no") + " does not exist");
  }

  @Test
  void aLinkIsReplacedOrWrittenThrough() throws Exception {
    Path file = ModuleKit.write(host.resolve("real"), "old");
    Path link = Files.createSymbolicLink(host.resolve("link"), Path.of("real"));
    Options through = OptionsKit.of(copy, "content", "through", "dest", link, "follow", true);
    kit.changes(copy, through);
    assertThat(file).hasContent("through");
    assertThat(link).isSymbolicLink();
    kit.changes(copy, content("instead", link));
    assertThat(file).hasContent("through");
    assertThat(Files.isSymbolicLink(link)).isFalse();
  }

  @Test
  void aRunningProgramIsNoObstacle() throws Exception {
    Path program = Files.copy(Path.of("/bin/sleep"), host.resolve("program"));
    Process running = new ProcessBuilder(program.toString(), "30").start();
    try {
      kit.changes(copy, content("#!/bin/sh\n", program));
      assertThat(running.isAlive()).isTrue();
    } finally {
      running.destroy();
    }
  }

  @Test
  void whatFailsValidationIsNotPutInPlace() throws Exception {
    Path file = ModuleKit.write(host.resolve("conf"), "good");
    assertThatThrownBy(() -> kit.apply(copy, validated("bad", file)))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining("failed to validate: rc:1, from: grep -q good %s");
    assertThat(file).hasContent("good");
    kit.changes(copy, validated("good too", file));
  }

  @Test
  void whatIsInterruptedLeavesNothingBehind() throws Exception {
    Path file = ModuleKit.write(host.resolve("conf"), "good");
    AtomicReference<Exception> end = new AtomicReference<>();
    Thread task =
        new Thread(
            () -> {
              try {
                kit.apply(copy, validated("new", file, "tail -f %s"));
              } catch (Exception e) {
                end.set(e);
              }
            });
    task.start();
    while (task.isAlive() && host.toFile().list().length < 2) {
      Thread.sleep(10);
    }
    task.interrupt();
    task.join();
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    for (int i = 0; i < 100 && host.toFile().list().length > 1; i++) {
      Thread.sleep(50);
    }
    assertThat(host.toFile().list()).containsExactly("conf");
    assertThat(file).hasContent("good");
  }

  private Options validated(String text, Path file) {
    return validated(text, file, "grep -q good %s");
  }

  private Options validated(String text, Path file, String command) {
    return OptionsKit.of(copy, "content", text, "dest", file, "backup", true, "validate", command);
  }

  @Test
  void keepsABackup() throws Exception {
    Path file = ModuleKit.write(host.resolve("conf"), "old");
    Runs runs = kit.changes(copy, validated("good", file));
    String backup = ((StrValue) runs.applied().result().get("backup_file")).text();
    assertThat(Path.of(backup)).hasContent("old");
  }

  @Test
  void secretsAreMarked() throws Exception {
    Options secret =
        OptionsKit.of(
            copy, "content", StrValue.secret("hush"), "dest", host.resolve("key"), "mode", "0600");
    Runs runs = kit.changes(copy, secret);
    assertThat(runs.check().diffs())
        .filteredOn(d -> d.field().equals("content"))
        .allMatch(FieldDiff::sensitive);
  }

  @Test
  void aDiskThatIsFullLeavesTheOldFile() throws Exception {
    new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=64k", "none", host.toString())
        .start()
        .waitFor();
    try {
      Path file = ModuleKit.write(host.resolve("conf"), "old");
      Path big = ModuleKit.write(here.resolve("conf"), "x".repeat(200_000));
      assertThatThrownBy(() -> kit.apply(copy, file(big, file)))
          .isInstanceOf(ModuleException.class)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("200.0 kB to write")
          .hasMessageContaining(host.toString());
      assertThat(file).hasContent("old");
      assertThat(host.toFile().list()).containsExactly("conf");
    } finally {
      new ProcessBuilder("umount", host.toString()).start().waitFor();
    }
  }

  @Test
  void aDirectoryGoesAsAWholeAndThenOnlyWhatDiffers() throws Exception {
    ModuleKit.write(here.resolve("conf/a b"), "one");
    ModuleKit.write(here.resolve("conf/sub/-x"), "two");
    ModuleKit.write(here.resolve("conf/sub/" + "long".repeat(50)), "x".repeat(100_000));
    Files.createDirectories(here.resolve("conf/empty"));
    Options options = options(here.resolve("conf").toString(), null, host, "0640", "daemon");

    kit.changes(copy, options);

    assertThat(host.resolve("conf/sub/-x")).hasContent("two");
    assertThat(host.resolve("conf/empty")).isDirectory();
    assertThat(Files.getAttribute(host.resolve("conf/a b"), "unix:mode")).isEqualTo(0100640);
    assertThat(Files.getAttribute(host.resolve("conf/sub"), "unix:mode")).isEqualTo(040755);
    assertThat(Files.getAttribute(host.resolve("conf/a b"), "unix:uid")).isEqualTo(1);

    ModuleKit.write(here.resolve("conf/a b"), "changed");
    Runs runs = kit.changes(copy, options);
    assertThat(runs.check().diffs()).extracting(FieldDiff::field).containsExactly("content");
    assertThat(host.resolve("conf/a b")).hasContent("changed");
    assertThat(Files.getAttribute(host.resolve("conf/a b"), "unix:uid")).isEqualTo(1);
  }

  @Test
  void whatIsInADirectoryGoesIntoOneThatIsNotThereYet() throws Exception {
    ModuleKit.write(here.resolve("conf/sub/file"), "two");
    kit.changes(copy, options(here.resolve("conf") + "/", null, host.resolve("x/y"), null, null));
    assertThat(host.resolve("x/y/sub/file")).hasContent("two");
  }

  @Test
  void aFileOfTheHostIsCopiedThere() throws Exception {
    Path source = ModuleKit.write(host.resolve("tegu"), "binary");
    Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rwxr-xr-x"));
    kit.changes(copy, remote(source, host.resolve("copy"), "preserve"));
    assertThat(host.resolve("copy")).hasContent("binary").isExecutable();
  }

  @Test
  void aDirectoryOfTheHostIsCopiedThere() throws Exception {
    ModuleKit.write(host.resolve("v2/bin/te gu"), "new");
    ModuleKit.write(host.resolve("v2/100%\\d"), "x");
    Files.createSymbolicLink(host.resolve("v2/link"), Path.of("bin/te gu"));
    ModuleKit.write(host.resolve("opt/bin/te gu"), "old");
    kit.changes(copy, remote(host.resolve("v2") + "/", host.resolve("opt"), "preserve"));
    assertThat(host.resolve("opt/bin/te gu")).hasContent("new");
    assertThat(host.resolve("opt/100%\\d")).hasContent("x");
    assertThat(host.resolve("opt/link")).isSymbolicLink();
    kit.changes(copy, remote(host.resolve("v2"), host.resolve("50%/more"), null));
    assertThat(host.resolve("50%/more/v2/bin/te gu")).hasContent("new");
  }

  @Test
  void aCheckSeesWhatEarlierTasksWouldHavePutThere() throws Exception {
    Path source = ModuleKit.write(here.resolve("v2/bin/tegu"), "new");
    ModuleKit.write(host.resolve("opt/bin/tegu"), "old");
    Options first = options(here.resolve("v2").toString(), null, host, null, null);
    Options second = remote(host.resolve("v2") + "/", host.resolve("opt"), null);
    kit.check(copy, first);
    List<FieldDiff> foretold = kit.check(copy, second).diffs();
    kit.forget();
    kit.apply(copy, first);
    assertThat(kit.apply(copy, second).diffs()).isEqualTo(foretold).hasSize(1);
    assertThat(host.resolve("opt/bin/tegu")).hasSameBinaryContentAs(source);
  }

  private Options content(String text, Path dest) {
    return options(null, text, dest, null, null);
  }

  private Options file(Path source, Path dest) {
    return options(source.toString(), null, dest, null, null);
  }

  private Options remote(Object source, Path dest, String mode) {
    Value absent = NullValue.NULL;
    return OptionsKit.of(
        copy,
        "src",
        source,
        "dest",
        dest,
        "remote_src",
        true,
        "mode",
        mode == null ? absent : mode);
  }

  private Options options(String src, String text, Object dest, String mode, String owner) {
    Value absent = NullValue.NULL;
    return OptionsKit.of(
        copy,
        "src",
        src == null ? absent : src,
        "content",
        text == null ? absent : text,
        "dest",
        dest,
        "mode",
        mode == null ? absent : mode,
        "owner",
        owner == null ? absent : owner);
  }
}
