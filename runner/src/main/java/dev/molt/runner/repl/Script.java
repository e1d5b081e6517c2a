package dev.molt.runner.repl;

import dev.molt.dsl.source.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Carries out lines that stand in a file or come through a pipe, and ends with the first one that
 * does not go well.
 */
public final class Script {
  private final Repl repl;
  private final String name;
  private final Optional<PrintStream> prompt;

  /**
   * @param name of the file, for messages
   * @param prompt where to ask for each line; then a line that fails is not the last one
   */
  public Script(Repl repl, String name, Optional<PrintStream> prompt) {
    this.repl = repl;
    this.name = name;
    this.prompt = prompt;
  }

  /** Gives the status of the line that was the last one. */
  public int run(BufferedReader in) throws IOException {
    LineSplitter lines =
        prompt.isPresent() ? LineSplitter.typed(in, () -> ask("... ")) : LineSplitter.written(in);
    prompt.ifPresent(out -> repl.learnSecrets());
    int status = 0;
    while (!repl.ended()) {
      ask(repl.prompt());
      Optional<String> line = lines.next();
      if (line.isEmpty()) {
        break;
      }
      status = repl.run(Source.inline(name + ":" + lines.first(), line.get()));
      if (status != 0 && prompt.isEmpty()) {
        break;
      }
    }
    return prompt.isPresent() ? 0 : status;
  }

  private void ask(String text) {
    prompt.ifPresent(
        out -> {
          out.print(text);
          out.flush();
        });
  }
}
