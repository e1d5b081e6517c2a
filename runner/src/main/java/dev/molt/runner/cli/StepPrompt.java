package dev.molt.runner.cli;

import dev.molt.runner.engine.RunOptions.Confirm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** {@code --step}: asks before each task. The end of the input means no. */
final class StepPrompt implements Confirm {
  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final PrintStream out;
  private boolean all;

  StepPrompt(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized Answer ask(String taskName) {
    if (all) {
      return Answer.YES;
    }
    Answer answer = answer(taskName);
    all = answer == Answer.CONTINUE;
    return answer;
  }

  private Answer answer(String taskName) {
    out.print("Perform task: TASK: " + taskName + " (N)o/(y)es/(c)ontinue: ");
    out.flush();
    String line;
    try {
      line = in.readLine();
    } catch (IOException e) {
      line = null;
    }
    if (line == null) {
      out.println();
      return Answer.NO;
    }
    return switch (line.strip().toLowerCase(Locale.ROOT)) {
      case "y", "yes" -> Answer.YES;
      case "c", "continue" -> Answer.CONTINUE;
      default -> Answer.NO;
    };
  }
}
