package dev.molt.dsl.vars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {
  private final Templar templar =
      new Templar(new TemplateEngine(Library.builder().builtins().build()));

  private static Node yaml(String text) {
    return YamlReader.read(Source.inline("vars.yml", text)).orElseThrow();
  }

  private Variables variables(String... strongestFirst) {
    List<Layer> layers = new ArrayList<>();
    Arrays.stream(strongestFirst)
        .forEach(t -> layers.add(Layer.ofNodes("layer " + layers.size(), (MappingNode) yaml(t))));
    return new Variables(templar, layers);
  }

  private static String of(Variables variables, String name) {
    return Python.repr(variables.lookup(name));
  }

  @Test
  void theFirstLayerWins() {
    Variables v = variables("{a: 1}", "{a: 2, b: 3}");
    assertThat(of(v, "a")).isEqualTo("1");
    assertThat(of(v, "b")).isEqualTo("3");
    assertThat(of(v.with(Layer.ofValues("top", Map.of("b", IntValue.of(9)))), "b")).isEqualTo("9");
    assertThat(v.layerOf("b").orElseThrow().label()).isEqualTo("layer 1");
    assertThat(v.names()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{{ 1 }} ~ 1",
        "{{ n }} ~ 5",
        "{{ n + 1 }} ~ 6",
        "{{ n }}{{ n }} ~ '55'",
        "x{{ n }} ~ 'x5'",
        "{{ list }} ~ [1, 5]",
        "{{ map.k }} ~ [1, 5]",
        "{{ map }} ~ {'k': [1, 5]}",
        "{{ 'true' }} ~ 'true'",
        "{{ none }} ~ None",
      })
  void oneTemplateKeepsItsType(String text, String value) {
    Variables v =
        variables(
            "{x: \"" + text + "\"}", "{n: 5, list: [1, \"{{ n }}\"], map: {k: \"{{ list }}\"}}");
    assertThat(of(v, "x")).isEqualTo(value);
  }

  @Test
  void aVariableUsesWhatIsStrongestWhereverItIsWritten() {
    assertThat(of(variables("{n: 1}", "{made: \"{{ n }}\"}", "{n: 2}"), "made")).isEqualTo("1");
  }

  @Test
  void nobodyIsHurtByAMistakeInAVariableThatNobodyUses() {
    Variables v = variables("{bad: \"{{ nope }}\", good: 1}");
    assertThat(of(v, "good")).isEqualTo("1");
    assertThatThrownBy(() -> v.lookup("bad")).isInstanceOf(UndefinedException.class);
    assertThatThrownBy(() -> v.lookup("bad")).as("again").isInstanceOf(UndefinedException.class);
  }

  @Test
  void aValueIsMadeOnce() {
    Variables v = variables("{now1: \"{{ range(1, 1000000) | random }}\"}");
    assertThat(of(v, "now1")).isEqualTo(of(v, "now1"));
  }

  @Test
  void valuesAreNeverTemplates() {
    Variables v =
        new Variables(
            templar, List.of(Layer.ofValues("facts", Map.of("x", new StrValue("{{ 1 }}")))));
    assertThat(of(v, "x")).isEqualTo("'{{ 1 }}'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{a: '{{ a }}'} ~ a -> a",
        "{a: '{{ b }}', b: '{{ a }}'} ~ a -> b -> a",
        "{a: '{{ b }}', b: [{x: '{{ c }}'}], c: '{{ b }}'} ~ b -> c -> b",
      })
  void cyclesAreTold(String vars, String chain) {
    assertThatThrownBy(() -> variables(vars).lookup("a"))
        .isInstanceOf(DiagnosticException.class)
        .hasMessageContaining("is made of itself: " + chain);
  }

  @Test
  void anUndefinedNameSuggestsTheNearestAndShowsItsPlace() {
    Variables v = variables("made: \"{{ relese }}\"\nrelease: 1\n");
    assertThatThrownBy(() -> v.lookup("made"))
        .isInstanceOfSatisfying(
            DiagnosticException.class,
            e ->
                assertThat(DiagnosticFormatter.format(e.diagnostics().get(0)))
                    .isEqualTo(
                        """
                        error: 'relese' is undefined
                         --> vars.yml:1:11
                        1 | made: "{{ relese }}"
                          |           ^^^^^^
                        2 | release: 1
                          = did you mean 'release'?
                        """));
  }

  @Test
  void whatIsNotThereIsUndefined() {
    assertThat(variables("{a: 1}").lookup("b")).isEqualTo(UndefinedValue.name("b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "true ~ true",
        "a == 1 ~ true",
        "[a == 1, false] ~ false",
        "\"{{ a == 1 }}\" ~ true",
        "text ~ a text",
        "list ~ a list",
        "map ~ a mapping",
        "{a: 1} ~ a condition is an expression",
        "7 ~ gives 7, not true or false",
        "a ~ gives 1, not true or false",
        "\"{{ none }}\" ~ gives None, not true or false",
        "a ==  ~ error",
      })
  void conditionsGiveTrueOrFalse(String condition, String expected) {
    Variables v = variables("{a: 1, text: x, list: [1], map: {k: 1}}");
    String found;
    try {
      found = String.valueOf(templar.holds(yaml(condition), v));
    } catch (DiagnosticException e) {
      found = "error: " + e.getMessage();
    }
    assertThat(found).contains(expected);
  }
}
