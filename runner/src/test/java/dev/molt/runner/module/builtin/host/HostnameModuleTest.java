package dev.molt.runner.module.builtin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.builtin.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledIf("dev.molt.runner.module.builtin.Sandbox#possible")
class HostnameModuleTest {
  private final HostnameModule hostname = new HostnameModule();
  private Sandbox sandbox;
  private ModuleKit kit;

  @BeforeEach
  void open() throws Exception {
    sandbox = Sandbox.start();
    kit = sandbox.kit();
  }

  @AfterEach
  void close() {
    kit.close();
    sandbox.close();
  }

  @ParameterizedTest
  @CsvSource({
    "debian, /etc/hostname, web01.example.com",
    "alpine, /etc/hostname, web01.example.com",
    "sles, /etc/HOSTNAME, web01.example.com",
    "openrc, /etc/conf.d/hostname, 'hostname=\"web01.example.com\"'",
    "redhat, /etc/sysconfig/network, HOSTNAME=web01.example.com",
  })
  void namesTheHostNowAndLastingly(String use, String file, String line) throws Exception {
    sandbox.run("mkdir -p /etc/conf.d /etc/sysconfig; echo '# kept' >/etc/sysconfig/network");
    Outcome outcome =
        kit.changes(hostname, OptionsKit.of(hostname, "name", "web01.example.com", "use", use))
            .applied();
    assertThat(sandbox.run("hostname")).isEqualTo("web01.example.com");
    assertThat(sandbox.run("tail -n 1 " + file)).isEqualTo(line);
    MapValue facts = (MapValue) outcome.result().get("ansible_facts");
    assertThat(facts.get("ansible_hostname")).isEqualTo(Value.of("web01"));
    assertThat(facts.get("ansible_nodename")).isEqualTo(Value.of("web01.example.com"));
    assertThat(outcome.result().get("diff").toString()).contains("hostname = web01.example.com");
  }

  @Test
  void setsRightWhatIsWrongOnly() throws Exception {
    sandbox.run("echo web02 >/etc/hostname");
    Outcome outcome = kit.changes(hostname, OptionsKit.of(hostname, "name", "web02")).applied();
    assertThat(outcome.diffs()).extracting(diff -> diff.field()).containsExactly("hostname");
    assertThat(sandbox.run("stat -c %a /etc/hostname; ls /etc/hostname.*")).isEqualTo("644");
  }

  @Test
  void leavesFilesAloneWhereNoneIsKnown() throws Exception {
    String before = sandbox.run("cat /etc/hostname");
    kit.changes(hostname, OptionsKit.of(hostname, "name", "web03", "use", "generic"));
    assertThat(sandbox.run("cat /etc/hostname")).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "a_b c, is no name",
    "'$(id)', is no name",
    "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg, longer than 64",
  })
  void refusesWhatIsNoName(String name, String words) {
    assertThatThrownBy(() -> kit.check(hostname, OptionsKit.of(hostname, "name", name)))
        .hasMessageContaining(words);
  }
}
