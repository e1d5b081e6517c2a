package dev.molt.dsl.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.template.lookup.FileLookups;
import dev.molt.dsl.template.lookup.SearchPath;
import dev.molt.dsl.value.Python;
import java.nio.file.Path;
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

  private static String value(String expression) {
    return Python.repr(
        ENGINE.evaluate(expression, Templates.origin(expression), Templates.scope(VARIABLES)));
  }
}
