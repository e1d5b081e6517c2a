package dev.molt.runner.repl.terminal;

import dev.molt.runner.cli.Style;
import dev.molt.runner.repl.Start;
import java.util.List;

/** Sessions on a terminal. Nothing of the library is loaded by whoever only names this. */
public final class Terminals {
  private Terminals() {}

  /** Loads what a session needs, while its inventory is read. */
  public static void warmUp() {}

  /** Holds a session; gives its exit status. */
  public static int run(Start start, List<String> inventories, Style style) {
    return 0;
  }
}
