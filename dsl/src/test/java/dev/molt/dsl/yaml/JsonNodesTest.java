package dev.molt.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.Json;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonNodesTest {
  private static Node read(String text) {
    return JsonNodes.read(Source.inline("x.json", text));
  }

  @Test
  void readsValuesAndKnowsWhereTheyStand() {
    MappingNode root =
        (MappingNode)
            read(
                """
                {"a": [1, -2.5, 1e3, true, false, null, "x\\u00e9\\n"],
                 "b": {"c": "{{ d }}"}, "b": {"c": "{{ e }}"}}
                """);
    assertThat(NodeValues.plain(root))
        .isEqualTo(
            Json.parse(
                "{\"a\": [1, -2.5, 1e3, true, false, null, \"x\\u00e9\\n"
                    + "\"], \"b\": {\"c\": \"{{ e }}\"}}"));
    ScalarNode c = (ScalarNode) ((MappingNode) root.get("b").orElseThrow()).get("c").orElseThrow();
    assertThat(c.position()).hasToString("x.json:2:36");
    assertThat(c.origin().at(3, 1)).hasToString("x.json:2:40");
    assertThat(root.entry("a").orElseThrow().key().position()).hasToString("x.json:1:2");
  }

  @Test
  void textsMayBeMarked() {
    MappingNode root =
        (MappingNode)
            read(
                "{\"a\": {\"__ansible_unsafe\": \"{{ x }}\"}, \"b\": {\"__ansible_vault\":"
                    + " \"$A\"}}");
    ScalarNode unsafe = (ScalarNode) root.get("a").orElseThrow();
    assertThat(unsafe.isUnsafe()).isTrue();
    assertThat(unsafe.text()).isEqualTo("{{ x }}");
    assertThat(((ScalarNode) root.get("b").orElseThrow()).isVault()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      textBlock =
"""
{"a": 1,}      ¦ x.json:1:9: this is not JSON: expected a key in double quotes
{"a" 1}        ¦ x.json:1:6: this is not JSON: expected a ':'
[1 2]          ¦ x.json:1:4: this is not JSON: expected a ']'
{'a': 1}       ¦ x.json:1:2: this is not JSON: expected a key in double quotes
{"a": True}    ¦ x.json:1:7: this is not JSON: expected a value
{"a": 012}     ¦ x.json:1:8: this is not JSON: expected a '}'
{"a": "b       ¦ x.json:1:7: this is not JSON: this text is never closed
{"a": "\\q"}   ¦ x.json:1:8: this is not JSON: no such escape
{"a": "\\u12"} ¦ x.json:1:8: this is not JSON: no such escape
{"a": 1} x     ¦ x.json:1:10: this is not JSON: something follows what should be all
[web]          ¦ x.json:1:2: this is not JSON: expected a value
{"a": [1       ¦ x.json:1:9: this is not JSON: expected a ']'
{"a":          ¦ x.json:1:6: this is not JSON: it ends too early
{"a": {"__ansible_vault": 1}} ¦ x.json:1:27: expected a string for '__ansible_vault', found a number
""")
  void saysWhereItIsNoJson(String text, String expected) {
    DiagnosticException e =
        catchThrowableOfType(
            DiagnosticException.class, () -> read(text.replace("\\\\", "\\").strip()));
    assertThat(e).hasMessage(expected);
  }

  @Test
  void emptyAndDeepTextsAreRefused() {
    assertThat(catchThrowableOfType(DiagnosticException.class, () -> read(" \n")))
        .hasMessageEndingWith("this is not JSON: it is empty");
    assertThat(catchThrowableOfType(DiagnosticException.class, () -> read("[".repeat(100_000))))
        .hasMessageContaining("nested more than 100 levels deep");
    assertThat(catchThrowableOfType(DiagnosticException.class, () -> read("9".repeat(5000))))
        .hasMessageContaining("expected a value");
  }

  @Property(tries = 2000)
  void anyTextIsReadOrRefused(@ForAll("texts") String text) {
    try {
      assertThat(read(text)).isNotNull();
    } catch (DiagnosticException e) {
      for (Diagnostic d : e.diagnostics()) {
        assertThat(DiagnosticFormatter.format(d)).isNotBlank();
      }
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\"a\"",
            ":",
            ",",
            "1",
            "-",
            ".",
            "e5",
            "true",
            "nul",
            "\\",
            "\\u00",
            "NaN",
            "-Infinity",
            "\n",
            " ",
            "\"__ansible_unsafe\"",
            "é",
            "😀",
            "\u0001")
        .list()
        .ofMaxSize(20)
        .map(list -> String.join("", list));
  }
}
