package dev.molt.runner.repl.terminal;

import dev.molt.runner.repl.Completions;
import dev.molt.runner.repl.Offer;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Offers what could stand at the cursor. */
final class LineCompleter implements Completer {
  private final Completions completions;

  LineCompleter(Completions completions) {
    this.completions = completions;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String behind = line.line().substring(line.cursor());
    for (Offer offer : completions.at(line.line().substring(0, line.cursor())).offers()) {
      String about = offer.about().isEmpty() ? null : offer.about();
      String value = offer.value();
      int closed = closes(value, behind);
      value = value.substring(0, value.length() - closed);
      boolean done = offer.done() && closed == 0;
      candidates.add(new Candidate(value, value, null, about, null, null, done));
    }
  }

  /** How much of the quote and bracket at the end of a value stands behind the cursor already. */
  private static int closes(String value, String behind) {
    int end = value.length();
    while (end > 0 && "\"']".indexOf(value.charAt(end - 1)) >= 0) {
      end--;
    }
    while (end < value.length() && !behind.startsWith(value.substring(end))) {
      end++;
    }
    return value.length() - end;
  }
}
