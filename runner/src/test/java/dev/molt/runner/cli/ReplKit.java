package dev.molt.runner.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code molt repl} as a process would be, on hosts that are this machine. */
final class ReplKit {
  private final List<String> words = new ArrayList<>();

  record Shown(int status, String text) {}

  ReplKit(String inventory) {
    words.addAll(List.of("repl", "-i", inventory));
  }

  /** Runs these words in one session. */
  Shown run(String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(out, false, StandardCharsets.UTF_8);
    int status = Main.execute(all, both, both);
    both.flush();
    return new Shown(status, out.toString(StandardCharsets.UTF_8));
  }

  /** Carries these lines out in one session. */
  Shown lines(String... lines) {
    List<String> all = new ArrayList<>();
    for (String line : lines) {
      all.addAll(List.of("-c", line));
    }
    return run(all.toArray(String[]::new));
  }

  /** Sends a text through a pipe. */
  Shown pipe(String text, String... more) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      return run(more);
    } finally {
      System.setIn(before);
    }
  }
}
