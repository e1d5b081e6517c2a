package dev.molt.runner.cli.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Where lines are broken; the expected texts are what Python's textwrap gives. */
class TextWrapTest {
  @Test
  void breaksAtBlanksHyphensAndDashes() {
    assertThat(TextWrap.wrap("one two\nthree  four", 9))
        .containsExactly("one two", "three", "four");
    assertThat(TextWrap.wrap("a well-known name", 8)).containsExactly("a well-", "known", "name");
    assertThat(TextWrap.wrap("half-2 of a-b", 7)).containsExactly("half-2", "of a-b");
    assertThat(TextWrap.wrap("see e.g. foo--bar", 14)).containsExactly("see e.g. foo--", "bar");
    assertThat(TextWrap.wrap("--option", 5)).containsExactly("--opt", "ion");
    assertThat(TextWrap.wrap("  \n ", 5)).isEmpty();
  }

  @Test
  void cutsWhatIsLongerThanALine() {
    assertThat(TextWrap.wrap("ab xxxxxxxxxxxx", 5)).containsExactly("ab xx", "xxxxx", "xxxxx");
    assertThat(TextWrap.wrap("long-hyphenated", 6)).containsExactly("long-h", "yphena", "ted");
  }

  @Property(tries = 500)
  void nothingIsLostAndNoLineIsTooLong(
      @ForAll @Chars({'a', '-', ' ', '\n', '\t', '.', '1'}) @StringLength(max = 80) String text,
      @ForAll @IntRange(min = 1, max = 20) int width) {
    var lines = TextWrap.wrap(text, width);
    assertThat(lines).allMatch(l -> l.length() <= width && !l.isEmpty());
    assertThat(String.join("", lines).replaceAll("\\s", "")).isEqualTo(text.replaceAll("\\s", ""));
  }
}
