package dev.molt.runner.repl.terminal;

import dev.molt.runner.repl.Completeness;
import dev.molt.runner.repl.Completions;
import java.util.List;
import java.util.Optional;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Says whether a line goes on, and which word is being typed. */
final class LineParser implements Parser {
  private final Completions completions;

  LineParser(Completions completions) {
    this.completions = completions;
  }

  /** A word in its line; what is put in its place needs no escapes. */
  private record Typed(String line, int cursor, int from, boolean kept)
      implements CompletingParsedLine {
    /** Nothing of it where something else is to be put in its place. */
    @Override
    public String word() {
      return kept ? line.substring(from, cursor) : "";
    }

    @Override
    public int wordCursor() {
      return word().length();
    }

    @Override
    public int wordIndex() {
      return from == 0 ? 0 : 1;
    }

    @Override
    public List<String> words() {
      return from == 0 ? List.of(word()) : List.of(line.substring(0, from), word());
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return cursor - from;
    }

    @Override
    public int rawWordLength() {
      return cursor - from;
    }
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE) {
      Optional<String> missing = Completeness.missing(line);
      if (missing.isPresent()) {
        throw new EOFError(-1, cursor, "the line goes on", missing.get());
      }
      return new Typed(line, line.length(), 0, true);
    }
    if (context != ParseContext.COMPLETE) {
      return new Typed(line, cursor, 0, true);
    }
    Completions.Found found = completions.at(line.substring(0, cursor));
    String begun = line.substring(Math.min(found.from(), cursor), cursor);
    boolean kept = found.offers().stream().allMatch(o -> o.value().startsWith(begun));
    return new Typed(line, cursor, cursor - begun.length(), kept);
  }

  /** None is: what a backslash means is up to the line. */
  @Override
  public boolean isEscapeChar(char c) {
    return false;
  }
}
