package dev.molt.dsl.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.template.lookup.FileLookups;
import dev.molt.dsl.template.lookup.SearchPath;
import dev.molt.dsl.value.Python;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Expressions with the values that Ansible gave them when it was run with the same variables. */
class MeasuredTest {
  private static final String VARIABLES =
      "{'users': [{'name': 'deploy', 'uid': 1500, 'groups': ['adm', 'sudo']},"
          + "{'name': 'ci', 'uid': 1501, 'groups': ['docker']}], 'nums': [3, 1, 2],"
          + "'d': {'b': 2, 'a': 1}, 'text': 'Hello World', 'path': '/etc/nginx/nginx.conf',"
          + "'result': {'changed': true, 'failed': false, 'rc': 0}, 'none_v': null,"
          + "'nested': [1, [2, [3, null]]], 'lines': 'one\\ntwo\\n'}";

  private static final TemplateEngine ENGINE =
      new TemplateEngine(
          Library.builder()
              .builtins()
              .lookups(new FileLookups(() -> SearchPath.of(Path.of("/"))))
              .build());

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "measured.tsv",
      delimiter = '\t',
      quoteCharacter = '\0',
      maxCharsPerColumn = 8192)
  void asMeasured(String expression, String expected) {
    if (expected.equals("ERROR")) {
      assertThatThrownBy(() -> value(expression)).isInstanceOf(DiagnosticException.class);
    } else {
      assertThat(value(expression)).isEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "templates.tsv",
      delimiter = '\t',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false)
  void filesAsMeasured(String template, String expected) {
    String text = template.replace("⏎", "\n");
    if ("ERROR".equals(expected)) {
      assertThatThrownBy(() -> file(text)).isInstanceOf(DiagnosticException.class);
    } else {
      assertThat(file(text)).isEqualTo(expected == null ? "" : expected.replace("⏎", "\n"));
    }
  }

  private static String file(String text) {
    Map<String, String> others =
        Map.of(
            "inc.j2", "inc {{ x | default(\"nox\") }} {{ y | default(\"noy\") }}\n",
            "mac.j2",
                "{% macro m(a, b=2) %}[{{ a }}-{{ b }}-{{ x | default(\"nox\") }}]{% endmacro %}"
                    + "{% set v = 5 %}\n{% macro _p() %}p{% endmacro %}",
            "base.j2", "A{% block b %}base{% endblock %}Z\n");
    TextOptions options =
        TextOptions.DEFAULT.withLoader(
            name -> Optional.ofNullable(others.get(name)).map(t -> Source.inline(name, t)));
    return ENGINE.renderText(text, Templates.origin(text), Templates.scope(VARIABLES), options);
  }

  private static String value(String expression) {
    return Python.repr(
        ENGINE.evaluate(expression, Templates.origin(expression), Templates.scope(VARIABLES)));
  }
}
