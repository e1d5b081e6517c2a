package dev.molt.runner.repl;

import dev.molt.runner.cli.Style;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** For a pipe, a file, and lines on the command line. */
public final class PlainConsole implements Console {
  private final PrintStream out;
  private final PrintStream err;
  private final Style style;
  private final Optional<Function<String, Optional<String>>> asker;

  /**
   * @param asker empty where there is no terminal to ask on
   */
  public PlainConsole(
      PrintStream out,
      PrintStream err,
      Style style,
      Optional<Function<String, Optional<String>>> asker) {
    this.out = out;
    this.err = err;
    this.style = new Style(style.colours(), false);
    this.asker = asker;
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
  public void show(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }

  @Override
  public void aside(String line) {
    out.flush();
    err.println(line);
    err.flush();
  }

  @Override
  public void live(String what) {
    // What was printed here cannot be taken away.
  }

  @Override
  public Optional<String> ask(String question) {
    out.flush();
    return asker.flatMap(a -> a.apply(question));
  }

  @Override
  public boolean interactive() {
    // Whoever can be asked can also press Ctrl-C.
    return asker.isPresent();
  }
}
