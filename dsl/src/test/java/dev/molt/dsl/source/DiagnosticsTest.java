package dev.molt.dsl.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosticsTest {
  private static final Source SOURCE =
      Source.inline("site.yml", "one\ntwo\n\tthree four\nfive\nsix\n");

  @Test
  void showsThePlaceWithLinesAroundIt() {
    Diagnostic diagnostic =
        Diagnostic.error(SOURCE.at(15, 4), "four is too much").withHint("take three");
    assertThat(DiagnosticFormatter.format(diagnostic))
        .isEqualTo(
            """
            error: four is too much
             --> site.yml:3:8
            1 | one
            2 | two
            3 | \tthree four
              | \t      ^^^^
            4 | five
              = take three
            """);
  }

  @Test
  void neverUnderlinesPastTheLine() {
    assertThat(DiagnosticFormatter.format(Diagnostic.warning(SOURCE.at(4, 100), "long")))
        .startsWith("warning: long\n")
        .contains("  | ^^^\n");
    assertThat(DiagnosticFormatter.format(Diagnostic.error(SOURCE.at(99, 5), "at the end")))
        .contains("site.yml:5:5")
        .contains("  |     ^\n");
  }

  @Test
  void widthOfLineNumbersIsThatOfTheLongest() {
    Source source = Source.inline("t", "x\n".repeat(12));
    assertThat(DiagnosticFormatter.format(Diagnostic.error(source.at(16, 1), "here")))
        .isEqualTo("error: here\n  --> t:9:1\n 7 | x\n 8 | x\n 9 | x\n   | ^\n10 | x\n");
  }

  @Test
  void aPlacelessDiagnosticIsOneLine() {
    assertThat(DiagnosticFormatter.format(Diagnostic.error("no inventory")))
        .isEqualTo("error: no inventory\n");
  }

  @Test
  void collectsEachOnceAndThrowsAllOfThem() {
    Diagnostics problems = new Diagnostics();
    Diagnostic warning = Diagnostic.warning(SOURCE.at(0, 1), "hm");
    problems.add(warning);
    problems.add(Diagnostic.warning(SOURCE.at(0, 1), "hm"));
    assertThat(problems.all()).containsExactly(warning);
    assertThatCode(problems::throwIfErrors).doesNotThrowAnyException();
    problems.addAll(
        new DiagnosticException(List.of(Diagnostic.error(SOURCE.at(4, 1), "no"), warning)));
    assertThat(problems.size()).isEqualTo(2);
    assertThatThrownBy(problems::throwIfErrors)
        .isInstanceOf(DiagnosticException.class)
        .hasMessage("site.yml:1:1: hm\nsite.yml:2:1: no");
  }

  @ParameterizedTest
  @CsvSource({
    "hosst, hosts",
    "Hosts, hosts",
    "host, hosts",
    "taks, tasks",
    "varss, vars",
    "xyz,",
    "h,",
    "a_very_long_nmae, a_very_long_name",
  })
  void suggestsWhatWasProbablyMeant(String written, String expected) {
    assertThat(
            Suggestions.nearest(written, List.of("hosts", "tasks", "vars", "a_very_long_name"))
                .orElse(null))
        .isEqualTo(expected);
  }

  @Test
  void ofEquallyNearNamesTheFirstInTheAlphabetIsSuggested() {
    assertThat(Suggestions.nearest("n9", List.of("n3", "n1", "n2"))).contains("n1");
    assertThat(Suggestions.hint("n9", List.of("n1"))).contains("did you mean 'n1'?");
  }
}
