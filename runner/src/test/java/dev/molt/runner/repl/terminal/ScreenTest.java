package dev.molt.runner.repl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final Screen screen = new Screen(80, 24);

  @Test
  void linesTakeAsManyRowsAsTheyNeed() {
    assertThat(screen.holds(Collections.nCopies(23, ""))).isTrue();
    assertThat(screen.holds(Collections.nCopies(24, ""))).isFalse();
    assertThat(screen.holds(List.of("a".repeat(23 * 80)))).isTrue();
    assertThat(screen.holds(List.of("a".repeat(23 * 80 + 1)))).isFalse();
    assertThat(screen.holds(List.of("\u6f22".repeat(23 * 40)))).isTrue();
    assertThat(screen.holds(List.of("\u6f22".repeat(23 * 40 + 1)))).isFalse();
    assertThat(screen.holds(Collections.nCopies(23, "\u001b[31m" + "a".repeat(80) + "\u001b[0m")))
        .isTrue();
  }

  @Test
  void whatHasToFitInOneRowIsCut() {
    assertThat(screen.row("a".repeat(79))).isEqualTo("a".repeat(79));
    assertThat(screen.row("a".repeat(80))).isEqualTo("a".repeat(78) + "…");
    assertThat(screen.row("\u6f22".repeat(40))).isEqualTo("\u6f22".repeat(39) + "…");
  }
}
