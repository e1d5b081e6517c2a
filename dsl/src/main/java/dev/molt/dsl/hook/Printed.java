package dev.molt.dsl.hook;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Takes what scripts print, line by line, to whoever listens on the thread or on the one that
 * started it: by {@code println}, and also what they or their libraries print to {@link System#out}
 * and {@link System#err}. Where nobody listens it goes to standard error. Does not load Groovy.
 */
public final class Printed {
  private static final InheritableThreadLocal<Printed> CURRENT = new InheritableThreadLocal<>();
  private static final PrintStream ERR = System.err;

  private final Consumer<String> listener;
  private final StringBuilder text = new StringBuilder();

  private Printed(Consumer<String> listener) {
    this.listener = listener;
  }

  /** What may print. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T done() throws E;
  }

  /**
   * Does something whose output is told as lines, without their ends. What it prints on this
   * thread, and on threads that it starts, is not told to who listens outside of it.
   *
   * @param listener is called on the thread that prints
   */
  public static <T, E extends Exception> T during(Consumer<String> listener, Work<T, E> work)
      throws E {
    Printed before = CURRENT.get();
    Printed printed = new Printed(listener);
    CURRENT.set(printed);
    try {
      return work.done();
    } finally {
      CURRENT.set(before);
      printed.end();
    }
  }

  /** What may print, and gives nothing. */
  @FunctionalInterface
  public interface Action<E extends Exception> {
    void done() throws E;
  }

  /** The same as {@link #during}, for what gives nothing. */
  public static <E extends Exception> void whileDoing(Consumer<String> listener, Action<E> action)
      throws E {
    during(
        listener,
        () -> {
          action.done();
          return null;
        });
  }

  /** Several threads may print to it. */
  private synchronized void add(char[] chars, int from, int length) {
    text.append(chars, from, length);
    for (int end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
      String line = text.substring(0, end);
      text.delete(0, end + 1);
      listener.accept(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
  }

  /** Tells what is no whole line yet. */
  private synchronized void end() {
    if (!text.isEmpty()) {
      add(new char[] {'\n'}, 0, 1);
    }
  }

  /** What {@code println} of a script writes to. */
  static PrintWriter writer() {
    return new PrintWriter(new Lines(), true);
  }

  /** From now on, what is printed to the streams of the process goes the same way. */
  static synchronized void catchStreams() {
    if (!(System.out instanceof Caught)) {
      System.setOut(new Caught(System.out));
      System.setErr(new Caught(System.err));
    }
  }

  private static final class Lines extends Writer {
    @Override
    public void write(char[] chars, int from, int length) {
      Printed printed = CURRENT.get();
      if (printed != null) {
        printed.add(chars, from, length);
      } else {
        ERR.print(new String(chars, from, length));
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
  }

  /** A stream whose text goes to whoever listens, and where nobody does, where it went before. */
  private static final class Caught extends PrintStream {
    Caught(PrintStream otherwise) {
      super(new Bytes(otherwise), true, StandardCharsets.UTF_8);
    }
  }

  private static final class Bytes extends OutputStream {
    private final PrintStream otherwise;

    Bytes(PrintStream otherwise) {
      this.otherwise = otherwise;
    }

    @Override
    public void write(int single) {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      Printed printed = CURRENT.get();
      if (printed == null) {
        otherwise.write(bytes, from, length);
        return;
      }
      char[] chars = new String(bytes, from, length, StandardCharsets.UTF_8).toCharArray();
      printed.add(chars, 0, chars.length);
    }

    @Override
    public void flush() {
      otherwise.flush();
    }
  }
}
