package dev.molt.dsl.hook;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.Consumer;

/** Takes what a script prints, line by line, to whoever listens on this thread. */
final class SaidLines extends PrintWriter {
  private static final ThreadLocal<Lines> CURRENT = new ThreadLocal<>();

  /** What is not a whole line yet. */
  private static final class Lines {
    private final Consumer<String> listener;
    private final StringBuilder text = new StringBuilder();

    Lines(Consumer<String> listener) {
      this.listener = listener;
    }

    void add(char[] chars, int from, int length) {
      text.append(chars, from, length);
      for (int end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
        listener.accept(text.substring(0, end));
        text.delete(0, end + 1);
      }
    }
  }

  SaidLines() {
    super(
        new Writer() {
          @Override
          public void write(char[] chars, int from, int length) {
            Lines lines = CURRENT.get();
            if (lines != null) {
              lines.add(chars, from, length);
            }
          }

          @Override
          public void flush() {
            // Lines are told as they end.
          }

          @Override
          public void close() {
            // There is nothing to close.
          }
        });
  }

  /** From here on, what is printed on this thread goes there. */
  static void to(Consumer<String> listener) {
    CURRENT.set(new Lines(listener));
  }

  /** Tells what is left, and listens no more. */
  static void end() {
    Lines lines = CURRENT.get();
    CURRENT.remove();
    if (lines != null && !lines.text.isEmpty()) {
      lines.listener.accept(lines.text.toString());
    }
  }
}
