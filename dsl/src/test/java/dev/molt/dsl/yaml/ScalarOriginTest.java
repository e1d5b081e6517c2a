package dev.molt.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every X in these texts has to be found where it was written. */
class ScalarOriginTest {
  private static void checkEveryX(String text) {
    Source source = Source.inline("t.yml", text);
    ScalarNode scalar =
        (ScalarNode) ((MappingNode) YamlReader.read(source).orElseThrow()).get("key").orElseThrow();
    int found = text.indexOf(':');
    for (int i = 0; i < scalar.text().length(); i++) {
      if (scalar.text().charAt(i) == 'X') {
        found = text.indexOf('X', found + 1);
        Position expected = source.at(found, 1);
        assertThat(scalar.origin().at(i, 1))
            .as("X at %d of <%s> in <%s>", i, scalar.text(), text)
            .isEqualTo(expected);
      }
    }
    assertThat(text.indexOf('X', found + 1)).as("all were looked at").isNegative();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key: X",
        "key: aXb cX",
        "key: &a X X",
        "key: !unsafe X",
        "key: !!str # why\n  X",
        "key: 'X''X''''X'",
        "key: \"X\\nX\\x41X\\u0041X\\U0001F600X\\\"X\\\\X\"",
        "key: \"X \\\n   X\\\n  X\"",
        "key: aX\n  X b X\n\n  X\n\n\n  X",
        "key: 'X\n  X  \n\n  X'",
        "key:\n  X\n  X",
        "key: |\n  X\n  aX\n\n    X\n  X\n",
        "key: |2\n    X\n  X\n",
        "key: |-\n\n\n  X\n  X",
        "key: |+\n  X\n\n\n",
        "key: >\n  X\n  X\n\n  X\n\n\n  X\n",
        "key: >\n  X\n    X\n    X\n  X\n",
        "key: >-\n\n  X X\n  X\n",
        "key: >2\n    X\n  X\n",
        "key: |\r\n  X\r\n  aX\r\n",
        "key: >\r\n  X\r\n  aX\r\n\r\n  X\r\n",
        "key: 'X\r\n  X'\r\n",
        "😀: 1\nkey: 😀X😀X",
        "key: |\n  😀X\n",
      })
  void findsThePlace(String text) {
    checkEveryX(text);
  }

  @Property(tries = 500)
  void findsThePlaceInAnyLiteralBlock(@ForAll("lines") String lines) {
    checkEveryX("key: |\n  X" + lines.replace("\n", "\n  ") + "\n");
  }

  @Property(tries = 500)
  void findsThePlaceInAnyQuotedText(@ForAll("lines") String lines) {
    checkEveryX("key: '" + lines.replace("\n", "\n  ") + "'\n");
    checkEveryX("key: \"" + lines.replace("\n", "\n  ") + "\"\n");
  }

  @Property(tries = 500)
  void findsThePlaceInAnyFoldedBlock(@ForAll("lines") String lines) {
    checkEveryX("key: >\n  X" + lines.replaceAll(" *\n *", "\n  ").stripTrailing() + "\n");
  }

  @Provide
  Arbitrary<String> lines() {
    return Arbitraries.strings().withChars("Xa \n").ofMaxLength(30);
  }
}
