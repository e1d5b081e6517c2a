package dev.molt.runner.repl;

import dev.molt.runner.cli.Style;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** Where a session prints and asks. Thread-safe but for {@link #ask}. */
public interface Console {
  /** For what prints by itself. */
  PrintStream out();

  Style style();

  /** Prints lines; page by page where they are many and a terminal shows them. */
  void show(List<String> lines);

  /** Says something at once, whatever is being typed. */
  void aside(String line);

  /** Shows what is at work, where it can be taken away again; empty takes it away. */
  void live(String what);

  /** What was answered; empty where there is nobody to ask. */
  Optional<String> ask(String question);

  /** Whether somebody sits there. */
  boolean interactive();
}
