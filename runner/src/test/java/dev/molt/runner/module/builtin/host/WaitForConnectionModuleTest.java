package dev.molt.runner.module.builtin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.BoolValue;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.ModuleException;
import org.junit.jupiter.api.Test;

class WaitForConnectionModuleTest {
  private final WaitForConnectionModule wait = new WaitForConnectionModule();
  private final FakeHost host = new FakeHost();

  @Test
  void triesUntilTheHostAnswers() throws Exception {
    host.isGone().isGone().fails("not yet").says("pong\n");
    Outcome outcome = host.kit().apply(wait, OptionsKit.of(wait, "sleep", 0));
    assertThat(outcome.status()).isEqualTo(Status.OK);
    assertThat(outcome.result().get("changed")).isEqualTo(BoolValue.FALSE);
    assertThat(outcome.result().has("elapsed")).isTrue();
    assertThat(host.scripts()).hasSize(4);
  }

  @Test
  void givesUpAtTheEnd() {
    host.isGone();
    assertThatThrownBy(() -> host.kit().apply(wait, OptionsKit.of(wait, "timeout", 0)))
        .isInstanceOf(ModuleException.class)
        .hasMessage("timed out waiting for ping module test: connection refused");
  }

  @Test
  void isNotWaitedForInACheck() throws Exception {
    host.isGone();
    assertThat(host.kit().check(wait, OptionsKit.of(wait)).status()).isEqualTo(Status.UNKNOWN);
    assertThat(host.scripts()).isEmpty();
  }
}
