package dev.molt.runner.cli.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Unified diffs; the expected texts are what Python's difflib gives. */
class UnifiedDiffTest {
  private static String diff(String before, String after, int context) {
    return String.join("", UnifiedDiff.lines(before, after, "b", "a", context));
  }

  @Test
  void hunksFarApartAreTwo() {
    String before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    assertThat(diff(before, before.replace("2\n", "two\n").replace("9\n", ""), 1))
        .isEqualTo(
            """
            --- b
            +++ a
            @@ -1,3 +1,3 @@
             1
            -2
            +two
             3
            @@ -8,2 +8 @@
             8
            -9
            """);
    assertThat(diff(before, before.replace("5\n", ""), 0))
        .isEqualTo("--- b\n+++ a\n@@ -5 +4,0 @@\n-5\n");
  }

  @Test
  void aLineThatIsEverywhereStartsNoMatch() {
    List<String> many = new ArrayList<>(Collections.nCopies(250, "}"));
    many.set(100, "only");
    String before = String.join("\n", many) + "\n";
    assertThat(diff(before, "x\n" + before, 3))
        .isEqualTo("--- b\n+++ a\n@@ -1,3 +1,4 @@\n+x\n }\n }\n }\n");
  }

  /** What the diff says of both sides is what they are. */
  @Property(tries = 300)
  void bothSidesCanBeReadFromIt(
      @ForAll @Chars({'a', 'b', '\n'}) @StringLength(max = 60) String before,
      @ForAll @Chars({'a', 'b', '\n'}) @StringLength(max = 60) String after,
      @ForAll @IntRange(max = 2) int less) {
    String diff = diff(before, after, 100 - less);
    assertThat(diff.isEmpty()).isEqualTo(before.equals(after));
    if (!diff.isEmpty()) {
      assertThat(side(diff, '-')).isEqualTo(before);
      assertThat(side(diff, '+')).isEqualTo(after);
    }
  }

  private static String side(String diff, char sign) {
    StringBuilder side = new StringBuilder();
    boolean kept = false;
    for (String line : diff.lines().skip(3).toList()) {
      if (line.startsWith("\\")) {
        side.setLength(kept ? side.length() - 1 : side.length());
      } else {
        kept = line.charAt(0) == ' ' || line.charAt(0) == sign;
        side.append(kept ? line.substring(1) + "\n" : "");
      }
    }
    return side.toString();
  }
}
