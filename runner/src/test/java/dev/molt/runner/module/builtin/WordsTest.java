package dev.molt.runner.module.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void splitsAsAShellQuotes() {
    assertThat(Words.split("  a  b\tc\n")).containsExactly("a", "b", "c");
    assertThat(Words.split("echo 'a b' \"c d\" e\\ f"))
        .containsExactly("echo", "a b", "c d", "e f");
    assertThat(Words.split("a'b'\"c\"d")).containsExactly("abcd");
    assertThat(Words.split("'' \"\"")).containsExactly("", "");
    assertThat(Words.split("\"a\\\"b\\\\c\\n\" 'x\\y'")).containsExactly("a\"b\\c\\n", "x\\y");
    assertThat(Words.split("a | b > c; d && e #f $(g) `h` *"))
        .containsExactly("a", "|", "b", ">", "c;", "d", "&&", "e", "#f", "$(g)", "`h`", "*");
    assertThat(Words.split("")).isEmpty();
  }

  @Test
  void refusesWhatDoesNotEnd() {
    assertThatThrownBy(() -> Words.split("echo 'a")).hasMessageContaining("no closing '");
    assertThatThrownBy(() -> Words.split("echo \"a\\\"")).hasMessageContaining("no closing \"");
    assertThatThrownBy(() -> Words.split("echo a\\")).hasMessageContaining("backslash");
  }

  @Test
  void expandsNothingButVariablesAndHome() {
    assertThat(Words.expanding("plain")).isEqualTo("plain");
    assertThat(Words.expanding("")).isEqualTo("''");
    assertThat(Words.expanding("a b;$(c)")).isEqualTo("'a b;$(c)'");
    assertThat(Words.expanding("~/x y")).isEqualTo("~/'x y'");
    assertThat(Words.expanding("$A/${B}c")).isEqualTo("\"${A-\\$A}\"/\"${B-\\${B\\}}\"c");
    assertThat(Words.expanding("a~b")).isEqualTo("'a~b'");
  }

  @Test
  void globsMatchWithinOneDirectory() {
    assertThat(new Glob("/opt/tegu-*/bin").matches("/opt/tegu-1.2/bin")).isTrue();
    assertThat(new Glob("/opt/*").matches("/opt/a/b")).isFalse();
    assertThat(new Glob("/o[a-q]t/?").matches("/opt/x")).isTrue();
    assertThat(new Glob("/o[!p]t").matches("/opt")).isFalse();
    assertThat(new Glob("/a[b").matches("/a[b")).isTrue();
    assertThat(new Glob("/a b/$x*").shell()).isEqualTo("/a' 'b/'$'x*");
    assertThat(new Glob("/a").hasMagic()).isFalse();
  }

  @Test
  void timesAndLinesAreAnsibles() {
    assertThat(CommandResult.delta(Duration.ofMillis(1250))).isEqualTo("0:00:01.250000");
    assertThat(CommandResult.delta(Duration.ofHours(51).plusNanos(4000)))
        .isEqualTo("2 days, 3:00:00.000004");
    assertThat(CommandResult.lines("a\r\nb\n\nc")).isEqualTo(List.of("a", "b", "", "c"));
    assertThat(CommandResult.lines("a\n")).containsExactly("a");
    assertThat(CommandResult.lines("")).isEmpty();
  }
}
