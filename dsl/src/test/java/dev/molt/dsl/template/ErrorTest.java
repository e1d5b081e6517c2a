package dev.molt.dsl.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of mistakes, where, and what to do about them. */
class ErrorTest {
  private static final String VARIABLES =
      "{'app_name': 'shop', 'd': {'enabled': true}, 'l': [1], 'n': 1}";

  @Test
  void whatCannotBeAPathIsNoMistakeOfOurs() {
    DiagnosticException error =
        catchThrowableOfType(
            DiagnosticException.class,
            () -> Templates.render("{{ 'a\0b' | fileglob }}", Templates.scope("{}")));
    assertThat(error.diagnostics().get(0).message())
        .isEqualTo("'a\\x00b' cannot be a path here: Nul character not allowed");
  }

  /** The place is marked by angle brackets around what is to be underlined. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "{{ <app_nme> }};'app_nme' is undefined;did you mean 'app_name'?",
        "{{ d.<enabeld> }};'dict object' has no attribute 'enabeld';did you mean 'enabled'?",
        "{{ <missing>.a.b }};'missing' is undefined;",
        "{{ app_name | <uper> }};there is no filter named 'uper';did you mean 'upper'?",
        "{{ n is <defind> }};there is no test named 'defind';did you mean 'defined'?",
        "{{ <lookup>('fil', 'x') }};there is no lookup named 'fil';",
        "{{ n <+> 'a' }};unsupported operand type(s) for +: 'int' and 'str';"
            + "join texts and numbers with ~ instead of +",
        "{{ <10 > '9'> }};'>' not supported between instances of 'int' and 'str';"
            + "convert the text to a number first: | int",
        "{{ 1 </> 0 }};division by zero;",
        "{{ app_name.<uppr>() }};'str object' has no attribute 'uppr';did you mean 'upper'?",
        "{{ 'x' | <replace>('a') }};filter 'replace' needs the argument 'new';"
            + "filter 'replace' takes (old, new, [count])",
        "{{ 'x' | <default>(valeu=1) }};filter 'default' has no argument 'valeu';"
            + "filter 'default' takes ([default_value], [boolean])",
        "{{ (1 <}>};unexpected '}', expected ')';",
        "{{ n <b> }};unexpected 'b', expected the end of the expression;",
        "{{ n | <}}>;unexpected the end of the expression, expected the name of a filter;",
        "{% <fro> x in l %};unknown statement 'fro';did you mean 'for'?",
        "{% <if> n %};'if' has no 'endif';",
        "{{ <'abc> }};the string is never closed;",
        "<{{> n;this has no end: expected '}}';",
        "{{ n <&>& n }};unexpected character '&';write 'and'",
        "{% include <'x'> %};templates cannot be included here;"
            + "include and import work in template files",
      })
  void pointsAtTheMistake(String marked, String message, String hint) {
    int from = marked.indexOf('<');
    boolean comparison = marked.contains("10 >");
    int to = comparison ? marked.lastIndexOf('>') : marked.indexOf('>', from);
    String text =
        marked.substring(0, from) + marked.substring(from + 1, to) + marked.substring(to + 1);
    DiagnosticException error =
        catchThrowableOfType(
            DiagnosticException.class, () -> Templates.render(text, Templates.scope(VARIABLES)));
    Diagnostic diagnostic = error.diagnostics().get(0);
    assertThat(diagnostic.message()).isEqualTo(message);
    assertThat(diagnostic.position()).map(Position::column).contains(from + 1);
    if (hint != null) {
      assertThat(diagnostic.hint()).contains(hint);
    }
  }

  @Test
  void whatACheckCannotKnowIsSaidToBeUnknown() {
    MapValue result = MapValue.empty().put("changed", Value.of(true));
    result.markUnknown("a check does not run commands");
    Scope scope = Templates.scope(Map.of("result", result));
    assertThat(Templates.evaluate("result is changed", scope)).isEqualTo(Value.of(true));
    for (String use : List.of("result.stdout == 'x'", "result.stdout.x | length", "[result.rc]")) {
      UndefinedException error =
          catchThrowableOfType(UndefinedException.class, () -> Templates.evaluate(use, scope));
      assertThat(error.unknown()).isTrue();
      assertThat(error).hasMessageContaining("is not known: a check does not run commands");
    }
    UndefinedException mistake =
        catchThrowableOfType(
            UndefinedException.class, () -> Templates.evaluate("resutl.stdout", scope));
    assertThat(mistake.unknown()).isFalse();
  }

  @Test
  void aMistakeInADefinitionSaysWhereItWasUsed() {
    Scope scope =
        new Scope() {
          @Override
          public Value lookup(String name) {
            return name.equals("b")
                ? Templates.evaluate("missing", Templates.scope("{}"))
                : UndefinedValue.name(name);
          }

          @Override
          public Collection<String> names() {
            return List.of("b");
          }
        };
    UndefinedException error =
        catchThrowableOfType(UndefinedException.class, () -> Templates.evaluate("1 + b", scope));
    Diagnostic diagnostic = error.diagnostics().get(0);
    assertThat(diagnostic.message()).isEqualTo("'missing' is undefined");
    assertThat(diagnostic.notes()).hasSize(1);
    assertThat(diagnostic.notes().get(0).message()).isEqualTo("'b' is used here");
    assertThat(diagnostic.notes().get(0).position().column()).isEqualTo(5);
  }

  @Test
  void undefinedValuesInsideOfListsAreFound() {
    Scope scope = Templates.scope(VARIABLES);
    assertThat(Templates.evaluate("[n, missing] | select('defined') | list", scope))
        .hasToString(dev.molt.dsl.value.ListValue.of(Value.of(1)).toString());
    assertThat(
            catchThrowableOfType(
                UndefinedException.class, () -> Templates.render("{{ [n, missing] }}", scope)))
        .hasMessageContaining("'missing' is undefined");
  }

  @Test
  void checksWithoutValues() {
    Diagnostics found = new Diagnostics();
    String text =
        "{% for u in users %}{{ u.x | uper }}{% endfor %}{{ a | default(b) }}{{ c is defined }}"
            + "{{ range() }}{{ 'x' if n else 1 | nope }}{% set k = 1 %}{{ k }}{{ x | replace(1) }}";
    References references = Templates.ENGINE.check(text, Templates.origin(text), false, found);
    assertThat(references.names()).containsOnlyKeys("users", "a", "b", "c", "n", "x");
    assertThat(references.optional()).containsExactlyInAnyOrder("a", "c");
    Map<String, Diagnostic.Severity> messages = new LinkedHashMap<>();
    found.all().forEach(d -> messages.put(d.message(), d.severity()));
    assertThat(messages)
        .containsEntry("there is no filter named 'uper'", Diagnostic.Severity.WARNING)
        .containsEntry("there is no filter named 'nope'", Diagnostic.Severity.WARNING)
        .containsEntry("function 'range' needs the argument 'start'", Diagnostic.Severity.ERROR)
        .containsEntry("filter 'replace' needs the argument 'new'", Diagnostic.Severity.ERROR)
        .hasSize(4);
    Diagnostics syntax = new Diagnostics();
    Templates.ENGINE.check("a ==", Templates.origin("a =="), true, syntax);
    assertThat(syntax.hasErrors()).isTrue();
  }
}
