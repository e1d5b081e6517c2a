package dev.molt.dsl.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.Value;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, a value or a diagnostic comes out, and soon. */
class FuzzTest {
  private static final String VARIABLES =
      "{'a': 1, 'b': [1, 'x', {'k': null}], 'c': {'k': [2.5]}, 's': 'some text'}";

  @Property(tries = 3000, shrinking = ShrinkingMode.BOUNDED)
  void anyTokensInARow(@ForAll("tokens") List<String> tokens) {
    String text = String.join(" ", tokens);
    harmless(() -> Templates.evaluate(text, Templates.scope(VARIABLES)));
    harmless(() -> Templates.render("{{ " + text + " }}", Templates.scope(VARIABLES)));
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.BOUNDED)
  void anyText(@ForAll("markup") List<String> parts) {
    String text = String.join("", parts);
    harmless(() -> Templates.render(text, Templates.scope(VARIABLES)));
    harmless(
        () -> {
          Templates.ENGINE.check(
              text, Templates.origin(text), false, new dev.molt.dsl.source.Diagnostics());
          return Value.of(true);
        });
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.BOUNDED)
  void anyFilterWithAnyArguments(
      @ForAll("filters") String filter,
      @ForAll("values") String subject,
      @ForAll("values") String first,
      @ForAll("values") String second) {
    for (String arguments : List.of("", "(" + first + ")", "(" + first + ", " + second + ")")) {
      String text = subject + " | " + filter + arguments;
      harmless(() -> Templates.evaluate(text, Templates.scope(VARIABLES)));
    }
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.BOUNDED)
  void anyTestWithAnyArgument(
      @ForAll("tests") String test, @ForAll("values") String subject, @ForAll("values") String by) {
    for (String arguments : List.of("", "(" + by + ")")) {
      String text = subject + " is " + test + arguments;
      harmless(() -> Templates.evaluate(text, Templates.scope(VARIABLES)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2 ** 10 ** 10 ** 10",
        "'a' * 99999999999",
        "[0] * 99999999999",
        "range(99999999999)",
        "'%99999999999d' % 1",
        "'{:999999999}'.format(1)",
        "'x'.ljust(999999999)",
        "('a' * 40) | regex_search('(a+)+b')",
        "('ab' * 20000) | regex_search('(a|b)*c')",
        "range(1000) | product(range(1000), range(1000))",
        "range(100) | permutations(50)",
        "'x' | indent(999999999)",
        "'\\\\' | regex_replace('.', '\\\\g<')",
        "'aaa' | regex_search('[')",
      })
  void whatWouldTakeForEverIsRefused(String expression) {
    long start = System.nanoTime();
    harmless(() -> Templates.evaluate(expression, Templates.scope("{}")));
    assertThat((System.nanoTime() - start) / 1_000_000_000).isLessThan(20);
  }

  @Test
  void deepNestingIsRefused() {
    for (String open : List.of("(", "[", "{1:", "not ", "-", "a[", "f(", "1 if ")) {
      harmless(() -> Templates.evaluate(open.repeat(100_000), Templates.scope("{}")));
    }
    for (String link : List.of("+1", "~1", " and 1", "|upper", ".x", "[0]", "<1", " if 1 else 1")) {
      harmless(() -> Templates.evaluate("1" + link.repeat(20_000), Templates.scope("{}")));
    }
    harmless(() -> Templates.render("{% if 1 %}".repeat(50_000), Templates.scope("{}")));
    harmless(
        () ->
            Templates.render(
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", Templates.scope("{}")));
    harmless(
        () ->
            Templates.render(
                "{% set l = [] %}{% set _ = l.append(l) %}{{ l }}{{ l == l }}{{ l | to_json }}",
                Templates.scope("{}")));
    harmless(
        () ->
            Templates.render(
                "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
                Templates.scope("{}")));
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
  Arbitrary<List<String>> tokens() {
    return Arbitraries.of(
            "a",
            "b",
            "c",
            "s",
            "missing",
            "1",
            "2.5",
            "'x'",
            "\"y\"",
            "true",
            "none",
            "+",
            "-",
            "*",
            "/",
            "//",
            "%",
            "**",
            "~",
            "==",
            "<",
            ">=",
            "in",
            "not",
            "and",
            "or",
            "is",
            "if",
            "else",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ".",
            ",",
            ":",
            "|",
            "=",
            "upper",
            "k",
            "defined",
            "map",
            "range",
            "lookup",
            "first",
            "join",
            "0",
            "'",
            "\\",
            "!",
            "9999999999")
        .list()
        .ofMaxSize(14);
  }

  @Provide
  Arbitrary<List<String>> markup() {
    return Arbitraries.of(
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "-",
            "+",
            " ",
            "\n",
            "a",
            "b",
            " if a ",
            " else ",
            " endif ",
            " for x in b ",
            " endfor ",
            " set x = 1 ",
            " set x ",
            " endset ",
            " raw ",
            " endraw ",
            " macro m(a, b=1) ",
            " endmacro ",
            " call m(1) ",
            " endcall ",
            " filter upper ",
            " endfilter ",
            " with x = 1 ",
            " endwith ",
            " include 'x' ",
            " import 'x' as y ",
            " do a ",
            " break ",
            "loop.index",
            " m(1) ",
            "| default(1)",
            "\\")
        .list()
        .ofMaxSize(20);
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.of(
        "a",
        "b",
        "c",
        "s",
        "missing",
        "none",
        "true",
        "-1",
        "0",
        "3",
        "99999999999999999999",
        "2.5",
        "''",
        "'x'",
        "'\\\\'",
        "'a\0b'",
        "'%'",
        "'{'",
        "'('",
        "'a.b'",
        "'upper'",
        "[]",
        "{}",
        "[[1, 2], [3]]",
        "[none]",
        "{'key': 'a', 'value': b}",
        "[{'key': 'a', 'value': 1}]",
        "range",
        "omit",
        "'2020-01-01'",
        "1e308",
        "'nan' | float",
        "'é😀'");
  }

  @Provide
  Arbitrary<String> filters() {
    return Arbitraries.of(Library.builtin().names(Library.Kind.FILTER))
        .filter(name -> !name.equals("password_hash"));
  }

  @Provide
  Arbitrary<String> tests() {
    return Arbitraries.of(Library.builtin().names(Library.Kind.TEST))
        .filter(name -> Character.isLetter(name.charAt(0)));
  }
}
