package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Says in plain words what the parser stumbled over. The parser stops where its grammar ends, which
 * is often a line past the mistake: what the lines look like tells more than its message.
 */
final class SyntaxErrors {
  private static final Pattern UNKNOWN_START =
      Pattern.compile("found character '(.)' that cannot.*");
  private static final Pattern UNKNOWN_ESCAPE =
      Pattern.compile("found unknown escape character (.).*", Pattern.DOTALL);

  private static final Pattern LONG_ESCAPE = Pattern.compile("\\\\U([0-9A-Fa-f]{8})");

  private final Source source;
  private final Offsets offsets;

  SyntaxErrors(Source source, Offsets offsets) {
    this.source = source;
    this.offsets = offsets;
  }

  /** For a place where two braces, or a brace and a percent or number sign, begin a value. */
  static Diagnostic unquotedTemplate(Position at) {
    String line = at.source().line(at.line());
    String opening = line.substring(at.column() - 1, Math.min(at.column() + 1, line.length()));
    return Diagnostic.error(at, "a value that begins with '" + opening + "' has to be in quotes")
        .withHint("put the whole value in quotes: \"{{ ... }}\"");
  }

  /** The parser does not catch an escape past the last code point, and gives no place for it. */
  Diagnostic badEscape() {
    Matcher escape = LONG_ESCAPE.matcher(source.text());
    while (escape.find()) {
      if (Long.parseLong(escape.group(1), 16) > Character.MAX_CODE_POINT) {
        return Diagnostic.error(
            source.at(escape.start(), escape.end() - escape.start()),
            "'" + escape.group() + "' is no character: the last one is \\U0010FFFF");
      }
    }
    return Diagnostic.error(source.at(0, 1), "an escape in double quotes or in a tag is wrong");
  }

  Diagnostic explain(YAMLException error) {
    if (!(error instanceof MarkedYAMLException marked) || marked.getProblemMark() == null) {
      return Diagnostic.error(source.at(0, 1), firstLine(String.valueOf(error.getMessage())));
    }
    Position at = source.at(offsets.of(marked.getProblemMark()), 1);
    Position context =
        marked.getContextMark() == null ? at : source.at(offsets.of(marked.getContextMark()), 1);
    String problem = String.valueOf(marked.getProblem());
    return template(at)
        .or(() -> template(context))
        .or(() -> character(problem, at))
        .or(() -> colon(problem, at, context))
        .or(() -> quote(problem, marked.getContext(), at, context))
        .or(() -> flow(problem, at, context))
        .or(() -> block(problem, at))
        .orElseGet(() -> Diagnostic.error(at, firstLine(problem)));
  }

  private Optional<Diagnostic> template(Position at) {
    LineShape line = new LineShape(at);
    int column = line.templateColumn();
    return column == 0 ? Optional.empty() : Optional.of(unquotedTemplate(line.position(column, 2)));
  }

  private Optional<Diagnostic> character(String problem, Position at) {
    if (problem.contains("(TAB)")) {
      return found(at, "a tab cannot be used for indentation", "indent with spaces");
    }
    Matcher start = UNKNOWN_START.matcher(problem);
    if (start.matches()) {
      return found(
          at, "a value cannot begin with '" + start.group(1) + "'", "put the value in quotes");
    }
    Matcher escape = UNKNOWN_ESCAPE.matcher(problem);
    if (escape.matches()) {
      return found(
          new Position(source, at.line(), Math.max(1, at.column() - 1), 2),
          "unknown escape '\\" + escape.group(1) + "' in double quotes",
          "write '\\\\' for a backslash, or use single quotes, which know no escapes");
    } else if (problem.startsWith("unexpected character found")) {
      return found(at, "a name is missing after '&' or '*'", "put the value in quotes");
    } else if (problem.startsWith("expected chomping or indentation")) {
      return found(
          at,
          "text after the '|' or '>' that begins a block",
          "put the text on the next line, indented; or put the whole value in quotes");
    }
    return Optional.empty();
  }

  private Optional<Diagnostic> colon(String problem, Position at, Position context) {
    if (problem.startsWith("could not find expected ':'")) {
      return missingColon(context);
    } else if (!problem.startsWith("mapping values are not allowed")) {
      return Optional.empty();
    }
    LineShape here = new LineShape(at);
    if (here.valueColumn() > 0 && here.valueColumn() < at.column()) {
      return found(
          at.withLength(1),
          "a second ': ' in one line",
          "put the value in quotes if the ':' belongs to it: " + here.quotedExample());
    }
    Optional<LineShape> before = here.before();
    if (before.isEmpty()) {
      return found(at, "a ':' where no key can stand", "put the value in quotes");
    }
    LineShape above = before.get();
    if (above.valueColumn() > 0 && here.keyColumn() > above.keyColumn()) {
      return found(
          here.position(here.keyColumn(), here.keyLength()),
          "indented deeper than '%s' above, which has a value already".formatted(above.key()),
          "indent both alike, or remove the value of '%s'".formatted(above.key()));
    }
    return missingColon(above.position(above.keyColumn(), 1));
  }

