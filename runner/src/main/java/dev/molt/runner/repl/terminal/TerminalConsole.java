package dev.molt.runner.repl.terminal;

import dev.molt.runner.cli.Pager;
import dev.molt.runner.cli.Style;
import dev.molt.runner.repl.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** Prints and asks on a terminal on which lines are edited. */
final class TerminalConsole implements Console {
  private static final int MAX_LIVE = 100;

  private final Terminal terminal;
  private final Style style;
  private final boolean pages;
  private final PrintStream out;
  private volatile LineReader reader;
  private volatile boolean paging;
  private boolean live;

  TerminalConsole(Terminal terminal, Style style, boolean pages) {
    this.terminal = terminal;
    this.style = style;
    this.pages = pages;
    this.out = new PrintStream(terminal.output(), false, StandardCharsets.UTF_8);
  }

  void reading(LineReader lines) {
    reader = lines;
  }

  /** Whether another program has the terminal. */
  boolean paging() {
    return paging;
  }

  @Override
  public PrintStream out() {
    return out;
  }

  @Override
  public Style style() {
    return style;
  }

  @Override
  public synchronized void show(List<String> lines) {
    takeAway();
    int height = terminal.getSize().getRows();
    if (pages && lines.size() >= height && height > 1) {
      paging = true;
      try {
        String command = System.getenv().getOrDefault("PAGER", "less");
        new Pager(out, command).show(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
      } finally {
        paging = false;
      }
      return;
    }
    lines.forEach(out::println);
    out.flush();
  }

  /** Above the line that is being typed, where there is one. */
  @Override
  public void aside(String line) {
    LineReader lines = reader;
    if (lines != null && lines.isReading()) {
      lines.printAbove(line);
    } else {
      show(List.of(line));
    }
  }

  @Override
  public synchronized void live(String what) {
    if (!style.live()) {
      return;
    }
    if (what.isEmpty()) {
      takeAway();
      out.flush();
      return;
    }
    String shown = what.length() > MAX_LIVE ? what.substring(0, MAX_LIVE - 1) + "…" : what;
    out.print("\r\u001b[K" + style.dim("... " + shown.replaceAll("\\p{Cntrl}", " ")));
    out.flush();
    live = true;
  }

  private void takeAway() {
    if (live) {
      out.print("\r\u001b[K");
      live = false;
    }
  }

  /** By a reader of its own: an answer is no line that is remembered. */
  @Override
  public Optional<String> ask(String question) {
    LineReader answers =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .variable(LineReader.DISABLE_HISTORY, true)
            .build();
    try {
      return Optional.of(answers.readLine(question));
    } catch (UserInterruptException | EndOfFileException e) {
      return Optional.of("");
    }
  }

  @Override
  public boolean interactive() {
    return true;
  }
}
