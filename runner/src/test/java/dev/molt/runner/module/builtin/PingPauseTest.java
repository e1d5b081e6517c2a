package dev.molt.runner.module.builtin;

import static dev.molt.runner.module.builtin.Hosts.answer;
import static dev.molt.runner.module.builtin.Hosts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.IntValue;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.Registry;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PingPauseTest {
  private final ModuleKit kit = Hosts.scripted(script -> answer(0, "pong\n", ""));

  @Test
  void pingAnswers() throws Exception {
    ModuleKit.Runs runs = kit.unchanged(new PingModule(), new PingModule.Options("pong"));
    assertThat(text(runs.check().result(), "ping")).isEqualTo("pong");
    assertThatThrownBy(() -> kit.check(new PingModule(), new PingModule.Options("crash")))
        .hasMessage("boom");
    ModuleKit mute = Hosts.scripted(script -> answer(1, "", "This account is not available.\n"));
    assertThatThrownBy(() -> mute.check(new PingModule(), new PingModule.Options("pong")))
        .hasMessageContaining("This account is not available.");
  }

  @Test
  void pauseWaitsUnlessItIsACheck() throws Exception {
    PauseModule.Options options =
        new PauseModule.Options(
            Optional.of(0.2), Optional.empty(), Optional.of("look at the queue"), true);
    long start = System.nanoTime();
    assertThat(kit.check(new PauseModule(), options).status()).isEqualTo(Status.UNKNOWN);
    assertThat(System.nanoTime() - start).isLessThan(150_000_000);
    Outcome waited = kit.apply(new PauseModule(), options);
    assertThat(System.nanoTime() - start).isGreaterThan(200_000_000);
    assertThat(waited.status()).isEqualTo(Status.OK);
    assertThat(waited.result().get("delta")).isEqualTo(IntValue.of(0));
    assertThat(kit.progress()).contains("look at the queue");
  }

  @Test
  void pauseForAnAnswerIsRefusedBeforeAnythingIsDone() {
    PauseModule.Options prompt =
        new PauseModule.Options(Optional.empty(), Optional.empty(), Optional.of("go on?"), true);
    assertThatThrownBy(() -> kit.check(new PauseModule(), prompt))
        .hasMessageContaining("give seconds or minutes");
  }

  @Test
  void allNamesAreKnownAndTheirSpecsAgree() {
    Registry registry = SystemModules.register(new Registry());
    assertThat(registry.names())
        .containsExactly(
            "apt",
            "assert",
            "async_status",
            "command",
            "debug",
            "fail",
            "gather_facts",
            "get_url",
            "getent",
            "group",
            "hostname",
            "mount_facts",
            "package",
            "package_facts",
            "pause",
            "pg_check",
            "ping",
            "raw",
            "reboot",
            "script",
            "service",
            "service_facts",
            "set_fact",
            "setup",
            "shell",
            "systemd",
            "systemd_service",
            "uri",
            "user",
            "wait_for",
            "wait_for_connection");
    for (String name : registry.names()) {
      assertThat(registry.find(name).orElseThrow().spec().name()).isEqualTo(name);
      assertThat(registry.find("ansible.builtin." + name)).isPresent();
    }
  }
}
