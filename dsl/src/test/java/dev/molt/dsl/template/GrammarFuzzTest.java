package dev.molt.dsl.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.value.Value;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Templates that are well formed, or nearly so, and bytes that are not: a result, or an error. */
class GrammarFuzzTest {
  private static final String VARIABLES =
      "{'a': 1, 'b': [1, 'x', {'k': null}], 'c': {'k': [2.5]}, 's': 'some text'}";

  @Property(tries = 2000, shrinking = ShrinkingMode.BOUNDED)
  void wholeTemplates(@ForAll("templates") String text) {
    everyWay(text);
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.BOUNDED)
  void templatesWithAPieceMissing(
      @ForAll("templates") String text, @ForAll int from, @ForAll int length) {
    int start = Math.floorMod(from, text.length() + 1);
    int end = Math.min(text.length(), start + Math.floorMod(length, 8));
    everyWay(text.substring(0, start) + text.substring(end));
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.BOUNDED)
  void anyCharacters(@ForAll String text) {
    everyWay(text);
    everyWay("{{ " + text + " }}{% " + text + " %}");
    everyWay("#jinja2: line_statement_prefix: '%'\n% " + text + "\n");
  }

  @Property(tries = 1500, shrinking = ShrinkingMode.BOUNDED)
  void conditionsWithBraces(@ForAll("expressions") String a, @ForAll("expressions") String b) {
    for (String condition :
        new String[] {
          "{{ " + a + " }} == " + b, "'{{ " + a + " }}' == '" + b + "'", "x{{ " + a + " }}." + b
        }) {
      harmless(
          () ->
              Templates.ENGINE.condition(
                  condition, Templates.origin(condition), Templates.scope(VARIABLES)));
    }
  }

  private static void everyWay(String text) {
    harmless(() -> Templates.render(text, Templates.scope(VARIABLES)));
    harmless(() -> Value.of(Templates.file(text, VARIABLES)));
    Diagnostics problems = new Diagnostics();
    Templates.ENGINE.check(text, Templates.origin(text), false, problems);
    problems.all().forEach(d -> assertThat(d.message()).doesNotStartWith(TemplateEngine.INTERNAL));
  }

  private static void harmless(Supplier<Value> work) {
    try {
      assertThat(work.get()).isNotNull();
    } catch (DiagnosticException e) {
      assertThat(e.diagnostics()).isNotEmpty();
      assertThat(e.diagnostics().get(0).position()).isPresent();
      assertThat(e.diagnostics().get(0).message()).doesNotStartWith(TemplateEngine.INTERNAL);
    }
  }

  @Provide
  Arbitrary<String> expressions() {
    return expression(3);
  }

  private static Arbitrary<String> expression(int depth) {
    Arbitrary<String> leaf =
        Arbitraries.of(
            "a",
            "b",
            "c.k",
            "s",
            "missing",
            "1",
            "2.5",
            "'x'",
            "true",
            "none",
            "[]",
            "{}",
            "omit",
            "(1, 2)",
            "loop.index",
            "b[0]",
            "c['k'][0]",
            "range(3)",
            "namespace(x=1)",
            "-1");
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<String> inner = expression(depth - 1);
    Arbitrary<String> operator =
        Arbitraries.of(
            " + ",
            " - ",
            " * ",
            " / ",
            " // ",
            " % ",
            " ** ",
            " ~ ",
            " == ",
            " < ",
            " in ",
            " not in ",
            " and ",
            " or ");
    Arbitrary<String> filter =
        Arbitraries.of(
            "upper",
            "default(1)",
            "list",
            "length",
            "join('-')",
            "map('string')",
            "first",
            "to_json",
            "int",
            "sort",
            "unique",
            "dictsort",
            "combine({'z': 1})",
            "select",
            "zip([1])",
            "ternary(1, 2)",
            "to_nice_yaml",
            "regex_replace('.', 'y')");
    Arbitrary<String> test =
        Arbitraries.of("defined", "none", "string", "odd", "in [1]", "match('s')", "mapping");
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(3, leaf),
        net.jqwik.api.Tuple.of(
            3, Combinators.combine(inner, operator, inner).as((x, o, y) -> x + o + y)),
        net.jqwik.api.Tuple.of(
            3, Combinators.combine(inner, filter).as((x, f) -> "(" + x + ") | " + f)),
        net.jqwik.api.Tuple.of(1, Combinators.combine(inner, test).as((x, t) -> x + " is " + t)),
        net.jqwik.api.Tuple.of(
            1,
            Combinators.combine(inner, inner, inner)
                .as((x, y, z) -> x + " if " + y + " else " + z)),
        net.jqwik.api.Tuple.of(
            1, Combinators.combine(inner, inner).as((x, y) -> "[" + x + ", " + y + "]")),
        net.jqwik.api.Tuple.of(
            1, Combinators.combine(inner, inner).as((x, y) -> "{" + x + ": " + y + "}")),
        net.jqwik.api.Tuple.of(
            1, Combinators.combine(inner, inner).as((x, y) -> x + "[" + y + ":]")));
  }

  @Provide
  Arbitrary<String> templates() {
    return template(3);
  }

  private static Arbitrary<String> template(int depth) {
    Arbitrary<String> expression = expression(2);
    Arbitrary<String> leaf =
        Arbitraries.oneOf(
            expression.map(e -> "{{ " + e + " }}"),
            Arbitraries.of(
                "text",
                "\n",
                "  ",
                "{# c #}",
                "{%- raw %}{{ x }}{% endraw -%}",
                "{{ m(1) }}",
                "{% include 'x' ignore missing %}",
                "{{ caller() }}",
                "{{ self.q() }}",
                "{{ super() }}"));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<String> inner = template(depth - 1);
    return Arbitraries.oneOf(
        leaf,
        Combinators.combine(inner, inner).as((x, y) -> x + y),
        Combinators.combine(expression, inner, inner)
            .as((e, x, y) -> "{% if " + e + " %}" + x + "{% else %}" + y + "{% endif %}"),
        Combinators.combine(expression, inner)
            .as((e, x) -> "{% for i in " + e + " %}" + x + "{% else %}none{% endfor %}"),
        Combinators.combine(expression, inner)
            .as((e, x) -> "{% for i in " + e + " recursive %}{{ loop(i) }}" + x + "{% endfor %}"),
        Combinators.combine(expression, inner).as((e, x) -> "{% set a = " + e + " %}" + x),
        inner.map(x -> "{% set s %}" + x + "{% endset %}"),
        inner.map(x -> "{% macro m(p, q=1) %}" + x + "{% endmacro %}{{ m(2) }}"),
        inner.map(x -> "{% call m(3) %}" + x + "{% endcall %}"),
        inner.map(x -> "{% filter upper %}" + x + "{% endfilter %}"),
        inner.map(x -> "{% block q %}" + x + "{% endblock %}"),
        Combinators.combine(expression, inner)
            .as((e, x) -> "{% with w = " + e + " %}" + x + "{% endwith %}"));
  }
}
