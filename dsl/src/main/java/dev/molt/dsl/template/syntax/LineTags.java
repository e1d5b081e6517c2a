package dev.molt.dsl.template.syntax;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where lines begin that are statements, and comments that go to the end of a line. */
final class LineTags {
  private final Matcher statement;
  private final Matcher comment;

  private LineTags(Matcher statement, Matcher comment) {
    this.statement = statement;
    this.comment = comment;
  }

  /** Null where the syntax has neither. */
  static LineTags of(String source, Syntax syntax) {
    if (syntax.lineStatement() == null && syntax.lineComment() == null) {
      return null;
    }
    return new LineTags(
        matcher("(?m)^[ \\t\\x0b]*", syntax.lineStatement(), source),
        matcher("(?m)(?:^|(?<=\\S))[^\\S\\r\\n]*+", syntax.lineComment(), source));
  }

  private static Matcher matcher(String before, String prefix, String source) {
    return prefix == null
        ? null
        : Pattern.compile(before + Pattern.quote(prefix))
            .matcher(source)
            .useTransparentBounds(true)
            .useAnchoringBounds(false);
  }

  /** The first of both from an offset on, if it comes before a tag of another kind; or -1. */
  int next(int from, int other) {
    int next = -1;
    for (Matcher matcher : new Matcher[] {statement, comment}) {
      if (matcher != null && matcher.find(from)) {
        boolean first = other < 0 || matcher.start() <= other;
        next = first && (next < 0 || matcher.start() < next) ? matcher.start() : next;
      }
    }
    return next;
  }

  /** Where the prefix of a statement that begins here ends, or -1. */
  int statement(int start) {
    return end(statement, start);
  }

  /** Where the prefix of a comment that begins here ends, or -1. */
  int comment(int start) {
    return end(comment, start);
  }

  private static int end(Matcher matcher, int start) {
    boolean here = matcher != null && matcher.region(start, matcher.regionEnd()).lookingAt();
    return here ? matcher.end() : -1;
  }
}
