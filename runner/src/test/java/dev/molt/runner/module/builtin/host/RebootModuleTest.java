package dev.molt.runner.module.builtin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.BoolValue;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.ModuleKit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebootModuleTest {
  @TempDir Path dir;
  private final RebootModule reboot = new RebootModule(Duration.ofMillis(1), Duration.ofMillis(2));
  private final FakeHost host = new FakeHost();

  @Test
  void waitsUntilTheHostIsBackAndWorks() throws Exception {
    host.says("old\n").isGone(); // asked, told to go down
    host.says("old\n").isGone().says("").says("new\n"); // still there, gone, coming, back
    host.fails("not yet").says("root\n");
    Outcome outcome = host.kit().apply(reboot, OptionsKit.of(reboot));
    assertThat(outcome.status()).isEqualTo(Status.CHANGED);
    assertThat(outcome.result().get("rebooted")).isEqualTo(BoolValue.TRUE);
    assertThat(host.scripts()).hasSize(8);
    assertThat(host.scripts().get(1)).contains("-r 0 'Reboot initiated by Ansible'");
    assertThat(host.scripts().subList(2, 6)).containsOnly("cat /proc/sys/kernel/random/boot_id");
    assertThat(host.scripts().subList(6, 8)).containsOnly("whoami");
  }

  @Test
  void saysWhatItWaitedFor() {
    host.says("old\n");
    assertThatThrownBy(() -> host.kit().apply(reboot, OptionsKit.of(reboot, "reboot_timeout", 0)))
        .hasMessage(
            "Timed out waiting for last boot time check (timeout=0): boot time has not changed");
  }

  @Test
  void saysWhyItDidNotGoDown() {
    host.says("old\n").fails("not allowed\n");
    assertThatThrownBy(() -> host.kit().apply(reboot, OptionsKit.of(reboot)))
        .hasMessage("Reboot command failed. Error was: ', not allowed'");
  }

  @Test
  void aCheckForetellsItAndTouchesNothing() throws Exception {
    host.isGone();
    Outcome outcome = host.kit().check(reboot, OptionsKit.of(reboot));
    assertThat(outcome.result().get("changed")).isEqualTo(BoolValue.TRUE);
    assertThat(outcome.result().get("rebooted")).isEqualTo(BoolValue.TRUE);
    assertThat(host.scripts()).isEmpty();
  }

  @Test
  void runsTheCommandThatItFinds() throws Exception {
    Path boot = Files.writeString(dir.resolve("boot"), "1");
    Path command = dir.resolve("go down");
    Files.writeString(command, "#!/bin/sh\necho \"$#$1$2\" >" + dir + "/boot\n");
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(dir.resolve("shutdown"), command);
    try (ModuleKit kit = ModuleKit.local()) {
      Object[] given = {"boot_time_command", "cat " + boot, "search_paths", List.of("/none", dir)};
      kit.apply(reboot, OptionsKit.of(reboot, given));
      assertThat(boot).hasContent("3-r0");
      kit.apply(
          reboot,
          OptionsKit.of(
              reboot,
              "boot_time_command",
              "cat " + boot,
              "reboot_command",
              "shutdown 'a b' c",
              "search_paths",
              List.of(dir)));
      assertThat(boot).hasContent("2a bc");
      assertThatThrownBy(
              () ->
                  kit.apply(
                      reboot,
                      OptionsKit.of(reboot, "boot_time_command", "echo", "reboot_command", "none")))
          .hasMessageContaining("Unable to find command \"none\" in search paths");
    }
  }
}
