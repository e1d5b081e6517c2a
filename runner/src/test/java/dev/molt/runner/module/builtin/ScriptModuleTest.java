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
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.remote.local.LocalTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptModuleTest {
  @TempDir Path dir;
  private final LocalTransport transport = new LocalTransport();
  private final ModuleKit kit = Hosts.local(transport);
  private final ScriptModule script = new ScriptModule();
  private final RawModule raw = new RawModule();

  @AfterEach
  void close() {
    transport.close();
  }

  private static ScriptModule.Options options(String line) {
    return options(line, null, null, null, null);
  }

  private static ScriptModule.Options options(
      String line, String chdir, String creates, String removes, String executable) {
    return new ScriptModule.Options(
        Optional.of(line),
        Optional.ofNullable(chdir),
        Optional.ofNullable(creates),
        Optional.ofNullable(removes),
        Optional.ofNullable(executable),
        true);
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(dir.resolve(name), text);
  }

  private MapValue run(ScriptModule.Options options) throws Exception {
    return kit.apply(script, options).result();
  }

  @Test
  void runsAndLeavesNothing() throws Exception {
    Path tmp = Files.createDirectory(dir.resolve("tmp"));
    kit.environment(Map.of("TMPDIR", tmp.toString()));
    Path file = file("a b.sh", "#!/bin/sh\nfor i in \"$0\" \"$@\"; do echo \"$i\"; done\nexit 0\n");
    MapValue result = run(options("'" + file + "' -x \"y  z\" \u04e6 $((1+1)) # no more"));
    List<String> lines = text(result, "stdout").lines().toList();
    assertThat(lines.get(0)).startsWith(tmp.toString()).endsWith("/a b.sh");
    assertThat(lines.subList(1, lines.size())).containsExactly("-x", "y  z", "\u04e6", "2");
    assertThat(result.get("rc")).isEqualTo(IntValue.of(0));
    assertThat(kit.roundTrips()).isEqualTo(1);
    try (Stream<Path> left = Files.list(tmp)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void failsWithItsStatus() throws Exception {
    Path tmp = Files.createDirectory(dir.resolve("tmp"));
    kit.environment(Map.of("TMPDIR", tmp.toString()));
    Path file = file("fail.sh", "#!/bin/sh\necho out; echo err >&2; exit 7\n");
    assertThatThrownBy(() -> run(options(file.toString())))
        .hasMessage("non-zero return code 7")
        .isInstanceOfSatisfying(
            ModuleException.class,
            e -> {
              assertThat(e.result().get("rc")).isEqualTo(IntValue.of(7));
              assertThat(text(e.result(), "stderr")).isEqualTo("err\n");
              assertThat(e.result().get("changed")).isEqualTo(BoolValue.TRUE);
            });
    try (Stream<Path> left = Files.list(tmp)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void runsWhereAndByWhatItIsTold() throws Exception {
    Path file = file("no-shebang", "pwd; echo $1\n");
    MapValue result = run(options(file + " x", dir.toString(), null, null, "/bin/sh -e"));
    assertThat(text(result, "stdout")).isEqualTo(dir.toRealPath() + "\nx\n");
    assertThatThrownBy(() -> run(options(file.toString(), "rel", null, null, null)))
        .hasMessageContaining("must be an absolute path");
  }

  @Test
  void conditions() throws Exception {
    Path made = dir.resolve("made");
    Path file = file("make.sh", "#!/bin/sh\necho >\"$1\"\n");
    ScriptModule.Options creates = options(file + " " + made, null, made.toString(), null, null);
    Outcome check = kit.watching(dir).check(script, creates);
    assertThat(check.status()).isEqualTo(Status.UNKNOWN);
    assertThat(check.result().get("changed")).isEqualTo(BoolValue.TRUE);
    assertThat(kit.apply(script, creates).status()).isEqualTo(Status.CHANGED);
    Outcome again = kit.apply(script, creates);
    assertThat(again.result().get("skipped")).isEqualTo(BoolValue.TRUE);
    assertThat(text(again.result(), "msg")).isEqualTo(made + " exists, matching creates option");
    ScriptModule.Options removes = options(file + " " + made, null, null, dir + "/other", null);
    assertThat(text(kit.check(script, removes).result(), "msg"))
        .isEqualTo(dir + "/other does not exist, matching removes option");
  }

  @Test
  void aScriptMustBeNamedAndThere() {
    ScriptModule.Options none =
        new ScriptModule.Options(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true);
    assertThatThrownBy(() -> kit.check(script, none)).hasMessageContaining("one of the following");
    assertThatThrownBy(() -> kit.check(script, options(dir + "/none")))
        .isInstanceOf(ModuleException.class);
  }

  @Test
  void rawGivesBackWhatWasSaid() throws Exception {
    RawModule.Options line =
        new RawModule.Options(Optional.of("echo 'foo,bar' | cut -d, -f2; echo $0"), "/bin/bash");
    assertThat(kit.check(raw, line).status()).isEqualTo(Status.UNKNOWN);
    MapValue result = kit.apply(raw, line).result();
    assertThat(text(result, "stdout")).isEqualTo("bar\n/bin/bash\n");
    assertThat(result.get("stdout_lines"))
        .isEqualTo(ListValue.ofStrings(List.of("bar", "/bin/bash")));
    assertThat(result.get("changed")).isEqualTo(BoolValue.TRUE);
    RawModule.Options bad = new RawModule.Options(Optional.of("exit 3"), "/bin/sh");
    assertThatThrownBy(() -> kit.apply(raw, bad)).hasMessage("non-zero return code 3");
  }
}
