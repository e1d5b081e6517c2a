package dev.molt.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Source;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever the text is, it gives nodes or diagnostics, and soon. */
class YamlFuzzTest {
  private static void readOrRefuse(String text) {
    try {
      YamlReader.readAll(Source.inline("fuzz.yml", text)).forEach(YamlFuzzTest::visit);
    } catch (DiagnosticException e) {
      assertThat(e.diagnostics()).isNotEmpty();
      e.diagnostics()
          .forEach(
              d -> {
                assertThat(DiagnosticFormatter.format(d)).isNotBlank();
                assertThat(d.message()).isNotBlank().doesNotContain("\n");
              });
    }
  }

  private static void visit(Node node) {
    if (node instanceof ScalarNode scalar) {
      for (int i = 0; i <= Math.min(200, scalar.text().length()); i++) {
        assertThat(scalar.origin().at(i, 3).line()).isPositive();
      }
    } else if (node instanceof SequenceNode list) {
      list.items().forEach(YamlFuzzTest::visit);
    } else {
      ((MappingNode) node).entries().forEach(e -> visit(e.value()));
    }
  }

  @Property(tries = 2000)
  void anyCharacters(@ForAll String text) {
    readOrRefuse(text);
  }

  @Property(tries = 10000)
  void anySequenceOfWhatYamlIsMadeOf(@ForAll("pieces") List<String> pieces) {
    readOrRefuse(String.join("", pieces));
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(
            "\n",
            "\n  ",
            "\n    ",
            "- ",
            ": ",
            ":",
            "a",
            "b",
            "{",
            "}",
            "{{ ",
            " }}",
            "[",
            "]",
            ",",
            " ",
            "'",
            "\"",
            "\\",
            "|",
            ">",
            "|-\n",
            ">2\n",
            "&a ",
            "*a ",
            "!",
            "!!str ",
            "!unsafe ",
            "!vault |\n",
            "<<: ",
            "<<: *a",
            "# x",
            "\t",
            "\r\n",
            "---\n",
            "...\n",
            "%YAML 1.1\n",
            "%TAG ! x:\n",
            "?",
            "? ",
            "1",
            "0x",
            "1:2",
            "yes",
            "~",
            "é",
            "😀",
            "\u2028",
            "\u0085",
            "\uFEFF",
            "@",
            "`",
            "%41",
            "!<",
            "!a%zz ",
            "\\x4",
            "\\u12",
            "\\U0010FFFF",
            "\\UFFFFFFFF")
        .list()
        .ofMaxSize(25);
  }

  @Test
  void aliasBombsAreRefused() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      text.append("a%d: &a%d [".formatted(i, i));
      text.append("*a%d, ".formatted(i - 1).repeat(9)).append("]\n");
    }
    assertRefused(text.toString(), "the aliases of this document repeat too much");
    StringBuilder deep = new StringBuilder("a0: &a0 x\n");
    for (int i = 1; i < 200; i++) {
      deep.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
    }
    assertRefused(deep.toString(), "nested too deep");
  }

  @Test
  void deepNestingIsRefused() {
    assertRefused("[".repeat(1_000_000), "nested too deep");
    assertRefused("- ".repeat(100_000), "nested too deep");
    assertRefused("a: {".repeat(5_000), "nested too deep");
  }

  @Test
  void bigFilesAreReadInReasonableTime() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          readOrRefuse("a: 1\n".repeat(20_000));
          readOrRefuse("a: " + "1".repeat(100_000));
          readOrRefuse("a: " + "1:0".repeat(100_000));
          readOrRefuse("a: " + "0_".repeat(2_000));
          readOrRefuse("- x: [1, 2]\n".repeat(10_000));
          readOrRefuse(" ".repeat(100_000) + "a: b: c\n");
          readOrRefuse("- ".repeat(50) + " ".repeat(100_000) + "{{ x");
        });
  }

  private static void assertRefused(String text, String message) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () ->
            org.assertj.core.api.Assertions.assertThatThrownBy(
                    () -> YamlReader.read(Source.inline("bomb.yml", text)))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining(message));
  }
}
