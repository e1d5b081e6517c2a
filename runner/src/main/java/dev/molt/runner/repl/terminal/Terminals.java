package dev.molt.runner.repl.terminal;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.runner.cli.Style;
import dev.molt.runner.repl.HistoryFile;
import dev.molt.runner.repl.Start;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.terminal.impl.PosixSysTerminal;

/** Sessions on the terminal of the process. */
public final class Terminals {
  private final CompletableFuture<Terminal> terminal;

  private Terminals(CompletableFuture<Terminal> terminal) {
    this.terminal = terminal;
  }

  /**
   * Begins to open the terminal and to load what a session needs, on threads of their own. Not for
   * a session that asks for passwords at first: both would tell the terminal what to do.
   */
  public static Terminals ahead() {
    background(Terminals::readNothing);
    CompletableFuture<Terminal> opening = new CompletableFuture<>();
    background(
        () -> {
          try {
            opening.complete(open());
          } catch (IOException e) {
            opening.completeExceptionally(new UncheckedIOException(e));
          }
        });
    return new Terminals(opening);
  }

  /** Opens the terminal when the session begins. */
  public static Terminals later() {
    background(Terminals::readNothing);
    return new Terminals(null);
  }

  private static void background(Runnable work) {
    Thread thread = new Thread(work, "terminal");
    thread.setDaemon(true);
    thread.start();
  }

  /** Loads it on this thread. */
  public static void readNothing() {
    try (Terminal nowhere =
        new DumbTerminal(
            "nowhere",
            "dumb",
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
   * Holds a session until somebody ends it; gives its exit status.
   *
   * @param inventories whose history it has
   * @throws dev.molt.dsl.source.DiagnosticException where the terminal cannot be used
   */
  public int run(Start start, List<String> inventories, Style style) {
    HistoryFile history = HistoryFile.of(inventories, System.getenv());
    try (Terminal open = terminal == null ? open() : terminal.join()) {
      new TerminalSession(open, start, history, style, true).run();
      return 0;
    } catch (IOException | CompletionException e) {
      throw Diagnostic.error("the terminal cannot be used: " + e.getMessage())
          .withHint("TERM=dumb molt repl does without its abilities")
          .asException();
    }
  }

  private static Terminal open() throws IOException {
    return new PosixSysTerminal(
        "molt",
        System.getenv("TERM"),
        new SttyPty(),
        StandardCharsets.UTF_8,
        true,
        Terminal.SignalHandler.SIG_DFL);
  }
}
