package dev.molt.dsl.inventory;

import static dev.molt.dsl.inventory.Inventories.errorsOf;
import static dev.molt.dsl.inventory.Inventories.groups;
import static dev.molt.dsl.inventory.Inventories.names;
import static dev.molt.dsl.inventory.Inventories.variable;
import static dev.molt.dsl.inventory.Inventories.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.yaml.ScalarNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptInventoryTest {
  @TempDir Path root;

  /** A script that answers {@code --list} with a text and each {@code --host} with a command. */
  private Path script(String list, String host) throws IOException {
    write(root.resolve("list.json"), list);
    return program(
        "if [ \"$1\" = --list ]; then cat '%s/list.json'; else %s; fi".formatted(root, host));
  }

  private Path program(String body) throws IOException {
    Path script = write(root.resolve("inventory.sh"), "#!/bin/sh\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }

  private static Inventory load(Path... sources) {
    return InventoryLoader.load(
        List.of(sources).stream().map(Path::toString).toList(), InventoryOptions.defaults());
  }

  private String errors(Path script) {
    return errorsOf(() -> load(script)).replace(root.toString(), "ROOT");
  }

  @Test
  void listsGroupsHostsAndTheirVariables() throws IOException {
    Path script =
        script(
            """
            {"web": {"hosts": ["n1", "n2"], "vars": {"w": "{{ x }}"}, "children": ["inner"]},
             "plain": ["n3"],
             "old": {"a": "{{ x }}"},
             "_meta": {"hostvars": {"n1": {"x": 1, "u": {"__ansible_unsafe": "{{ y }}"}},
                                    "n9": {"x": 1}},
                       "profile": "inventory_legacy"}}
            """,
            "exit 1");
    Inventory loaded = load(script);
    assertThat(groups(loaded)).isEqualTo("web=n1,n2 inner= plain=n3 old=old");
    assertThat(names(loaded.hosts())).containsExactly("n1", "n2", "n3", "old");
    assertThat(variable(loaded, "n1", "x")).isEqualTo(Value.of(1));
    assertThat(tag(loaded, "n1", "w")).as("may be a template, as in Ansible").isEmpty();
    assertThat(tag(loaded, "n1", "u")).isEqualTo("!unsafe");
    assertThat(tag(loaded, "old", "a")).as("of the oldest form").isEqualTo("!unsafe");
    assertThat(loaded.warnings())
        .extracting(Diagnostic::message)
        .containsExactly("'old' is the name of a group and of a host");
    assertThat(loaded.host("n1").orElseThrow().position().orElseThrow())
        .hasToString(script + " --list:1:20");
    assertThat(loaded.host("n1").orElseThrow().inventoryFile()).hasValue(script.toString());
  }

  private static String tag(Inventory inventory, String host, String name) {
    return ((ScalarNode) inventory.host(host).orElseThrow().variable(name).orElseThrow().value())
        .tag();
  }

  @Test
  void asksForEachHostWhereThereIsNoMeta() throws IOException {
    StringBuilder hosts = new StringBuilder("\"empty\"");
    for (int i = 1; i <= 20; i++) {
      hosts.append(", \"n").append(i).append('"');
    }
    Path script =
        script(
            "{\"web\": {\"hosts\": [" + hosts + "]}}",
            "[ $2 = empty ] || echo \"{\\\"me\\\": \\\"$2\\\"}\"");
    Inventory loaded = load(script);
    for (int i = 1; i <= 20; i++) {
      assertThat(variable(loaded, "n" + i, "me")).isEqualTo(Value.of("n" + i));
    }
    assertThat(variable(loaded, "empty", "me")).isNull();
  }

  @Test
  void whatItComplainsOfIsAWarningWhereItEndsWell() throws IOException {
    Inventory loaded = load(program("echo beware >&2; echo '{}'"));
    assertThat(loaded.warnings())
        .extracting(Diagnostic::message)
        .containsExactly("the inventory script " + root + "/inventory.sh complained:\nbeware");
  }

  @Test
  void isRunFromWhereTheUserIsWithoutInput() throws IOException {
    Inventory loaded =
        load(
            program(
                "echo \"{\\\"g\\\": {\\\"hosts\\\": [\\\"$(pwd)\\\", \\\"in:$(cat)\\\"]},"
                    + " \\\"_meta\\\": {\\\"hostvars\\\": {}}}\""));
    assertThat(names(loaded.hosts()))
        .containsExactly(Path.of("").toAbsolutePath().toString(), "in:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      textBlock =
"""
{"web": {"hosts": null}, "_meta": {"hostvars": {}}} ¦ ROOT/inventory.sh --list:1:19 expected a list for 'web.hosts', found nothing
{"web": null, "_meta": {"hostvars": {}}}            ¦ ROOT/inventory.sh --list:1:9 expected a list for 'web.hosts', found nothing
{"web": {"vars": []}, "_meta": {"hostvars": {}}}    ¦ ROOT/inventory.sh --list:1:18 expected a mapping for 'web.vars', found a list = remove the '-' in front, and write 'key: value' lines
{"web": {"hosts": [1]}, "_meta": {"hostvars": {}}}  ¦ ROOT/inventory.sh --list:1:20 expected a string for the name of a host, found a number = put it in quotes: "1"
{"web": ["n1"], "_meta": {"hostvars": []}}          ¦ ROOT/inventory.sh --list:1:39 expected a mapping for '_meta.hostvars', found a list = remove the '-' in front, and write 'key: value' lines
{"web": ["n1"], "_meta": "x"}                       ¦ ROOT/inventory.sh --list:1:26 expected a mapping for '_meta', found a string
{"web": ["n1"], "_meta": {"hostvars": {"n1": []}}}  ¦ ROOT/inventory.sh --list:1:46 expected a mapping for the variables of the host 'n1', found a list = remove the '-' in front, and write 'key: value' lines
"text"                                              ¦ ROOT/inventory.sh --list:1:1 expected a mapping for an inventory, found a string = an inventory script prints one JSON object
web:                                                ¦ ROOT/inventory.sh --list:1:1 this is not JSON: expected a value = an inventory script prints one JSON object
{"web": {"children": ["web"]}, "_meta": {"hostvars": {}}} ¦ ROOT/inventory.sh --list:1:23 the group 'web' lies within itself: web -> web
""")
  void saysWhatIsWrongInWhatItPrints(String list, String expected) throws IOException {
    assertThat(errors(script(list, "exit 1"))).isEqualTo(expected);
  }

  @Test
  void saysHowItFailed() throws IOException {
    assertThat(errors(program("echo 'no such account' >&2; exit 3")))
        .isEqualTo(
            "the inventory script 'ROOT/inventory.sh --list' failed with exit status 3:\n"
                + "no such account = run it yourself to see what is wrong: ROOT/inventory.sh"
                + " --list");
    assertThat(errors(program("echo 'Traceback' >&2; echo oops")))
        .isEqualTo(
            "ROOT/inventory.sh --list:1:1 this is not JSON: expected a value"
                + " = it wrote to its standard error:\nTraceback");
    assertThat(errors(script("{\"a\": [\"n1\"]}", "echo gone >&2; exit 1")))
        .startsWith(
            "the inventory script 'ROOT/inventory.sh --host n1' failed with exit status 1:\ngone");
    assertThat(errors(script("{\"a\": [\"n1\"]}", "echo no")))
        .startsWith("ROOT/inventory.sh --host n1:1:1 this is not JSON");
    assertThat(errors(program("printf '{\"a\": \"\\377\"}'")))
        .contains("ROOT/inventory.sh --list:1:8", "UTF-8", "0xFF");
  }

  @Test
  void oneThatCannotBeStartedSaysSo() throws IOException {
    Path script = write(root.resolve("inventory.sh"), "#!/no/such/interpreter\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    assertThat(errors(script))
        .startsWith("cannot run the inventory script ROOT/inventory.sh")
        .endsWith("is the program in its first line, behind #!, there on this machine?");
  }

  @Test
  void oneThatDoesNotEndIsStoppedWithAllThatItStarted() throws Exception {
    Path pid = root.resolve("pid");
    Path script = program("sleep 300 & echo $! > '" + pid + "'; wait");
    InventoryOptions options =
        InventoryOptions.defaults().withScriptDeadline(Duration.ofMillis(1500));
    assertThat(errorsOf(() -> InventoryLoader.load(List.of(script.toString()), options)))
        .contains("did not end within 1 s, and was stopped");
    long child = Long.parseLong(Files.readString(pid).strip());
    ProcessHandle.of(child).ifPresent(p -> p.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void oneThatPrintsOnAndOnIsStopped() throws IOException {
    assertThat(errors(program("yes"))).contains("printed more than 64 MiB");
  }

  @Test
  void aDirectoryMayHoldScripts() throws IOException {
    write(root.resolve("inv/10-static.ini"), "[web]\nn1\n");
    Path script =
        write(
            root.resolve("inv/20-dynamic"),
            """
            #!/bin/sh
            echo '{"web": ["n2"], "_meta": {"hostvars": {"n2": {"x": 1}}}}'
            """);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    write(root.resolve("inv/group_vars/web.yml"), "g: 1\n");
    Inventory loaded = load(root.resolve("inv"));
    assertThat(groups(loaded)).isEqualTo("web=n1,n2");
    assertThat(variable(loaded, "n2", "g")).isEqualTo(Value.of(1));
  }
}
