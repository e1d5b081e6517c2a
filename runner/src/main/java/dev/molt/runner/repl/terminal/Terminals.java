package dev.molt.runner.repl.terminal;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.runner.cli.Style;
import dev.molt.runner.repl.HistoryFile;
import dev.molt.runner.repl.Start;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.DumbTerminal;

/** Sessions on the terminal of the process. */
public final class Terminals {
  private Terminals() {}

  /** Begins to load what a session needs, on a thread of its own. */
  public static void warmUp() {
    Thread warming = new Thread(Terminals::readNothing, "warm-up-terminal");
    warming.setDaemon(true);
    warming.start();
  }

  /** Loads it on this thread. */
  public static void readNothing() {
    try (Terminal nowhere =
        new DumbTerminal(
            "warm-up",
            "ansi",
            new ByteArrayInputStream(new byte[0]),
            new ByteArrayOutputStream(),
            StandardCharsets.UTF_8)) {
      LineReader reader = LineReaderBuilder.builder().terminal(nowhere).build();
      reader.readLine();
    } catch (IOException | EndOfFileException e) {
      // As it should: there was nothing to read.
    }
  }

  /**
   * Holds a session until somebody ends it.
   *
   * @param inventories whose history it has
   * @throws dev.molt.dsl.source.DiagnosticException where the terminal cannot be used
   */
  public static int run(Start start, List<String> inventories, Style style) {
    HistoryFile history = HistoryFile.of(inventories, System.getenv());
    try (Terminal terminal = open()) {
      new TerminalSession(terminal, start, history, style, true).run();
      return 0;
    } catch (IOException e) {
      throw Diagnostic.error("the terminal cannot be used: " + e.getMessage())
          .withHint("TERM=dumb molt repl does without its abilities")
          .asException();
    }
  }

  /** By the programs of the system: no native code that has to be unpacked and allowed. */
  private static Terminal open() throws IOException {
    return TerminalBuilder.builder()
        .system(true)
        .provider("exec")
        .dumb(false)
        .encoding(StandardCharsets.UTF_8)
        .build();
  }
}
