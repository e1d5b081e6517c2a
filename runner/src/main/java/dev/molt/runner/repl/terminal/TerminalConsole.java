package dev.molt.runner.repl.terminal;

import dev.molt.runner.cli.Pager;
import dev.molt.runner.cli.Style;
import dev.molt.runner.repl.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;

/** Prints and asks on a terminal on which lines are edited. */
final class TerminalConsole implements Console {
  /** Where no colours are expected. */
  private static final Visible PLAIN = new Visible(false);

  /** What was typed already comes faster than this. */
  private static final long QUIET_MILLIS = 30;

  private final Terminal terminal;
  private final Style style;
  private final boolean pages;
  private final PrintStream out;
  private final Visible visible;
  private final PrintStream others;
  private volatile Screen screen;
  private volatile LineReader reader;
  private volatile boolean paging;
  private boolean live;

  TerminalConsole(Terminal terminal, Style style, boolean pages) {
    this.terminal = terminal;
    this.style = style;
    this.pages = pages;
    this.out = new PrintStream(terminal.output(), false, StandardCharsets.UTF_8);
    this.visible = new Visible(style.colours());
    this.others = new PrintStream(visible.before(out), false, StandardCharsets.UTF_8);
  }

  void reading(LineReader lines) {
    reader = lines;
  }

  /** The terminal may have another size from now on. */
  void resized() {
    screen = null;
  }

  /** Asked for once: that starts a program. */
  private Screen screen() {
    Screen known = screen;
    if (known == null) {
      known = Screen.of(terminal.getSize());
      screen = known;
    }
    return known;
  }

  /** Whether another program has the terminal. */
  boolean paging() {
    return paging;
  }

  @Override
  public PrintStream out() {
    return others;
  }

  @Override
  public Style style() {
    return style;
  }

  @Override
  public synchronized void show(List<String> told) {
    takeAway();
    List<String> lines = told.stream().map(visible::of).toList();
    if (pages && screen().rows() > 1 && !screen().holds(lines)) {
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
      lines.printAbove(visible.of(line));
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
    String row = screen().row("... " + PLAIN.of(what.replaceAll("\\s", " ")));
    out.print("\r\u001b[K" + style.dim(row));
    out.flush();
    live = true;
  }

  private void takeAway() {
    if (live) {
      out.print("\r\u001b[K");
      live = false;
    }
  }

  /**
   * By a reader of its own: an answer is no line that is remembered. What was typed before the
   * question was there cannot be its answer.
   */
  @Override
  public Optional<String> ask(String question) {
    // What has no line break yet is only there to be read where keys are read one by one.
    Attributes before = terminal.enterRawMode();
    try {
      forgetTyped();
      return Optional.of(answer(question));
    } catch (IOException e) {
      return Optional.of("");
    } finally {
      terminal.setAttributes(before);
    }
  }

  private void forgetTyped() throws IOException {
    int key = 0;
    while (key >= 0) {
      key = terminal.reader().read(QUIET_MILLIS);
    }
  }

  private String answer(String question) {
    LineReader answers =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .variable(LineReader.DISABLE_HISTORY, true)
            .build();
    try {
      return answers.readLine(PLAIN.of(question));
    } catch (UserInterruptException | EndOfFileException e) {
      return "";
    }
  }

  @Override
  public boolean interactive() {
    return true;
  }
}
