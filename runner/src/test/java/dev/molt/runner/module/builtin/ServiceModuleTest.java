package dev.molt.runner.module.builtin;

import static dev.molt.runner.module.builtin.Hosts.answer;
import static dev.molt.runner.module.builtin.Hosts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.module.Effect;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.builtin.ServiceModule.Options;
import dev.molt.runner.module.builtin.ServiceModule.State;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceModuleTest {
  private static final String COMMON =
      """
          Id=tegu.service
          Type=simple
          LoadState=loaded
          UnitFileState=enabled
          NRestarts=0
          FragmentPath=/etc/systemd/system/tegu.service
          NeedDaemonReload=no
          """;
  private static final String UP =
      COMMON
          + """
          ActiveState=active
          SubState=running
          MainPID=31
          InvocationID=aa
          Result=success
          ActiveEnterTimestampMonotonic=4500000
          """;
  private static final String DOWN =
      COMMON
          + """
          ActiveState=inactive
          SubState=dead
          MainPID=0
          InvocationID=
          Result=success
          """;
  private static final String CRASHED =
      COMMON
          + """
          ActiveState=activating
          SubState=auto-restart
          MainPID=0
          InvocationID=aa
          Result=exit-code
          ExecMainCode=1
          ExecMainStatus=78
          """;

  private final ServiceModule service = new ServiceModule("service");
  private String now = DOWN;
  private String afterChange = UP;
  private String failed = "";
  private String journal = "";
  private final ModuleKit kit = Hosts.scripted(this::host);

  private ScriptResult host(Script script) {
    if (script.text().contains("journalctl")) {
      return answer(0, journal, "");
    }
    if (!script.text().contains("@molt:begin")) {
      return answer(0, now, "");
    }
    now = afterChange;
    String first = afterChange.equals(CRASHED) ? UP : afterChange;
    return answer(
        0,
        "@molt:begin 1000\n"
            + failed
            + "@molt:first\n"
            + first
            + "@molt:last\n"
            + afterChange
            + "@molt:clock\n1005.250000000\n5.25 9.10\n",
        "");
  }

  private static Options state(State state) {
    return new Options(
        Optional.of("tegu"),
        Optional.of(state),
        Optional.empty(),
        Optional.empty(),
        false,
        "system",
        1,
        90);
  }

  @Test
  void checkForetellsAndTheSecondRunChangesNothing() throws Exception {
    ModuleKit.Runs runs = kit.changes(service, state(State.STARTED));
    assertThat(runs.check().diffs())
        .containsExactly(FieldDiff.of("tegu.service", "state", "inactive (dead)", "started"));
    assertThat(runs.check().effects())
        .containsExactly(new Effect.ServiceEffect("tegu.service", true));
    assertThat(text(runs.applied().result(), "state")).isEqualTo("started");
    assertThat(runs.applied().result().get("enabled")).isEqualTo(BoolValue.TRUE);
    assertThat(runs.applied().result().get("active_enter")).isEqualTo(new FloatValue(1004.5));
  }

  @Test
  void laterTasksOfACheckTakeItAsStarted() throws Exception {
    kit.check(service, state(State.STARTED));
    assertThat(kit.check(service, state(State.STARTED)).status()).isEqualTo(Status.OK);
    Outcome stop = kit.check(service, state(State.STOPPED));
    assertThat(stop.diffs().get(0).before()).isEqualTo("active (running)");
    assertThat(kit.check(service, state(State.STOPPED)).status()).isEqualTo(Status.OK);
  }

  @Test
  void aUnitFileThatIsForeseenCounts() throws Exception {
    now = "Id=tegu.service\nLoadState=not-found\nActiveState=inactive\nSubState=dead\n";
    assertThatThrownBy(() -> kit.check(service, state(State.STARTED)))
        .hasMessageContaining("has no tegu.service");
    FileState file =
        new FileState(
            FileState.Kind.FILE,
            0644,
            "root",
            "root",
            9,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    kit.foreseen().add(new Effect.FileEffect("/etc/systemd/system/tegu.service", file));
    assertThat(kit.check(service, state(State.STARTED)).status()).isEqualTo(Status.CHANGED);
  }

  @Test
  void aCrashTellsWhyAndWhatWasLogged() {
    afterChange = CRASHED;
    journal = "db: tls error (server refused TLS connection)\n";
    assertThatThrownBy(() -> kit.apply(service, state(State.RESTARTED)))
        .hasMessage(
            "tegu.service started but died at once; it is now activating (auto-restart), result"
                + " exit-code, exit status 78 (a configuration error, by convention)\n"
                + "Its last lines in the journal:\n"
                + "  db: tls error (server refused TLS connection)");
  }

  @Test
  void refusalsNameBecome() {
    failed =
        "@molt:failed 1 start tegu.service\nFailed to start tegu.service: Interactive"
            + " authentication required.\n";
    afterChange = DOWN;
    assertThatThrownBy(() -> kit.apply(service, state(State.STARTED)))
        .hasMessageContaining("did not start")
        .hasMessageContaining("become: true");
  }

  @Test
  void restartedChangesAlways() throws Exception {
    now = UP;
    assertThat(kit.check(service, state(State.RESTARTED)).status()).isEqualTo(Status.CHANGED);
    assertThat(kit.apply(service, state(State.RESTARTED)).status()).isEqualTo(Status.CHANGED);
    assertThat(kit.roundTrips()).isEqualTo(2);
  }

  @Test
  void systemdMissingOrNotRunning() {
    ModuleKit none = Hosts.scripted(script -> answer(91, "", ""));
    assertThatThrownBy(() -> none.check(service, state(State.STARTED)))
        .hasMessageContaining("has no systemctl");
    ModuleKit other =
        Hosts.scripted(
            script -> answer(92, "", "System has not been booted with systemd as init system\n"));
    assertThatThrownBy(() -> other.check(service, state(State.STARTED)))
        .hasMessageContaining("has not been booted with systemd");
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    Options user =
        new Options(
            Optional.of("tegu"),
            Optional.of(State.STARTED),
            Optional.empty(),
            Optional.empty(),
            false,
            "user",
            1,
            90);
    assertThatThrownBy(() -> kit.check(service, user)).hasMessageContaining("only system");
  }

  @Test
  void unitNames() {
    assertThat(UnitState.unitName("tegu")).isEqualTo("tegu.service");
    assertThat(UnitState.unitName("tegu@1.2")).isEqualTo("tegu@1.2.service");
    assertThat(UnitState.unitName("a.timer")).isEqualTo("a.timer");
  }
}
