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
      boolean closed = closes(value, behind);
      value = closed ? value.substring(0, value.length() - 1) : value;
      candidates.add(new Candidate(value, value, null, about, null, null, offer.done() && !closed));
    }
  }

  /** Whether the quote at the end of a value stands behind the cursor already. */
  private static boolean closes(String value, String behind) {
    return (value.endsWith("\"") || value.endsWith("'"))
        && behind.startsWith(value.substring(value.length() - 1));
  }
}
