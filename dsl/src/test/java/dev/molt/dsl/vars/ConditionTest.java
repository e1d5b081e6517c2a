package dev.molt.dsl.vars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.YamlReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions, also those of old with braces in them. */
class ConditionTest {
  private static final Templar TEMPLAR = new Templar(new TemplateEngine(Library.builtin()));

  private static final String VARIABLES =
      "{n: 3, s: '3', name: n, word: some text, yes_text: 'True', l: [a], path: /etc/hosts,"
          + " r1: {rc: 0}, item: '1', nothing: null, danger: \"lookup('pipe', 'echo x')\"}";

  private static Node node(String text) {
    return YamlReader.read(Source.inline("test.yml", text)).orElseThrow();
  }

  private static boolean holds(String condition) {
    Layer layer = Layer.ofNodes("test", (MappingNode) node(VARIABLES));
    Layer given = Layer.ofValues("given", Map.of("condition", Value.of(condition)));
    return TEMPLAR.holds(
        ((MappingNode) node("c: !!str " + quoted(condition))).entries().get(0).value(),
        new Variables(TEMPLAR, List.of(given, layer)));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n == 3",
        "{{ n }} == 3",
        "{{ n == 3 }}",
        "{{ n }}  ==  {{ s }}",
        "{{ name }} == 3",
        "{{ yes_text }}",
        "{{ name }} is defined",
        "'{{ word }}' == 'some text'",
        "\"{{ word }}\" == \"some text\"",
        "\"{{ \"x\" | upper }}\" == \"X\"",
        "'a{{ n }}b{{ s }}' == 'a3b3'",
        "'{{ n }}{{ n }}' == '33'",
        "'{{ nothing }}' == 'None'",
        "r{{ item }}.rc == 0",
        "{{ 'r' ~ item }}.rc == 0",
        "{{ l }} == ['a']",
        "{{ '[1, 2]' }} == [1, 2]",
        "{{ -1 }} < 0 and {{ '-1' }} < 0",
        "{# why #}n == 3",
        "(path | basename) == '{{ path | basename }}'",
        "path is match('{{ '/etc' }}')",
        "missing | default(false) == false",
        "",
      })
  void hold(String condition) {
    assertThat(holds(condition)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ danger }}",
        "{{ danger }} == 'x'",
        "{{ word }} == 'some text'",
        "{{ 'n == 3' }}",
        "{{ path }} is file",
        "{{ missing }} == 1",
        "'{{ missing }}' == '1'",
        "{{ 'missing' }} == 1",
        "{% if n %}true{% endif %}",
        "{{ n == }}",
        "{{ n == 3",
        "n",
        "{{ word | length }}",
      })
  void areRefused(String condition) {
    assertThatThrownBy(() -> holds(condition))
        .isInstanceOf(DiagnosticException.class)
        .satisfies(
            e ->
                assertThat(((DiagnosticException) e).diagnostics().get(0).position())
                    .hasValueSatisfying(p -> assertThat(p.line()).isEqualTo(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{ danger }}", "x{{ danger }} == 1", "{{ 'n == 3' }}"})
  void textIsNeverReadAsAnExpression(String condition) {
    assertThatThrownBy(() -> holds(condition))
        .hasMessageContaining("that this template gives is not evaluated again");
  }
}
