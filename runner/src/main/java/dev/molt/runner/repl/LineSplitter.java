package dev.molt.runner.repl;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;

/** Reads lines from a file or a pipe, those that belong together as one. Used by one thread. */
final class LineSplitter {
  private final BufferedReader in;
  private int number;
  private int first;

  LineSplitter(BufferedReader in) {
    this.in = in;
  }

  /** The next line; empty at the end. One that is cut off there is given as it is. */
  Optional<String> next() throws IOException {
    StringBuilder text = new StringBuilder();
    String read = in.readLine();
    if (read == null) {
      return Optional.empty();
    }
    first = ++number;
    text.append(read);
    while (Completeness.missing(text.toString()).isPresent()) {
      read = in.readLine();
      if (read == null) {
        break;
      }
      number++;
      text.append('\n').append(read);
    }
    return Optional.of(text.toString());
  }

  /** Where the line that was given last begins, counted from 1. */
  int first() {
    return first;
  }
}
