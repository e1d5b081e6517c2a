package dev.molt.runner.repl;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Reads lines, those that belong together as one. Used by one thread. */
final class LineSplitter {
  /** Whoever writes a block through a pipe writes what comes next at once, or waits for answers. */
  private static final int PATIENCE_MILLIS = 200;

  private final BufferedReader in;
  private final boolean looksAhead;
  private final Runnable goesOn;
  private final Deque<String> ahead = new ArrayDeque<>();
  private int number;
  private int first;

  private LineSplitter(BufferedReader in, boolean looksAhead, Runnable goesOn) {
    this.in = in;
    this.looksAhead = looksAhead;
    this.goesOn = goesOn;
  }

  /**
   * From a file, a pipe, or what was pasted: a blank line ends a block only where its text does.
   */
  static LineSplitter written(BufferedReader in) {
    return new LineSplitter(in, true, () -> {});
  }

  /**
   * From somebody who types: a blank line ends a block.
   *
   * @param goesOn is told before each line that goes on with the one before
   */
  static LineSplitter typed(BufferedReader in, Runnable goesOn) {
    return new LineSplitter(in, false, goesOn);
  }

  /** The next line; empty at the end. One that is cut off there is given as it is. */
  Optional<String> next() throws IOException {
    String read = read();
    if (read == null) {
      return Optional.empty();
    }
    first = number;
    StringBuilder text = new StringBuilder(read);
    while (Completeness.missing(text.toString()).isPresent() || goesOnBelow(text.toString())) {
      goesOn.run();
      read = read();
      if (read == null) {
        break;
      }
      text.append('\n').append(read);
    }
    return Optional.of(text.toString());
  }

  private String read() throws IOException {
    String read = ahead.isEmpty() ? in.readLine() : ahead.poll();
    number += read == null ? 0 : 1;
    return read;
  }

  /** Whether a block that a blank line would end goes on behind it. */
  private boolean goesOnBelow(String text) throws IOException {
    if (!looksAhead || !Completeness.endedByBlankLine(text)) {
      return false;
    }
    while (ahead.isEmpty() || ahead.peekLast().isBlank()) {
      String read = ready() ? in.readLine() : null;
      if (read == null) {
        return false;
      }
      ahead.add(read);
    }
    return Completeness.goesOn(text, ahead.peekLast());
  }

  private boolean ready() throws IOException {
    try {
      for (int waited = 0; !in.ready() && waited < PATIENCE_MILLIS; waited += 10) {
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return in.ready();
  }

  /** Where the line that was given last begins, counted from 1. */
  int first() {
    return first;
  }
}
