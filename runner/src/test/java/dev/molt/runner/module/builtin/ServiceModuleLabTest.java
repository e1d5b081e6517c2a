package dev.molt.runner.module.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.builtin.ServiceModule.Options;
import dev.molt.runner.module.builtin.ServiceModule.State;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class ServiceModuleLabTest {
  private final ServiceModule service = new ServiceModule("service");
  private Lab lab;
  private ModuleKit kit;

  @BeforeEach
  void units() throws Exception {
    lab = new Lab();
    kit = lab.root("n1");
    unit("good", "ExecStart=/bin/sleep 1000", true);
    unit(
        "crash",
        "ExecStart=/bin/sh -c 'echo boom; sleep 0.3; exit 78'\nRestart=on-failure\nRestartSec=2",
        true);
    unit(
        "loop",
        "ExecStart=/bin/sh -c 'sleep 0.1; kill -9 $$$$'\nRestart=always\nRestartSec=0.2",
        false);
    unit("once", "Type=oneshot\nExecStart=/bin/true", false);
    unit("gone", "RemainAfterExit=yes\nExecStart=/bin/true", false);
    unit(
        "stuck",
        "ExecStart=/bin/sh -c 'trap \"\" TERM; while :; do sleep 1; done'\nTimeoutStopSec=20",
        false);
    unit("slow", "Type=notify\nExecStart=/bin/sleep 1000\nTimeoutStartSec=60", false);
    lab.sh("n1", "systemctl daemon-reload");
  }

  @AfterEach
  void removeUnits() throws Exception {
    lab.sh(
        "n1",
        "cd /etc/systemd/system; systemctl kill -s KILL 'molt-test-*' 2>/dev/null; for u in"
            + " molt-test-*.service; do systemctl unmask $u; systemctl disable $u; systemctl stop $u;"
            + " systemctl reset-failed $u; done 2>/dev/null; rm -f molt-test-*; systemctl"
            + " daemon-reload");
    lab.close();
  }

  private void unit(String name, String lines, boolean install) throws Exception {
    lab.sh(
        "n1",
        "cat >/etc/systemd/system/molt-test-"
            + name
            + ".service <<'EOF'\n[Unit]\nDescription=test\n[Service]\n"
            + lines
            + (install ? "\n[Install]\nWantedBy=multi-user.target" : "")
            + "\nEOF\n");
  }

  private static Options options(String name, State state, Boolean enabled) {
    return new Options(
        Optional.of("molt-test-" + name),
        Optional.ofNullable(state),
        Optional.ofNullable(enabled),
        Optional.empty(),
        false,
        "system",
        1,
        3);
  }

  @Test
  void startsEnablesStopsAndDisables() throws Exception {
    ModuleKit.Runs up = kit.changes(service, options("good", State.STARTED, true));
    assertThat(up.applied().diffs())
        .extracting(FieldDiff::field, FieldDiff::before, FieldDiff::after)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("enabled", "disabled", "enabled"),
            org.assertj.core.groups.Tuple.tuple("state", "inactive (dead)", "started"));
    MapValue result = up.applied().result();
    double entered = ((FloatValue) result.get("active_enter")).value();
    assertThat(Math.abs(entered - Instant.now().toEpochMilli() / 1e3)).isLessThan(10);
    assertThat(result.get("enabled")).isEqualTo(BoolValue.TRUE);
    kit.changes(service, options("good", State.STOPPED, false));
  }

  @Test
  void restartsAlways() throws Exception {
    assertThat(kit.check(service, options("good", State.RESTARTED, null)).status())
        .isEqualTo(Status.CHANGED);
    for (int i = 0; i < 2; i++) {
      MapValue result =
          kit.forget().apply(service, options("good", State.RESTARTED, null)).result();
      if (i == 1) {
        double down = ((FloatValue) result.get("active_exit")).value();
        double up = ((FloatValue) result.get("active_enter")).value();
        assertThat(up - down).isBetween(0.0, 1.0);
      }
    }
    assertThat(kit.roundTrips()).isEqualTo(2);
  }

  @Test
  void aCrashAtStartFails() {
    assertThatThrownBy(() -> kit.apply(service, options("crash", State.STARTED, null)))
        .hasMessageContaining("molt-test-crash.service started but died at once")
        .hasMessageContaining("exit status 78 (a configuration error, by convention)")
        .hasMessageContaining("boom")
        .isInstanceOfSatisfying(
            ModuleException.class,
            e -> assertThat(((ListValue) e.result().get("journal")).items()).isNotEmpty());
    assertThatThrownBy(() -> kit.apply(service, options("loop", State.RESTARTED, null)))
        .hasMessageContaining("molt-test-loop.service started but died at once");
  }

  @Test
  void activeExitedIsNotRunning() throws Exception {
    lab.sh("n1", "systemctl start molt-test-gone; sleep 0.2");
    assertThat(kit.check(service, options("gone", State.STARTED, null)).diffs().get(0).before())
        .isEqualTo("active (exited)");
    assertThatThrownBy(() -> kit.forget().apply(service, options("gone", State.STARTED, null)))
        .hasMessageContaining("active (exited)");
  }

  @Test
  void aOneshotRunsEachTime() throws Exception {
    assertThat(kit.apply(service, options("once", State.STARTED, true)).status())
        .isEqualTo(Status.CHANGED);
  }

  @Test
  void whatDoesNotStopIsTold() throws Exception {
    kit.apply(service, options("stuck", State.STARTED, null));
    assertThatThrownBy(() -> kit.apply(service, options("stuck", State.STOPPED, null)))
        .hasMessageContaining("did not stop within 3 s")
        .hasMessageContaining("Still running:")
        .hasMessageContaining("sleep 1; done");
  }

  @Test
  void whatDoesNotComeUpIsTold() {
    assertThatThrownBy(() -> kit.apply(service, options("slow", State.STARTED, null)))
        .hasMessageContaining("did not come up within 3 s; it is now activating (start)");
  }

  @Test
  void masksAndUnmasks() throws Exception {
    lab.sh(
        "n1",
        "rm /etc/systemd/system/molt-test-good.service; systemctl daemon-reload;"
            + " mkdir -p /usr/lib/systemd/system;"
            + " printf '[Service]\\nExecStart=/bin/sleep 99\\n'"
            + " >/usr/lib/systemd/system/molt-test-good.service; systemctl daemon-reload");
    kit.changes(service, masked(true, null));
    assertThatThrownBy(() -> kit.apply(service, options("good", State.STARTED, null)))
        .hasMessageContaining("is masked");
    kit.changes(service, masked(false, State.STARTED));
    lab.sh(
        "n1", "systemctl stop molt-test-good; rm /usr/lib/systemd/system/molt-test-good.service");
  }

  private static Options masked(boolean masked, State state) {
    return new Options(
        Optional.of("molt-test-good"),
        Optional.ofNullable(state),
        Optional.empty(),
        Optional.of(masked),
        false,
        "system",
        1,
        5);
  }

  @Test
  void daemonReloadOnlyWhereNeeded() throws Exception {
    Options reload =
        new Options(
            Optional.of("molt-test-good"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            "system",
            1,
            5);
    lab.sh("n1", "systemctl start molt-test-good; sleep 1.1");
    unit("good", "ExecStart=/bin/sleep 2000", true);
    kit.changes(service, reload);
    Options manager =
        new Options(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            "system",
            1,
            5);
    assertThat(kit.check(service, manager).status()).isEqualTo(Status.UNKNOWN);
    assertThat(kit.apply(service, manager).status()).isEqualTo(Status.OK);
  }

  @Test
  void unknownUnitsAndMissingRights() {
    assertThatThrownBy(() -> kit.apply(service, options("goood", State.STARTED, null)))
        .hasMessageContaining("Could not find the requested service molt-test-goood")
        .hasMessageContaining("did you mean 'molt-test-good.service'?");
    assertThatThrownBy(() -> lab.login("n1").apply(service, options("good", State.STARTED, null)))
        .hasMessageContaining("become: true");
  }
}
