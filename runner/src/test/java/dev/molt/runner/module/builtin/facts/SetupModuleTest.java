package dev.molt.runner.module.builtin.facts;

import static dev.molt.runner.module.builtin.facts.Replies.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupModuleTest {
  @TempDir Path dir;
  private final ModuleKit kit = ModuleKit.local();
  private final SetupModule setup = new SetupModule("setup");

  @AfterEach
  void close() {
    kit.close();
  }

  private MapValue gather(SetupModule.Options options) throws Exception {
    Outcome outcome = kit.unchanged(setup, options).applied();
    assertThat(outcome.status()).isEqualTo(Status.OK);
    return (MapValue) outcome.result().get("ansible_facts");
  }

  private SetupModule.Options options(List<String> subsets, String... filter) {
    return new SetupModule.Options(subsets, 10, List.of(filter), dir.toString(), Optional.empty());
  }

  @Test
  void describesThisMachineInOneRoundTrip() throws Exception {
    kit.environment(Map.of("MOLT_T", "one\ntwo"));
    MapValue facts = gather(options(List.of("all")));
    assertThat(text(facts, "ansible_env.MOLT_T")).isEqualTo("one\ntwo");
    assertThat(text(facts, "ansible_system")).isEqualTo("Linux");
    assertThat(text(facts, "ansible_kernel")).isEqualTo(System.getProperty("os.version"));
    assertThat(text(facts, "ansible_user_id")).isEqualTo(System.getProperty("user.name"));
    assertThat(text(facts, "ansible_user_dir")).startsWith("/");
    assertThat(text(facts, "ansible_processor_nproc"))
        .isEqualTo(Integer.toString(Runtime.getRuntime().availableProcessors()));
    assertThat(Integer.parseInt(text(facts, "ansible_memtotal_mb"))).isPositive();
    assertThat(text(facts, "ansible_interfaces")).contains("'lo'");
    assertThat(text(facts, "ansible_lo.ipv4.address")).isEqualTo("127.0.0.1");
    assertThat(text(facts, "ansible_date_time.iso8601"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(text(facts, "ansible_os_family")).isNotEqualTo("(absent)");
    assertThat(text(facts, "ansible_local")).isEqualTo("{}");
    assertThat(text(facts, "gather_subset")).isEqualTo("['all']");
    assertThat(text(facts, "module_setup")).isEqualTo("True");
    assertThat(kit.roundTrips()).isEqualTo(1);
  }

  @Test
  void gathersWhatIsAskedFor() throws Exception {
    MapValue facts = gather(options(List.of("!all", "!min", "network")));
    assertThat(facts.has("ansible_default_ipv4")).isTrue();
    assertThat(facts.has("ansible_distribution")).isTrue();
    assertThat(facts.has("ansible_env")).isFalse();
    assertThat(facts.has("ansible_mounts")).isFalse();
    assertThat(gather(options(List.of("!all", "!min"))).entries()).hasSize(2);
    assertThatThrownBy(() -> kit.check(setup, options(List.of("netwrok"))))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining("Bad subset 'netwrok'");
  }

  @Test
  void filtersByName() throws Exception {
    MapValue facts = gather(options(List.of("!all"), "ansible_user_*", "sys[st]em", "hostnam?"));
    assertThat(facts.entries().keySet().stream().map(Value::toString))
        .containsExactlyInAnyOrder(
            "'ansible_system'",
            "'ansible_user_id'",
            "'ansible_user_uid'",
            "'ansible_user_gid'",
            "'ansible_user_gecos'",
            "'ansible_user_dir'",
            "'ansible_user_shell'",
            "'ansible_hostname'");
    assertThat(gather(options(List.of("!all"), "*")).has("module_setup")).isTrue();
    assertThat(gather(options(List.of("!all"), "no_such_*")).entries()).isEmpty();
  }

  @Test
  void localFacts() throws Exception {
    fact("json", "{\"a\": [1, 2]}", "rw-r--r--");
    fact("ini", "[General]\nBar = loaded\n  twice\nx: %(bar)s!\n", "rw-r--r--");
    fact(
        "script",
        "#!/bin/sh\necho \"{\\\"at\\\": \\\"$MOLT_T\\\"}\"; echo noise >&2\n",
        "rwxr-xr-x");
    fact("bad script", "#!/bin/sh\necho lost; echo broken >&2; exit 3\n", "rwxr-xr-x");
    fact("bad", "no section = here\n", "rw-r--r--");
    fact("reference", "[s]\na = %(b)s\n", "rw-r--r--");
    fact("empty", "", "rw-r--r--");
    Files.write(dir.resolve("binary.fact"), new byte[] {'[', (byte) 0xff, ']'});
    Files.createSymbolicLink(dir.resolve("gone.fact"), dir.resolve("nowhere"));
    Files.writeString(dir.resolve("other.txt"), "x");
    kit.environment(Map.of("MOLT_T", "home"));
    MapValue facts = gather(options(List.of("!all", "!min", "local"), "*local*"));
    assertThat(facts.entries()).hasSize(1);
    MapValue local = (MapValue) facts.get("ansible_local");
    assertThat(local.entries()).hasSize(9);
    assertThat(text(local, "json")).isEqualTo("{'a': [1, 2]}");
    assertThat(text(local, "ini"))
        .isEqualTo("{'General': {'bar': 'loaded\\ntwice', 'x': 'loaded\\ntwice!'}}");
    assertThat(text(local, "script")).isEqualTo("{'at': 'home'}");
    assertThat(text(local, "bad script"))
        .isEqualTo(
            "Failure executing fact script (" + dir + "/bad script.fact), rc: 3, err: broken\n");
    assertThat(text(local, "bad"))
        .isEqualTo(
            "error loading facts as JSON or ini - please check content: " + dir + "/bad.fact");
    assertThat(text(local, "reference")).startsWith("error loading facts as ini").contains("'b'");
    assertThat(text(local, "empty")).isEqualTo("{}");
    assertThat(text(local, "binary")).endsWith("was not utf-8");
    assertThat(text(local, "gone")).startsWith("Could not stat fact (" + dir + "/gone.fact)");
  }

  @Test
  void warnsOfLocalFactsThatAreBroken() throws Exception {
    fact("bad", "nonsense\n", "rw-r--r--");
    Outcome outcome = kit.check(setup, options(List.of("local")));
    assertThat(((ListValue) outcome.result().get("warnings")).items()).hasSize(1);
  }

  private void fact(String name, String text, String mode) throws Exception {
    Path file = Files.writeString(dir.resolve(name + ".fact"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
