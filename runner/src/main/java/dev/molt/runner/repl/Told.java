package dev.molt.runner.repl;

import java.util.List;

/**
 * What is to be said of a result.
 *
 * @param word how it ended; empty where what comes says it all
 * @param head beside the hosts
 * @param body lines below
 */
record Told(String word, String head, List<String> body) {
  Told {
    body = List.copyOf(body);
  }

  /** A text: beside the hosts if it has one line, below them if it has more. */
  static Told text(String word, String text) {
    List<String> lines = text.lines().toList();
    return lines.size() == 1
        ? new Told(word, lines.get(0).strip(), List.of())
        : new Told(word, "", lines);
  }
}
