package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line looks like to somebody who reads it without a parser: where its key stands, where its
 * value. Columns count from 1; 0 where there is no such thing.
 */
final class LineShape {
  private static final String LEAD = "^\\s*(?:-\\s+)*";
  private static final Pattern TEMPLATE =
      Pattern.compile(LEAD + "(?:[\\w.-]+\\s*:\\s+)?(\\{[{%#])");
  private static final Pattern KEY_VALUE =
      Pattern.compile(LEAD + "([^\\s:#'\"][^:]*?)\\s*:\\s+(\\S)");
  private static final Pattern KEY = Pattern.compile(LEAD + "([^\\s:#][^:]*?)\\s*(?::|$)");
  private static final Pattern GLUED_COLON = Pattern.compile(LEAD + "[\\w.-]+(:)[^\\s:/]");
  private static final Pattern GLUED_DASH = Pattern.compile("^\\s*(-)[^\\s-]");

  private final Source source;
  private final int line;
  private final String text;

  LineShape(Position position) {
    this(position.source(), position.line());
  }

  private LineShape(Source source, int line) {
    this.source = source;
    this.line = line;
    // Longer lines are not what somebody mistyped, and matching them has to stay cheap.
    String whole = source.line(line);
    this.text = whole.length() > 2000 ? whole.substring(0, 2000) : whole;
  }

  Position position(int column, int length) {
    return new Position(source, line, Math.max(1, column), Math.max(1, length));
  }

  /** The nearest line above that is neither blank nor a comment. */
  Optional<LineShape> before() {
    for (int above = line - 1; above > 0; above--) {
      String candidate = source.line(above).strip();
      if (!candidate.isEmpty() && !candidate.startsWith("#")) {
        return Optional.of(new LineShape(source, above));
      }
    }
    return Optional.empty();
  }

  int indent() {
    return text.length() - text.stripLeading().length();
  }

  int templateColumn() {
    return column(TEMPLATE, 1);
  }

  int valueColumn() {
    return column(KEY_VALUE, 2);
  }

  int keyColumn() {
    return column(KEY, 1);
  }

  int keyLength() {
    return key().length();
  }

  String key() {
    Matcher matcher = KEY.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  int gluedColon() {
    return column(GLUED_COLON, 1);
  }

  int gluedDash() {
    return column(GLUED_DASH, 1);
  }

  /** This line's key with its value in quotes. */
  String quotedExample() {
    String value = text.substring(valueColumn() - 1).strip();
    boolean plain = value.indexOf('"') < 0 && value.indexOf('\\') < 0;
    return key() + ": " + (plain ? '"' + value + '"' : "'" + value.replace("'", "''") + "'");
  }

  /** The quote that a value ended with just before this column, or 0. */
  char quoteBefore(int column) {
    int at = Math.min(column - 2, text.length() - 1);
    while (at >= 0 && Character.isWhitespace(text.charAt(at))) {
      at--;
    }
    return at >= 0 && (text.charAt(at) == '"' || text.charAt(at) == '\'') ? text.charAt(at) : 0;
  }

  /** The quote that the value of this line begins with, or 0. */
  char openingQuote() {
    int column = valueColumn();
    char first = column > 0 ? text.charAt(column - 1) : 0;
    return first == '"' || first == '\'' ? first : 0;
  }

  /** How often a character stands before this column. */
  int count(char wanted, int column) {
    int end = Math.min(column - 1, text.length());
    return (int) text.substring(0, end).chars().filter(c -> c == wanted).count();
  }

  /** The nearest quote above whose line has an odd number of them. */
  Optional<Position> unbalancedAbove(char quote) {
    for (int above = line - 1; above > 0 && above > line - 200; above--) {
      LineShape shape = new LineShape(source, above);
      if (shape.count(quote, Integer.MAX_VALUE) % 2 == 1) {
        return Optional.of(shape.position(shape.text.indexOf(quote) + 1, 1));
      }
    }
    return Optional.empty();
  }

  private int column(Pattern pattern, int group) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.start(group) + 1 : 0;
  }
}
