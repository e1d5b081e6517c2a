package dev.molt.runner.repl.terminal;

import dev.molt.runner.cli.Style;
import dev.molt.runner.repl.Completions;
import dev.molt.runner.repl.HistoryFile;
import dev.molt.runner.repl.Repl;
import dev.molt.runner.repl.Secrecy;
import dev.molt.runner.repl.Start;
import java.io.IOError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** One session on a terminal: edits lines, and has them carried out. */
final class TerminalSession {
  /** As many, one after the other, before a line could be read at all. */
  private static final int MOST_FAULTS = 10;

  private static final int MOST_TOLD = 20;

  private final Terminal terminal;
  private final Start start;
  private final HistoryFile history;
  private final TerminalConsole console;

  /**
   * @param pages whether long answers are shown page by page, by a program that has the terminal
   */
  TerminalSession(Terminal terminal, Start start, HistoryFile history, Style style, boolean pages) {
    this.terminal = terminal;
    this.start = start;
    this.history = history;
    this.console = new TerminalConsole(terminal, style, pages);
  }

  /** Until somebody leaves. */
  void run() {
    try (Repl repl = new Repl(start, console)) {
      repl.learnSecrets();
      LineReader reader = reader(repl);
      console.reading(reader);
      terminal.handle(
          Terminal.Signal.INT,
          signal -> {
            if (!console.paging()) {
              repl.interrupt();
            }
          });
      terminal.handle(Terminal.Signal.WINCH, signal -> console.resized());
      repl.connectAhead();
      int faults = 0;
      while (!repl.ended()) {
        try {
          String line = reader.readLine(console.style().bold(repl.prompt()));
          console.resized();
          faults = 0;
          repl.type(line);
        } catch (UserInterruptException e) {
          // Only what was being typed is given up.
        } catch (EndOfFileException | IOError e) {
          break;
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
          // A fault in here costs a line, and no session; but not lines without end.
          tell(e);
          if (++faults > MOST_FAULTS) {
            break;
          }
        }
      }
    }
  }

  private void tell(Throwable fault) {
    List<String> lines = new ArrayList<>();
    lines.add(console.style().red("error: internal error, please report it"));
    start.secrets().mask(fault.toString()).lines().limit(MOST_TOLD).forEach(lines::add);
    Arrays.stream(fault.getStackTrace()).limit(MOST_TOLD).forEach(f -> lines.add("    at " + f));
    console.show(lines);
  }

  private LineReader reader(Repl repl) {
    LineHistory lines =
        new LineHistory(
            history, new Secrecy(start.registry(), start.secrets()), repl::knowsSecrets);
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("molt")
            .parser(new LineParser(new Completions(repl, start)))
            .completer(new LineCompleter(new Completions(repl, start)))
            .highlighter(new LineHighlighter(start.registry()))
            .history(lines)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "... ")
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.INSERT_TAB, false)
            .option(LineReader.Option.HISTORY_IGNORE_DUPS, true)
            .build();
    lines.load();
    return reader;
  }
}
