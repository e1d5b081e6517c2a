package dev.molt.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.yaml.DuplicateKeys.Policy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DuplicateKeysTest {
  private final List<Diagnostic> warnings = new ArrayList<>();

  @AfterEach
  void backToNormal() {
    DuplicateKeys.are(Policy.REFUSE, d -> {});
  }

  private static String read() {
    Source source = Source.inline("f", "a: 1\nb: 2\na: 3\n<<: {c: 1}\n<<: {d: 2}\n");
    return Python.repr(NodeValues.plain(YamlReader.read(source).orElseThrow()));
  }

  @Test
  void refusedUnlessConfigured() {
    assertThatThrownBy(DuplicateKeysTest::read)
        .hasMessageContaining("the key 'a' is given twice")
        .hasMessageContaining("f:3:1");
    DuplicateKeys.are(Policy.ERROR, warnings::add);
    assertThatThrownBy(DuplicateKeysTest::read)
        .hasMessageContaining("found a duplicate dict key (a)");
    assertThat(warnings).isEmpty();
  }

  @Test
  void theLastCounts() {
    DuplicateKeys.are(Policy.WARN, warnings::add);
    assertThat(read()).isEqualTo("{'c': 1, 'd': 2, 'a': 3, 'b': 2}");
    assertThat(warnings)
        .extracting(w -> w.severity() + " " + w.position().orElseThrow() + " " + w.message())
        .containsExactly(
            "WARNING f:3:1 found a duplicate dict key (a); the last value is used",
            "WARNING f:5:1 found a duplicate dict key (<<); the last value is used");
    warnings.clear();
    DuplicateKeys.are(Policy.IGNORE, warnings::add);
    assertThat(read()).isEqualTo("{'c': 1, 'd': 2, 'a': 3, 'b': 2}");
    assertThat(warnings).isEmpty();
  }
}
