package dev.molt.runner.module.builtin;

import static dev.molt.runner.module.builtin.Hosts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.module.Effect;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.remote.local.LocalTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandModuleTest {
  @TempDir Path dir;
  private final LocalTransport transport = new LocalTransport();
  private final ModuleKit kit = Hosts.local(transport);
  private final CommandModule command = new CommandModule();
  private final ShellModule shell = new ShellModule();

  @AfterEach
  void close() {
    transport.close();
  }

  private MapValue run(CommandModule.Options options) throws Exception {
    return kit.apply(command, options).result();
  }

  @Test
  void checkNeedsNoHostAndSaysUnknown() throws Exception {
    Outcome check = kit.watching(dir).check(command, cmd("touch " + dir + "/x"));
    assertThat(check.status()).isEqualTo(Status.UNKNOWN);
    assertThat(text(check.result(), "msg"))
        .isEqualTo("Command would have run if not in check mode: touch " + dir + "/x");
    assertThat(kit.roundTrips()).isZero();
    assertThat(kit.apply(command, cmd("touch " + dir + "/x")).status()).isEqualTo(Status.CHANGED);
    assertThat(kit.roundTrips()).isEqualTo(1);
    assertThat(dir.resolve("x")).exists();
  }

  @Test
  void givesAnsiblesKeys() throws Exception {
    MapValue result = run(cmd("sh -c 'echo one; echo two; echo err >&2'"));
    assertThat(result.get("cmd"))
        .isEqualTo(ListValue.ofStrings(List.of("sh", "-c", "echo one; echo two; echo err >&2")));
    assertThat(result.get("rc")).isEqualTo(IntValue.of(0));
    assertThat(text(result, "stdout")).isEqualTo("one\ntwo");
    assertThat(result.get("stdout_lines")).isEqualTo(ListValue.ofStrings(List.of("one", "two")));
    assertThat(text(result, "stderr")).isEqualTo("err");
    assertThat(text(result, "start")).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}");
    assertThat(text(result, "delta")).matches("0:00:0\\d\\.\\d{6}");
  }

  @Test
  void moreOutputThanIsKeptIsSaid() throws Exception {
    MapValue result = run(cmd("head -c 17000000 /dev/zero"));
    assertThat(text(result, "stdout")).hasSize(16 << 20);
    assertThat(result.get("truncated")).isEqualTo(BoolValue.TRUE);
    assertThat(result.get("warnings"))
        .isEqualTo(
            ListValue.ofStrings(List.of("there was more output than 16 MiB: the rest is lost")));
  }

  @Test
  void noShellLooksAtArguments() throws Exception {
    String hostile = "echo a;b '$(id)' `id` *  | > \"q'\" \\$HOME-lit";
    assertThat(text(run(cmd(hostile)), "stdout")).startsWith("a;b $(id) `id` * | > q'");
    assertThat(text(run(argv("printf", "%s|", "x y", "", "'", "-n")), "stdout"))
        .isEqualTo("x y||'|-n|");
    assertThatThrownBy(() -> run(cmd("eval true"))).hasMessageContaining("'eval'");
  }

  @Test
  void expandsVariablesOnTheHost() throws Exception {
    kit.environment(Map.of("MOLT_T", "a  b"));
    assertThat(
            text(
                run(argv("printf", "%s|", "$MOLT_T", "${MOLT_T}c", "$MOLT_NO ${MOLT_NO}")),
                "stdout"))
        .isEqualTo("a  b|a  bc|$MOLT_NO ${MOLT_NO}|");
    assertThat(text(run(cmd("echo ~/x")), "stdout")).startsWith("/").endsWith("/x");
    CommandModule.Options literal =
        new CommandModule.Options(
            Optional.of("echo $MOLT_T"), List.of(), ProgramOptions.NONE, false, Optional.empty());
    assertThat(text(run(literal), "stdout")).isEqualTo("$MOLT_T");
  }

  @Test
  void failureCarriesTheResult() {
    assertThatThrownBy(() -> run(cmd("sh -c 'echo out; echo bad >&2; exit 3'")))
        .hasMessageStartingWith("non-zero return code 3 from: sh -c")
        .isInstanceOfSatisfying(
            ModuleException.class,
            e -> {
              assertThat(e.result().get("rc")).isEqualTo(IntValue.of(3));
              assertThat(text(e.result(), "stderr")).isEqualTo("bad");
              assertThat(text(e.result(), "msg")).isEqualTo("non-zero return code");
            });
  }

  @Test
  void aMissingProgramIsNamed() throws Exception {
    assertThatThrownBy(() -> run(cmd("no-such-program x")))
        .hasMessage(
            "[Errno 2] No such file or directory: 'no-such-program' (no program of that name in"
                + " PATH)")
        .isInstanceOfSatisfying(
            ModuleException.class, e -> assertThat(e.result().get("rc")).isEqualTo(IntValue.of(2)));
    assertThatThrownBy(() -> run(cmd("/no/such"))).hasMessageContaining("'/no/such'");
    Path plain = Files.writeString(dir.resolve("plain"), "");
    assertThatThrownBy(() -> run(cmd(plain.toString())))
        .hasMessage("[Errno 13] Permission denied: '" + plain + "'");
    // A program that ends with 127 itself is not a missing one.
    assertThatThrownBy(() -> run(cmd("sh -c 'exit 127'"))).hasMessageContaining("code 127");
  }

  @Test
  void chdirAndStdin() throws Exception {
    CommandModule.Options pwd = cmd("pwd", in(dir));
    assertThat(text(run(pwd), "stdout")).isEqualTo(dir.toRealPath().toString());
    CommandModule.Options nowhere = cmd("pwd", in(dir.resolve("no")));
    assertThatThrownBy(() -> run(nowhere))
        .hasMessage("Unable to change directory before execution: '" + dir + "/no'");
    assertThat(text(run(cmd("cat", reading("in", true, false))), "stdout")).isEqualTo("in\n");
    assertThat(text(run(cmd("cat", reading("in\n \r", false, true))), "stdout")).isEqualTo("in\n ");
  }

  @Test
  void outputThatIsNotUtf8() throws Exception {
    assertThat(text(run(argv("printf", "a\\377b")), "stdout")).isEqualTo("a\ufffdb");
  }

  @Test
  void createsStopsTheSecondRun() throws Exception {
    Path file = dir.resolve("made");
    ShellModule.Options options = shell("echo x > made", "m*", null);
    assertThat(kit.watching(dir).check(shell, options).status()).isEqualTo(Status.UNKNOWN);
    assertThat(kit.apply(shell, options).status()).isEqualTo(Status.CHANGED);
    assertThat(file).hasContent("x");
    Outcome again = kit.apply(shell, options);
    assertThat(again.status()).isEqualTo(Status.OK);
    assertThat(kit.roundTrips()).isEqualTo(1);
    assertThat(text(again.result(), "stdout")).isEqualTo("skipped, since m* exists");
    assertThat(text(again.result(), "msg")).isEqualTo("Did not run command since 'm*' exists");
  }

  @Test
  void removesStopsTheSecondRun() throws Exception {
    Files.writeString(dir.resolve("old"), "");
    ShellModule.Options options = shell("rm old", null, dir + "/old");
    assertThat(kit.check(shell, options).status()).isEqualTo(Status.UNKNOWN);
    assertThat(kit.apply(shell, options).status()).isEqualTo(Status.CHANGED);
    Outcome again = kit.apply(shell, options);
    assertThat(again.status()).isEqualTo(Status.OK);
    assertThat(text(again.result(), "stdout"))
        .isEqualTo("skipped, since " + dir + "/old does not exist");
  }

  @Test
  void aCheckBelievesWhatIsForeseen() throws Exception {
    FileState file =
        new FileState(
            FileState.Kind.FILE,
            0644,
            "root",
            "root",
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    ShellModule.Options creates = shell("true", dir + "/new-*", null);
    assertThat(kit.check(shell, creates).status()).isEqualTo(Status.UNKNOWN);
    kit.foreseen().add(new Effect.FileEffect(dir + "/new-1", file));
    assertThat(kit.check(shell, creates).status()).isEqualTo(Status.OK);
    kit.foreseen().add(new Effect.FileEffect(dir.toString(), FileState.ABSENT));
    assertThat(kit.check(shell, creates).status()).isEqualTo(Status.UNKNOWN);
    Files.writeString(dir.resolve("new-2"), "");
    assertThat(kit.check(shell, creates).status()).isEqualTo(Status.UNKNOWN);
    assertThat(kit.forget().check(shell, creates).status()).isEqualTo(Status.OK);
  }

  @Test
  void chdirLeadsToTheDirectoryItself() throws Exception {
    Files.createDirectories(dir.resolve("real/site"));
    Files.createSymbolicLink(dir.resolve("link"), dir.resolve("real"));
    ShellModule.Options parent =
        new ShellModule.Options(
            Optional.of("dirname \"$PWD\""),
            "/bin/sh",
            in(dir.resolve("link/site")),
            Optional.empty());
    assertThat(text(kit.apply(shell, parent).result(), "stdout"))
        .isEqualTo(dir.toRealPath() + "/real");
  }

  @Test
  void nothingToRun() {
    for (CommandModule.Options options : List.of(cmd("  "), argv(), argv(""))) {
      assertThatThrownBy(() -> run(options))
          .hasMessage("no command given")
          .isInstanceOfSatisfying(
              ModuleException.class,
              e -> assertThat(e.result().get("rc")).isEqualTo(IntValue.of(256)));
    }
    CommandModule.Options both =
        new CommandModule.Options(
            Optional.of("true"), List.of("true"), ProgramOptions.NONE, true, Optional.empty());
    assertThatThrownBy(() -> run(both)).hasMessage("only command or argv can be given, not both");
    ShellModule.Options expanding =
        new ShellModule.Options(
            Optional.of("true"), "/bin/sh", ProgramOptions.NONE, Optional.of(BoolValue.FALSE));
    assertThatThrownBy(() -> kit.check(shell, expanding))
        .hasMessage("Unsupported parameters for (shell) module: expand_argument_vars");
  }

  @Test
  void warnsOfAShellThatIsNotUsed() throws Exception {
    CommandModule.Options options =
        new CommandModule.Options(
            Optional.of("echo x"), List.of(), ProgramOptions.NONE, true, Optional.of("/bogus"));
    MapValue result = run(options);
    assertThat(text(result, "stdout")).isEqualTo("x");
    assertThat(((ListValue) result.get("warnings")).items()).hasSize(1);
    assertThat(result.get("warnings").toString()).contains("no longer supported", "/bogus");
  }

  @Test
  void aCheckTakesItThatAConditionIsThereForAReason() throws Exception {
    Outcome check = kit.check(shell, shell("true", "no-such-*", null));
    assertThat(check.result().get("changed")).isEqualTo(BoolValue.TRUE);
    assertThat(check.result().has("skipped")).isFalse();
    Outcome plain = kit.check(shell, shell("true", null, null));
    assertThat(plain.result().get("changed")).isEqualTo(BoolValue.FALSE);
    assertThat(plain.result().get("skipped")).isEqualTo(BoolValue.TRUE);
  }

  @Test
  void aFailureHasChangedSomethingPerhaps() {
    assertThatThrownBy(() -> run(cmd("false")))
        .isInstanceOfSatisfying(
            ModuleException.class,
            e -> assertThat(e.result().get("changed")).isEqualTo(BoolValue.TRUE));
  }

  @Test
  void shellIsAShell() throws Exception {
    MapValue result =
        kit.apply(shell, shell("echo a | tr a b; echo $((1+1))", null, null)).result();
    assertThat(text(result, "stdout")).isEqualTo("b\n2");
    assertThat(text(result, "cmd")).isEqualTo("echo a | tr a b; echo $((1+1))");
  }

  private static CommandModule.Options cmd(String line) {
    return cmd(line, ProgramOptions.NONE);
  }

  private static CommandModule.Options cmd(String line, ProgramOptions program) {
    return new CommandModule.Options(Optional.of(line), List.of(), program, true, Optional.empty());
  }

  private static CommandModule.Options argv(String... words) {
    return new CommandModule.Options(
        Optional.empty(), List.of(words), ProgramOptions.NONE, true, Optional.empty());
  }

  private static ProgramOptions in(Path directory) {
    return in(directory, null, null);
  }

  private static ProgramOptions in(Path directory, String creates, String removes) {
    return new ProgramOptions(
        Optional.of(directory.toString()),
        Optional.ofNullable(creates),
        Optional.ofNullable(removes),
        Optional.empty(),
        true,
        true);
  }

  private static ProgramOptions reading(String text, boolean addLineBreak, boolean strip) {
    return new ProgramOptions(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(text),
        addLineBreak,
        strip);
  }

  private ShellModule.Options shell(String line, String creates, String removes) {
    return new ShellModule.Options(
        Optional.of(line), "/bin/sh", in(dir, creates, removes), Optional.empty());
  }
}
