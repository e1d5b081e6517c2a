package dev.molt.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class NodesTest {
  private static Node read(String text) {
    return YamlReader.read(Source.inline("t.yml", text)).orElseThrow();
  }

  private static String error(String text, Consumer<Node> use) {
    DiagnosticException e =
        catchThrowableOfType(DiagnosticException.class, () -> use.accept(read(text)));
    return e.getMessage() + e.diagnostics().get(0).hint().map(h -> " = " + h).orElse("");
  }

  @Test
  void saysWhatWasExpectedAndWhatWasFound() {
    assertThat(error("- a", n -> Nodes.requireMapping(n, "a play")))
        .isEqualTo(
            "t.yml:1:1: expected a mapping for a play, found a list"
                + " = remove the '-' in front, and write 'key: value' lines");
    assertThat(error("a:b", n -> Nodes.requireMapping(n, "a play")))
        .isEqualTo(
            "t.yml:1:1: expected a mapping for a play, found a string"
                + " = put a space after the ':'");
    assertThat(error("~", n -> Nodes.requireMapping(n, "a play")))
        .isEqualTo("t.yml:1:1: expected a mapping for a play, found nothing");
    assertThat(error("a: b", n -> Nodes.requireSequence(n, "a playbook")))
        .isEqualTo(
            "t.yml:1:1: expected a list for a playbook, found a mapping"
                + " = begin each item with '- '");
    assertThat(error("[a]", n -> Nodes.requireScalar(n, "a name")))
        .isEqualTo("t.yml:1:1: expected a single value for a name, found a list");
    assertThat(error("yes", n -> Nodes.requireString(n, "a name")))
        .isEqualTo(
            "t.yml:1:1: expected a string for a name, found a boolean"
                + " = put it in quotes: \"yes\"");
  }

  @Test
  void unknownKeysAreReportedTogether() {
    Diagnostics problems = new Diagnostics();
    Nodes.checkKeys(
        (MappingNode) read("hosst: a\ntasks: b\nzzz: c"),
        "a play",
        Set.of("hosts", "tasks"),
        problems);
    assertThat(problems.all())
        .extracting(d -> d.message() + " = " + d.hint().orElseThrow())
        .containsExactly(
            "unknown key 'hosst' in a play = did you mean 'hosts'?",
            "unknown key 'zzz' in a play = known keys: hosts, tasks");
  }

  @Test
  void plainValuesKeepTemplatesAsTexts() {
    assertThat(NodeValues.plain(read("a: [1, '{{ x }}', ~]\n2: yes\n")))
        .isEqualTo(
            new MapValue(
                java.util.Map.of(
                    Value.of("a"),
                    ListValue.of(
                        Value.of(1), Value.of("{{ x }}"), dev.molt.dsl.value.NullValue.NULL),
                    Value.of(2),
                    Value.of(true))));
    assertThat(error("!vault x", NodeValues::plain)).contains("an encrypted value");
  }

  @Test
  void tagsAreKept() {
    MappingNode map = (MappingNode) read("a: !vault |\n  x\nb: !unsafe ['{{ x }}', 1, {c: d}]\n");
    ScalarNode vault = (ScalarNode) map.get("a").orElseThrow();
    assertThat(vault.isVault()).isTrue();
    assertThat(vault.text()).isEqualTo("x\n");
    assertThat(vault.position()).hasToString("t.yml:1:4");
    assertThat(vault.origin().at(0, 1)).hasToString("t.yml:2:3");
    SequenceNode list = (SequenceNode) map.get("b").orElseThrow();
    assertThat(((ScalarNode) list.items().get(0)).isUnsafe()).isTrue();
    assertThat(((ScalarNode) list.items().get(1)).isUnsafe()).isFalse();
    assertThat(((ScalarNode) ((MappingNode) list.items().get(2)).get("c").orElseThrow()).isUnsafe())
        .isTrue();
  }
}
