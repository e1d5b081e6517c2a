package dev.molt.runner.repl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTest {
  @Test
  void whatATerminalWouldObeyIsShown() {
    Visible plain = new Visible(false);
    assertThat(plain.of("a\tb\nc \u6f22")).isEqualTo("a\tb\nc \u6f22");
    assertThat(plain.of("\u001b[31mx\r\u0000\u007f")).isEqualTo("^[[31mx^M^@^?");
    assertThat(plain.of("\u009b2J \u202ex")).isEqualTo("<U+009B>2J <U+202E>x");
  }

  @Test
  void coloursAreSome() {
    Visible coloured = new Visible(true);
    String ok = "\u001b[32mok\u001b[0m \u001b[1mb\u001b[0m";
    assertThat(coloured.of(ok + "\u001b[2J\u001b[8m$1\\")).isEqualTo(ok + "^[[2J^[[8m$1\\");
  }
}
