package dev.molt.dsl.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.value.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginFileTest {
  @TempDir Path folder;

  private PluginFile filter(String text) throws IOException {
    return PluginFile.load(
        Files.writeString(folder.resolve("f.groovy"), "// A filter.\n" + text + "\n"), "filter");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "filter { a -> a.size() } ~ 2",
        "filter { it.size() } ~ 2",
        "filter { List a -> a.size() } ~ 2",
        "filter { a, b = 5 -> a.size() + b } ~ 7",
        "filter { a, Object... more -> a.size() + more.size() } ~ 2",
        "filter { Object... all -> all.size() } ~ 1",
        "filter { -> 3 } ~ 3",
        "def size(x) { x.size() }; filter this.&size ~ 2",
      })
  void aListIsOneValue(String text, String expected) throws IOException {
    assertThat(Python.str(filter(text).call(List.of(1, 2)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "filter { a, b -> a } ~ this closure takes (Object, Object), and is given (List)",
        "filter { int a, int b -> a } ~ this closure takes (int, int), and is given (List)",
        "filter { String... all -> 1 } ~ this closure takes (String[]), and is given (List)",
      })
  void itsItemsAreNotTakenForArguments(String text, String message) throws IOException {
    PluginFile filter = filter(text);
    DiagnosticException e =
        catchThrowableOfType(DiagnosticException.class, () -> filter.call(List.of(1, 2)));
    assertThat(DiagnosticFormatter.format(e.diagnostics().get(0))).contains(message, "f.groovy:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "filter { new Date() } ~ what this filter gives: a Date is no value",
        "filter { [a: [{ }]] } ~ what this filter gives: a closure is no value",
        "filter { \"${-> throw new IllegalStateException('odd')}\" } ~ IllegalStateException: odd",
      })
  void whatIsNoValueIsShownAtTheFilter(String text, String message) throws IOException {
    PluginFile filter = filter(text);
    DiagnosticException e = catchThrowableOfType(DiagnosticException.class, () -> filter.call("x"));
    assertThat(DiagnosticFormatter.format(e.diagnostics().get(0)))
        .contains("error: " + message, "f.groovy:2:1\n");
  }
}
