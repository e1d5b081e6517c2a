package dev.molt.dsl.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Value;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Statements, white space, and what a template gives. */
class StatementTest {
  private static final String VARIABLES =
      "{'l': ['a', 'b', 'c'], 'd': {'x': 1, 'y': 2}, 'yes': true, 'no': false,"
          + "'tree': [{'n': 'r', 'kids': [{'n': 's'}, {'n': 't', 'kids': [{'n': 'u'}]}]}]}";

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "statements.tsv",
      delimiter = '\t',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false)
  void prints(String template, String expected) {
    String text = template.replace("⏎", "\n");
    String wanted = expected == null ? "" : expected.replace("⏎", "\n");
    assertThat(Templates.file(text, VARIABLES)).isEqualTo(wanted);
  }

  @Test
  void oneValueKeepsItsType() {
    Scope scope = Templates.scope(VARIABLES);
    assertThat(Templates.render("{{ 1 + 0.5 }}", scope)).isEqualTo(new FloatValue(1.5));
    assertThat(Templates.render("{% if yes %}{{ 5 }}{% endif %}", scope)).isEqualTo(Value.of(5));
    assertThat(Templates.render("{# c #}{{ none }}", scope)).isEqualTo(NullValue.TEMPLATED);
    assertThat(Templates.render("{% if no %}x{% endif %}", scope)).isEqualTo(NullValue.TEMPLATED);
    assertThat(Templates.render(" {{ 5 }}", scope)).isEqualTo(Value.of(" 5"));
    assertThat(Templates.render("{{ 5 }}{{ none }}{{ 5 }}", scope)).isEqualTo(Value.of("55"));
    assertThat(Templates.render("plain", scope)).isEqualTo(Value.of("plain"));
  }

  @Test
  void inPlaybooksABackslashStandsForItself() {
    Scope scope = Templates.scope("{}");
    String replaced = "{{ 'abc' | regex_replace('(b)', '<\\1>') }}";
    assertThat(Templates.render(replaced, scope)).isEqualTo(Value.of("a<b>c"));
    assertThat(Templates.render("{{ 'a\\tb' }}", scope)).isEqualTo(Value.of("a\\tb"));
    assertThat(Templates.render("{% set x = 'a\\tb' %}{{ x }}", scope)).isEqualTo(Value.of("a\tb"));
    assertThat(Templates.evaluate("'a\\tb'", scope)).isEqualTo(Value.of("a\tb"));
    assertThat(Templates.file("{{ 'a\\tb' }}", "{}")).isEqualTo("a\tb");
  }

  @Test
  void optionsOfTemplateFiles() {
    String text =
        "#jinja2: lstrip_blocks: True, trim_blocks: False\n  {% if yes %}\nx\n  {% endif %}\n";
    assertThat(Templates.file(text, VARIABLES)).isEqualTo("\nx\n");
    String other =
        "#jinja2: variable_start_string: '[%', variable_end_string: '%]'\n[% l[0] %]{{ x }}\n";
    assertThat(Templates.file(other, VARIABLES)).isEqualTo("a{{ x }}\n");
    assertThatThrownBy(() -> Templates.file("#jinja2: nope: 1\n", "{}"))
        .isInstanceOf(DiagnosticException.class);
    TextOptions options = TextOptions.DEFAULT.withKeepTrailingNewline(false).withNewline("\r\n");
    String lines =
        Templates.ENGINE.renderText(
            "a\nb\n", Templates.origin("a\nb\n"), Templates.scope("{}"), options);
    assertThat(lines).isEqualTo("a\r\nb");
  }

  @Test
  void includesAndImports() {
    Map<String, String> files =
        Map.of(
            "part", "[{{ x }}]",
            "macros", "{% macro hi(n) %}hi {{ n }}{% endmacro %}{% set k = 5 %}",
            "broken", "a\n{{ 1 + }}",
            "self", "{% include 'self' %}");
    TemplateLoader loader =
        name -> Optional.ofNullable(files.get(name)).map(t -> Source.inline(name, t));
    TextOptions options = TextOptions.DEFAULT.withLoader(loader);
    assertThat(include("{% set x = 1 %}{% include 'part' %}", options)).isEqualTo("[1]");
    assertThat(include("{% include 'none' ignore missing %}!", options)).isEqualTo("!");
    assertThat(include("{% include ['none', 'part'] %}", options)).isEqualTo("[v]");
    assertThat(include("{% import 'macros' as m %}{{ m.hi('a') }}{{ m.k }}", options))
        .isEqualTo("hi a5");
    assertThat(include("{% from 'macros' import hi as h, k %}{{ h(k) }}", options))
        .isEqualTo("hi 5");
    assertThatThrownBy(() -> include("{% include 'none' %}", options))
        .hasMessageContaining("there is no template 'none'");
    assertThatThrownBy(() -> include("{% include 'broken' %}", options))
        .hasMessageContaining("broken:2:8");
    assertThatThrownBy(() -> include("{% include 'self' %}", options))
        .hasMessageContaining("nested more than");
  }

  private static String include(String text, TextOptions options) {
    return Templates.ENGINE.renderText(
        text, Templates.origin(text), Templates.scope("{'x': 'v'}"), options);
  }

  @Test
  void extensionsAreOffUnlessAskedFor() {
    String text =
        "{% for i in l %}{% if i == 'b' %}{% break %}{% endif %}{{ i }}{% endfor %}"
            + "{% for i in l %}{% if i == 'b' %}{% continue %}{% endif %}{{ i }}{% endfor %}"
            + "{% set x = [] %}{% do x.append(1) %}{{ x }}";
    TemplateEngine engine = new TemplateEngine(Library.builder().builtins().extensions().build());
    assertThat(engine.render(text, Templates.origin(text), Templates.scope(VARIABLES)))
        .isEqualTo(Value.of("aac[1]"));
    assertThatThrownBy(() -> Templates.file(text, VARIABLES))
        .hasMessageContaining("is not switched on");
  }

  @Test
  void ownEntriesAndLookups() {
    Library library =
        Library.builder()
            .builtins()
            .filter("shout", Params.of("mark?"), "louder", c -> Value.of(c.text() + c.text(0, "!")))
            .build();
    TemplateEngine engine = new TemplateEngine(library);
    String text = "{{ 'a' | shout('?') | shout }}";
    assertThat(engine.render(text, Templates.origin(text), Templates.scope("{}")))
        .isEqualTo(Value.of("a?!"));
  }
}
