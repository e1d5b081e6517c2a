package dev.molt.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Yaml11Test {
  private static Value value(String written) {
    Node root = YamlReader.read(Source.inline("t.yml", "a: " + written)).orElseThrow();
    return ((ScalarNode) ((MappingNode) root).get("a").orElseThrow()).value();
  }

  private static String show(Value value) {
    return value instanceof FloatValue number ? "float " + number.value() : value.toString();
  }

  /** What PyYAML's safe loader gives, except for dates, which stay texts. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
"""
yes          | True
Yes          | True
YES          | True
yEs          | 'yEs'
y            | 'y'
n            | 'n'
on           | True
Off          | False
OFF          | False
true         | True
TRUE         | True
tRUE         | 'tRUE'
~            | None
null         | None
Null         | None
NULL         | None
nULL         | 'nULL'
none         | 'none'
0            | 0
-0           | 0
+1           | 1
1            | 1
12_3         | 123
_1           | '_1'
0644         | 420
0o17         | '0o17'
08           | '08'
0x1F         | 31
0x           | '0x'
0x_f         | 15
0b101        | 5
0b2          | '0b2'
-0b11        | -3
-0x1f        | -31
1:30         | 90
1:60         | '1:60'
01:30        | '01:30'
-1:30:05     | -5405
1:5          | 65
190:20:30    | 685230
1.           | float 1.0
1.5          | float 1.5
-1.5         | float -1.5
+.5          | '+.5'
.5           | float 0.5
-.5          | '-.5'
.            | '.'
..           | '..'
1e3          | '1e3'
1.0e3        | '1.0e3'
1.0e+3       | float 1000.0
1.5E-2       | float 0.015
1_0.5        | float 10.5
.inf         | float Infinity
-.Inf        | float -Infinity
+.INF        | float Infinity
.iNF         | '.iNF'
.nan         | float NaN
.NaN         | float NaN
-.nan        | '-.nan'
1:30.5       | float 90.5
1.2.3        | '1.2.3'
10.0.0.1     | '10.0.0.1'
2024-01-01   | '2024-01-01'
--           | '--'
0.           | float 0.0
00           | 0
0_7          | 7
+0           | 0
-_1          | '-_1'
1__2         | 12
1_           | 1
0b1_1        | 3
.5_          | float 0.5
._5          | '._5'
1.5e+        | '1.5e+'
1e+3         | '1e+3'
0.1e-1       | float 0.01
12e03        | '12e03'
""")
  void resolvesPlainScalarsAsPyYamlDoes(String written, String expected) {
    assertThat(show(value(written))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
"""
'5'           | '5'
"yes"         | 'yes'
! 5           | '5'
!!str 5       | '5'
!!str         | ''
!!int "5"     | 5
!!float '1.5' | float 1.5
!!bool "on"   | True
!!null ''     | None
!unsafe 5     | '5'
""")
  void quotesAndTagsDecide(String written, String expected) {
    assertThat(show(value(written))).isEqualTo(expected);
  }

  @Test
  void hugeNumbersAreRefused() {
    assertThat(SyntaxErrorsTest.errorOf("a: " + "1".repeat(5000)))
        .contains("1:4 a number of more than 4300 characters");
    assertThat(show(value("9".repeat(4300)))).hasSize(4300);
  }
}
