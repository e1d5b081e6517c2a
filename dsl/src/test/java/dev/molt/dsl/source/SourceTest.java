package dev.molt.dsl.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {
  private static String escaped(String text) {
    return text.replace("\\n", "\n").replace("\\r", "\r");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
      "",              1, "",  ""
      a,               1, a,   ""
      a\\n,            1, a,   ""
      a\\nb,           2, a,   b
      a\\n\\nc,        3, a,   ""
      a\\r\\nb\\r\\n,  2, a,   b
      \\n\\n,          2, "",  ""
      a\\rb\\nc,       2, a\\rb, c
      """)
  void countsLinesWithoutTheirBreaks(String text, int count, String first, String second) {
    Source source = Source.inline("t", escaped(text));
    assertThat(source.lineCount()).isEqualTo(count);
    assertThat(source.line(1)).isEqualTo(escaped(first));
    assertThat(source.line(2)).isEqualTo(escaped(second));
    assertThat(source.line(0)).isEmpty();
    assertThat(source.line(99)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1",
    "1, 1, 2",
    "2, 1, 3",
    "3, 2, 1",
    "5, 3, 1",
    "6, 3, 2",
    "9, 3, 2",
    "-4, 1, 1"
  })
  void findsThePlaceOfAnOffset(int offset, int line, int column) {
    Position position = Source.inline("t", "ab\nc\nd").at(offset, 1);
    assertThat(position.line()).isEqualTo(line);
    assertThat(position.column()).isEqualTo(column);
  }

  @Property
  void everyCharacterStandsWhereItsPositionSays(
      @ForAll @Chars({'\n', '\r'}) @CharRange(from = 'a', to = 'c') String text) {
    Source source = Source.inline("t", text);
    for (int i = 0; i < text.length(); i++) {
      Position position = source.at(i, 1);
      String line = source.line(position.line());
      if (position.column() <= line.length()) {
        assertThat(line.charAt(position.column() - 1)).isEqualTo(text.charAt(i));
      } else {
        assertThat(text.charAt(i)).isIn('\n', '\r');
      }
    }
  }

  @Test
  void aPositionUnderlinesAtLeastOneCharacter() {
    Position position = Source.inline("t", "ab").at(0, 0);
    assertThat(position.length()).isEqualTo(1);
    assertThat(position.withLength(-3).length()).isEqualTo(1);
    assertThat(position.withLength(2)).hasToString("t:1:1");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("f"), "\uFEFFa: é");
    assertThat(Source.file(file).text()).isEqualTo("a: é");
    assertThat(Source.file(Files.writeString(file, "")).text()).isEmpty();
  }

  @Test
  void filesThatAreNotUtf8AreRefusedWithTheLine(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("f.yml");
    Files.write(file, "a: 1\nb: \u00e9x\n".getBytes(StandardCharsets.ISO_8859_1));
    DiagnosticException e =
        catchThrowableOfType(DiagnosticException.class, () -> Source.file(file));
    assertThat(DiagnosticFormatter.format(e.diagnostics().get(0)).replace(directory + "/", ""))
        .isEqualTo(
            """
            error: the file is not in UTF-8: the byte 0xE9 is no part of a character
             --> f.yml:2:4
            1 | a: 1
            2 | b: éx
              |    ^
              = save it as UTF-8; one way: iconv -f ISO-8859-1 -t UTF-8
            """);
    Files.write(file, "a".getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> Source.file(file)).hasMessageContaining("the file is in UTF-16");
    Files.write(file, new byte[] {'a', (byte) 0xC3});
    assertThatThrownBy(() -> Source.file(file)).hasMessageContaining("byte 0xC3");
    assertThatThrownBy(() -> Source.file(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aFileBelowTheWorkingDirectoryIsNamedRelativeToIt() throws IOException {
    assertThat(Source.file(Path.of("pom.xml").toAbsolutePath()).name()).isEqualTo("pom.xml");
  }
}
