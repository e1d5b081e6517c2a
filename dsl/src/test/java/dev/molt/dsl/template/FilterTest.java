package dev.molt.dsl.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Filters, tests and functions, each with what Jinja's and Ansible's documentation says. */
class FilterTest {
  private static final String VARIABLES =
      "{'users': [{'name': 'deploy', 'uid': 1500, 'groups': ['adm', 'sudo']},"
          + "{'name': 'ci', 'uid': 1501, 'groups': ['docker']}], 'nums': [3, 1, 2],"
          + "'d': {'b': 2, 'a': 1}, 'text': 'Hello World', 'path': '/etc/nginx/nginx.conf',"
          + "'result': {'changed': true, 'failed': false, 'rc': 0}, 'none_v': null,"
          + "'nested': [1, [2, [3, null]]], 'lines': 'one\\ntwo\\n'}";

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "filters.tsv", delimiter = '\t', quoteCharacter = '\0')
  void givesWhatIsDocumented(String expression, String expected) {
    assertThat(Templates.repr(expression, VARIABLES)).isEqualTo(expected);
  }

  @Test
  void everyFilterAndTestIsInTheTable() throws Exception {
    String table;
    try (var in = FilterTest.class.getResourceAsStream("filters.tsv")) {
      table = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
    assertThat(missing(table, Library.Kind.FILTER, "\\|\\s*([a-z_0-9]+)")).isEmpty();
    assertThat(missing(table, Library.Kind.TEST, "\\bis\\s+(?:not\\s+)?([a-z_0-9]+)")).isEmpty();
    assertThat(missing(table, Library.Kind.FUNCTION, "([a-z_0-9]+)\\(")).isEmpty();
  }

  private static Set<String> missing(String table, Library.Kind kind, String use) {
    Matcher matcher = Pattern.compile(use).matcher(table);
    Set<String> used = matcher.results().map(r -> r.group(1)).collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    for (Library.Entry entry : Library.builtin().entries(kind)) {
      if (entry.names().stream().noneMatch(used::contains)) {
        missing.add(entry.name());
      }
    }
    return missing;
  }

  @Test
  void everyEntrySaysWhatItDoes() {
    for (Library.Kind kind : Library.Kind.values()) {
      assertThat(Library.builtin().entries(kind))
          .allSatisfy(e -> assertThat(e.summary()).isNotBlank().doesNotEndWith("."));
    }
  }
}
