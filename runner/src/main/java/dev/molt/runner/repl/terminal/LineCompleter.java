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
    for (Offer offer : completions.at(line.line().substring(0, line.cursor())).offers()) {
      String about = offer.about().isEmpty() ? null : offer.about();
      candidates.add(
          new Candidate(offer.value(), offer.value(), null, about, null, null, offer.done()));
    }
  }
}
