package dev.molt.runner.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FakeTransportTest {
  @Test
  void answersInTurnByTheLatestRuleThatFits() throws Exception {
    FakeConnection web1 = new FakeTransport().host("web1");
    web1.when("echo").answer("any");
    web1.when("echo two").answer("first").then(3, "", "second");
    Shell shell = web1.shell(Identity.LOGIN);
    assertThat(shell.run(Script.of("echo one")).out()).isEqualTo("any");
    assertThat(shell.run(Script.of("echo two")).out()).isEqualTo("first");
    assertThat(shell.run(Script.of("echo two")).err()).isEqualTo("second");
    assertThat(shell.run(Script.of("echo two")).exitStatus()).isEqualTo(3);
    assertThat(web1.runs()).hasSize(4);
  }

  @Test
  void failsTheTestForWhatItWasNotToldOf() throws Exception {
    Shell shell = new FakeTransport().host("web1").shell(Identity.LOGIN);
    assertThatThrownBy(() -> shell.run(Script.of("rm -rf /"))).isInstanceOf(AssertionError.class);
  }

  @Test
  void losesAndRefuses() throws Exception {
    FakeTransport transport = new FakeTransport();
    FakeConnection web1 = transport.host("web1").refuse("root", "not in sudoers");
    web1.when("reboot").lose();
    assertThatThrownBy(() -> web1.shell(Identity.LOGIN).run(Script.of("reboot")))
        .isInstanceOf(UnreachableException.class);
    assertThatThrownBy(() -> web1.shell(Identity.sudo("root", java.util.Optional.empty())))
        .isInstanceOf(BecomeException.class);
  }
}
