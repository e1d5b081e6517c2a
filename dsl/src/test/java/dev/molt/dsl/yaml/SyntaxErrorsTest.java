package dev.molt.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Source;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mistakes that people make, and what they are told. */
class SyntaxErrorsTest {
  static String errorOf(String text) {
    DiagnosticException e =
        catchThrowableOfType(
            DiagnosticException.class, () -> YamlReader.read(Source.inline("p.yml", text)));
    assertThat(e).as("an error for: %s", text).isNotNull();
    return e.diagnostics().stream()
        .map(d -> at(d) + " " + d.message() + d.hint().map(h -> " = " + h).orElse(""))
        .collect(Collectors.joining(" // "));
  }

  private static String at(Diagnostic diagnostic) {
    return diagnostic.position().map(p -> p.line() + ":" + p.column()).orElse("-");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      textBlock =
"""
a:⏎⇥b: 1                     ¦ 2:1 a tab cannot be used for indentation = indent with spaces
a: x⏎  ⇥b: 1                 ¦ 2:3 a tab cannot be used for indentation = indent with spaces
a: {{ x }}                      ¦ 1:4 a value that begins with '{{' has to be in quotes = put the whole value in quotes: "{{ ... }}"
a: {{ x }}/foo                  ¦ 1:4 a value that begins with '{{' has to be in quotes = put the whole value in quotes: "{{ ... }}"
a: {{ x['y'] }}                 ¦ 1:4 a value that begins with '{{' has to be in quotes = put the whole value in quotes: "{{ ... }}"
- {{ x }} y                     ¦ 1:3 a value that begins with '{{' has to be in quotes = put the whole value in quotes: "{{ ... }}"
- a: {% if x %}y{% endif %}     ¦ 1:6 a value that begins with '{%' has to be in quotes = put the whole value in quotes: "{{ ... }}"
msg: a: b                       ¦ 1:7 a second ': ' in one line = put the value in quotes if the ':' belongs to it: msg: "a: b"
- shell: echo "a" : b           ¦ 1:19 a second ': ' in one line = put the value in quotes if the ':' belongs to it: shell: 'echo "a" : b'
a: "x⏎b: 1                     ¦ 1:4 this quote is never closed = close it at the end of the value
a: 'x⏎b: 1                     ¦ 1:4 this quote is never closed = close it at the end of the value
a: 'it's x'                     ¦ 1:8 text after the closing quote = put the whole value in quotes; within single quotes, '' stands for one
a: "{{ x }}" y                  ¦ 1:14 text after the closing quote = put the whole value in quotes; within double quotes, \\" stands for one
x: "a⏎y: "b"                   ¦ 2:5 text after the closing quote = close the quote that was opened above
a: 1⏎  b: 2                    ¦ 2:3 indented deeper than 'a' above, which has a value already = indent both alike, or remove the value of 'a'
- a: 1⏎   b: 2                 ¦ 2:4 indented deeper than 'a' above, which has a value already = indent both alike, or remove the value of 'a'
a:⏎    b: 1⏎  c: 2            ¦ 3:3 the indentation of this line fits none of the lines above = indent it exactly as the lines it belongs to
␣␣a: 1⏎b: 2                    ¦ 2:1 the indentation of this line fits none of the lines above = indent it exactly as the lines it belongs to
- a: 1⏎ b: 2                   ¦ 2:2 the indentation of this line fits none of the lines above = indent it exactly as the lines it belongs to
a:1⏎b: 2                       ¦ 1:2 a space is missing after the ':' = write 'key: value'
a: 1⏎b:2⏎c: 3                 ¦ 2:2 a space is missing after the ':' = write 'key: value'
- a⏎-b⏎- c                    ¦ 2:1 a space is missing after the '-' = write '- item'
- hosts: all⏎  tasks⏎    - x: 1 ¦ 2:3 neither a key nor the rest of the value above: a ':' is missing = write 'key: value' or 'key:'
a: 1⏎- b                       ¦ 2:1 a list item where a key is expected = indent it as the items it belongs to, or write 'key: value' instead of '- '
- a⏎b: 1                       ¦ 2:1 a key where a list item is expected = begin it with '- ', or indent it as the lines it belongs to
a: - b                          ¦ 1:4 a list cannot begin on the line of its key = put each '- item' on a line of its own
a: [1, 2⏎b: 1                  ¦ 1:4 this '[' is never closed = add the ']'
a: {x: 1                        ¦ 1:4 this '{' is never closed = add the '}'
a: [x}y]                        ¦ 1:6 expected ',' or ']' here = put a text with special characters in quotes
a: @x                           ¦ 1:4 a value cannot begin with '@' = put the value in quotes
a: %x                           ¦ 1:4 a value cannot begin with '%' = put the value in quotes
a: ]                            ¦ 1:4 a value cannot begin with ']' = put the value in quotes
a: "\\d"                         ¦ 1:5 unknown escape '\\d' in double quotes = write '\\\\' for a backslash, or use single quotes, which know no escapes
a: >x⏎  y                      ¦ 1:5 text after the '|' or '>' that begins a block = put the text on the next line, indented; or put the whole value in quotes
a: *                            ¦ 1:5 a name is missing after '&' or '*' = put the value in quotes
a: "\\UFFFFFFFF"                 ¦ 1:5 '\\UFFFFFFFF' is no character: the last one is \\U0010FFFF
a: *x                           ¦ 1:4 no anchor '&x' before this alias = a text that begins with '*' has to be in quotes
a: &x [*x]                      ¦ 1:8 the alias '*x' stands inside of what it names
a: !foo x                       ¦ 1:4 the tag '!foo' is not supported on a single value = known tags are !vault, !unsafe, !!str, !!int, !!float, !!bool and !!null
a: !!set {x}                    ¦ 1:4 the tag '!!set' is not supported on a mapping = known tags are !vault, !unsafe, !!str, !!int, !!float, !!bool and !!null
a: !!int x                      ¦ 1:4 'x' is not a !!int
? [a]⏎: b                      ¦ 1:3 a key has to be a text, found a list
<<: 1                           ¦ 1:1 '<<' merges a mapping or a list of mappings, found a number = write '<<: *anchor', or quote "<<" if it is meant as a key
""")
  void saysWhatIsWrongAndWhatToDo(String written, String expected) {
    String text = written.replace('⏎', '\n').replace('⇥', '\t').replace('␣', ' ');
    assertThat(errorOf(text)).isEqualTo(expected);
  }

  @Test
  void everyMistakeThatDoesNotStopTheParserIsReported() {
    assertThat(errorOf("a: !x 1\nb: {{ c }}\na: 2\nd: e: f\n").split(" // "))
        .extracting(text -> text.substring(0, 3))
        .containsExactly("1:4", "2:4", "3:1", "4:5");
  }

  @Test
  void showsBothPlacesOfAKeyGivenTwice() {
    DiagnosticException e =
        catchThrowableOfType(
            DiagnosticException.class,
            () -> YamlReader.read(Source.inline("vars.yml", "port: 1\nhost: x\nport: 2\n")));
    assertThat(DiagnosticFormatter.format(e.diagnostics().get(0)))
        .isEqualTo(
            """
            error: the key 'port' is given twice
             --> vars.yml:3:1
            1 | port: 1
            2 | host: x
            3 | port: 2
              | ^^^^
              note: first given here
             --> vars.yml:1:1
            1 | port: 1
              | ^^^^
              = remove one of them; Ansible would silently take the last
            """);
  }
}