  private Optional<Diagnostic> missingColon(Position key) {
    LineShape line = new LineShape(key);
    if (line.gluedColon() > 0) {
      Position colon = line.position(line.gluedColon(), 2);
      return found(colon, "a space is missing after the ':'", "write 'key: value'");
    } else if (line.gluedDash() > 0) {
      return found(
          line.position(line.gluedDash(), 2), "a space is missing after the '-'", "write '- item'");
    }
    String text = source.line(key.line());
    int length = text.stripTrailing().length() - key.column() + 1;
    return found(
        key.withLength(length),
        "neither a key nor the rest of the value above: a ':' is missing",
        "write 'key: value' or 'key:'");
  }

  private Optional<Diagnostic> quote(
      String problem, String context, Position at, Position opening) {
    if (problem.startsWith("found unexpected end of stream")
        && String.valueOf(context).contains("quoted scalar")) {
      return found(opening, "this quote is never closed", "close it at the end of the value");
    } else if (!problem.startsWith("expected <block end>, but found '<scalar>'")) {
      return Optional.empty();
    }
    LineShape here = new LineShape(at);
    char quote = here.quoteBefore(at.column());
    if (quote == 0) {
      return Optional.empty();
    }
    if (here.count(quote, at.column()) % 2 == 0 || here.openingQuote() == quote) {
      Optional<Position> opened = here.unbalancedAbove(quote);
      if (opened.isEmpty() || here.count(quote, at.column()) % 2 == 0) {
        return found(
            at,
            "text after the closing quote",
            quote == '\''
                ? "put the whole value in quotes; within single quotes, '' stands for one"
                : "put the whole value in quotes; within double quotes, \\\" stands for one");
      }
      return Optional.of(
          Diagnostic.error(at, "text after the closing quote")
              .withHint("close the quote that was opened above")
              .withNote("this quote was not closed on its line", opened.get()));
    }
    return Optional.empty();
  }

  private Optional<Diagnostic> flow(String problem, Position at, Position opening) {
    if (problem.startsWith("expected ',' or '")) {
      char close = problem.charAt("expected ',' or '".length());
      char open = close == '}' ? '{' : '[';
      if (at.line() > opening.line() || problem.contains("<stream end>")) {
        return found(
            opening, "this '%c' is never closed".formatted(open), "add the '%c'".formatted(close));
      }
      return found(
          at,
          "expected ',' or '%c' here".formatted(close),
          "put a text with special characters in quotes");
    } else if (problem.startsWith("expected the node content, but found '<")) {
      return found(at, "the text ends in the middle of a value", "close what was opened");
    } else if (problem.startsWith("expected the node content")) {
      String text = source.line(at.line());
      String found = at.column() <= text.length() ? text.substring(at.column() - 1) : "";
      return found(
          at,
          "a value cannot begin with '" + found.substring(0, Math.min(1, found.length())) + "'",
          "put the value in quotes");
    }
    return Optional.empty();
  }

  private Optional<Diagnostic> block(String problem, Position at) {
    if (problem.startsWith("sequence entries are not allowed")) {
      return found(
          at,
          "a list cannot begin on the line of its key",
          "put each '- item' on a line of its own");
    }
    LineShape here = new LineShape(at);
    if (problem.endsWith("but found '-'")) {
      return found(
          at,
          "a list item where a key is expected",
          "indent it as the items it belongs to, or write 'key: value' instead of '- '");
    } else if (problem.endsWith("but found '?'") && here.keyColumn() == at.column()) {
      return found(
          here.position(here.keyColumn(), here.keyLength()),
          "a key where a list item is expected",
          "begin it with '- ', or indent it as the lines it belongs to");
    } else if (problem.startsWith("expected") && here.indent() + 1 == at.column()) {
      return found(
          at,
          "the indentation of this line fits none of the lines above",
          "indent it exactly as the lines it belongs to");
    } else if (problem.startsWith("expected <block end>")) {
      return found(
          at, "text after the end of a value", "put the whole value in quotes if it belongs to it");
    }
    return Optional.empty();
  }

  private static Optional<Diagnostic> found(Position at, String message, String hint) {
    return Optional.of(Diagnostic.error(at, message).withHint(hint));
  }

  private static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("the text cannot be read as YAML");
  }
}
