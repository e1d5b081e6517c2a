package dev.molt.runner.repl.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts as a terminal may have them: what would tell it something is shown instead, as {@code less}
 * does, so that nothing that comes from a host can change what was printed before.
 */
final class Visible {
  /** Those of {@link dev.molt.runner.cli.Style}. */
  private static final String COLOURS = "\u001b\\[(?:[0-2]|3[1-36])m";

  private static final String CONTROLS =
      "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x{9f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]";
  private static final int DELETE = 0x7f;

  private final Pattern told;

  /**
   * @param colours whether colours are some
   */
  Visible(boolean colours) {
    told = Pattern.compile((colours ? "(" + COLOURS + ")|" : "((?!))|") + CONTROLS);
  }

  String of(String text) {
    Matcher matcher = told.matcher(text);
    return matcher.replaceAll(
        found ->
            Matcher.quoteReplacement(
                found.group(1) == null ? shown(found.group().charAt(0)) : found.group(1)));
  }

  private static String shown(char control) {
    return control <= DELETE ? "^" + (char) (control ^ '@') : "<U+%04X>".formatted((int) control);
  }

  /** What is written here reaches {@code to} in whole lines, or when it is flushed. */
  OutputStream before(OutputStream to) {
    return new OutputStream() {
      private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

      @Override
      public void write(int b) throws IOException {
        waiting.write(b);
        if (b == '\n') {
          pass();
        }
      }

      private void pass() throws IOException {
        to.write(of(waiting.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        waiting.reset();
      }

      @Override
      public void flush() throws IOException {
        pass();
        to.flush();
      }
    };
  }
}
