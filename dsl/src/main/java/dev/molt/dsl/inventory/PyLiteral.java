package dev.molt.dsl.inventory;

import dev.molt.dsl.inventory.ShellWords.Word;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.ScalarNode.Style;
import dev.molt.dsl.yaml.SequenceNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the values of INI inventories, which Ansible takes for Python literals where they are such,
 * and for texts where they are not: {@code True} is a boolean, {@code yes} and {@code 0644} are
 * texts. Tuples and sets become lists.
 */
final class PyLiteral {
  private static final int MAX_DEPTH = 50;
  private static final Pattern INT =
      Pattern.compile(
          "0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|[1-9](?:_?[0-9])*+|0(?:_?0)*+");
  private static final Pattern FLOAT =
      Pattern.compile(
          "(?:[0-9](?:_?[0-9])*+)?\\.[0-9](?:_?[0-9])*+(?:[eE][-+]?[0-9]+)?"
              + "|[0-9](?:_?[0-9])*+(?:\\.(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*+");
  private static final Pattern STRING_PREFIX =
      Pattern.compile("(?:[rR][bB]?|[bB][rR]?|[uU])?(['\"])");

  /** Not a literal; the text is taken as it stands. */
  private static final class NoLiteral extends Exception {
    private static final long serialVersionUID = 1L;

    NoLiteral() {
      super("no literal", null, false, false);
    }
  }

  private final Source source;
  private final Word word;
  private final String text;
  private int at;

  private PyLiteral(Source source, Word word) {
    this.source = source;
    this.word = word;
    this.text = word.text();
  }

  static Node parse(Source source, Word word) {
    if (word.text().length() <= 100_000) {
      try {
        return new PyLiteral(source, word).whole();
      } catch (NoLiteral e) {
        // What follows is the rule, not the exception: most values are texts.
      }
    }
    return scalar(source, word, word.text(), new StrValue(word.text()), Style.PLAIN);
  }

  private Node whole() throws NoLiteral {
    Node value = value(0);
    skipSpace();
    if (at < text.length() && text.charAt(at) != '#') {
      if (text.charAt(at) != ',') {
        throw new NoLiteral();
      }
      at = 0;
      skipSpace();
      value = new SequenceNode(source.at(word.offsets()[at], 1), items((char) 0, 0));
    }
    return value;
  }

  private Node value(int depth) throws NoLiteral {
    skipSpace();
    if (at >= text.length() || depth > MAX_DEPTH) {
      throw new NoLiteral();
    }
    int start = at;
    char c = text.charAt(at);
    if (c == '[' || c == '(') {
      at++;
      char close = c == '[' ? ']' : ')';
      List<Node> items = items(close, depth + 1);
      boolean parentheses =
          c == '(' && items.size() == 1 && !text.substring(start, at).matches("(?s).*,\\s*\\)");
      return parentheses
          ? items.get(0)
          : new SequenceNode(source.at(word.offsets()[start], 1), items);
    } else if (c == '{') {
      at++;
      return mapping(start, depth + 1);
    } else if (matcher(STRING_PREFIX).lookingAt()) {
      return string();
    }
    return scalarAt(start);
  }

  private Node scalarAt(int start) throws NoLiteral {
    Matcher name = matcher(WORD);
    if (name.lookingAt()) {
      at = name.end();
      Value value =
          switch (name.group()) {
            case "True" -> Value.of(true);
            case "False" -> Value.of(false);
            case "None" -> NullValue.NULL;
            default -> throw new NoLiteral();
          };
      return scalar(start, value);
    }
    boolean negative = text.charAt(at) == '-';
    if (negative || text.charAt(at) == '+') {
      at++;
      skipSpace();
    }
    Matcher floating = matcher(FLOAT);
    if (floating.lookingAt()) {
      at = floating.end();
      double value = Double.parseDouble(floating.group().replace("_", ""));
      return ended(start, new FloatValue(negative ? -value : value));
    }
    Matcher integer = matcher(INT);
    if (!integer.lookingAt() || integer.end() - integer.start() > 4300) {
      throw new NoLiteral();
    }
    at = integer.end();
    BigInteger value = integer(integer.group().replace("_", ""));
    return ended(start, new IntValue(negative ? value.negate() : value));
  }

  private static BigInteger integer(String digits) {
    int radix =
        digits.length() < 2
            ? 10
            : switch (digits.charAt(1)) {
              case 'x', 'X' -> 16;
              case 'o', 'O' -> 8;
              case 'b', 'B' -> 2;
              default -> 10;
            };
    return new BigInteger(radix == 10 ? digits : digits.substring(2), radix);
  }

  /** A number has to end where it ends: 0644 and 10.0.0.1 are none. */
  private Node ended(int start, Value value) throws NoLiteral {
    if (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "._".indexOf(text.charAt(at)) >= 0)) {
      throw new NoLiteral();
    }
    return scalar(start, value);
  }

  private List<Node> items(char close, int depth) throws NoLiteral {
    List<Node> items = new ArrayList<>();
    while (!closes(close)) {
      items.add(value(depth));
      skipSpace();
      if (closes(close)) {
        break;
      }
      expect(',');
    }
    if (close != 0) {
      at++;
    }
    return items;
  }

  private boolean closes(char close) {
    skipSpace();
    return close == 0
        ? at >= text.length() || text.charAt(at) == '#'
        : at < text.length() && text.charAt(at) == close;
  }

  private Node mapping(int start, int depth) throws NoLiteral {
    Map<Value, MappingNode.Entry> entries = new LinkedHashMap<>();
    List<Node> set = new ArrayList<>();
    while (!closes('}')) {
      Node key = value(depth);
      if (closes(',') || closes('}')) {
        set.add(key);
      } else {
        expect(':');
        if (!(key instanceof ScalarNode scalar)) {
          throw new NoLiteral();
        }
        entries.put(scalar.value(), new MappingNode.Entry(scalar, value(depth)));
      }
      if (!closes('}')) {
        expect(',');
      }
    }
    at++;
    if (!set.isEmpty()) {
      if (!entries.isEmpty() || !set.stream().allMatch(ScalarNode.class::isInstance)) {
        throw new NoLiteral();
      }
      return new SequenceNode(source.at(word.offsets()[start], 1), set);
    }
    return new MappingNode(source.at(word.offsets()[start], 1), new ArrayList<>(entries.values()));
  }

  /** One or more strings side by side, which Python joins. */
  private Node string() throws NoLiteral {
    int start = at;
    PyString string = new PyString(text, word.offsets());
    Matcher prefix = matcher(STRING_PREFIX);
    while (prefix.lookingAt()) {
      boolean raw = prefix.group().toLowerCase(java.util.Locale.ROOT).contains("r");
      int end = string.read(prefix.end(), prefix.group(1).charAt(0), raw);
      if (end < 0) {
        throw new NoLiteral();
      }
      at = end;
      skipSpace();
      prefix = matcher(STRING_PREFIX);
    }
    Word joined = string.word(word.offsets()[Math.min(at, text.length())]);
    Style style = text.charAt(start) == '\'' ? Style.SINGLE_QUOTED : Style.DOUBLE_QUOTED;
    return scalar(source, joined, joined.text(), new StrValue(joined.text()), style);
  }

  private Node scalar(int start, Value value) {
    Word part =
        new Word(
            text.substring(start, at), java.util.Arrays.copyOfRange(word.offsets(), start, at + 1));
    return scalar(source, part, part.text(), value, Style.PLAIN);
  }

  private static ScalarNode scalar(
      Source source, Word part, String text, Value value, Style style) {
    int[] offsets = part.offsets();
    int length = offsets[offsets.length - 1] - offsets[0];
    return new ScalarNode(
        source.at(offsets[0], length),
        text,
        value,
        style,
        "",
        (offset, wanted) ->
            source.at(offsets[Math.max(0, Math.min(offset, offsets.length - 1))], wanted));
  }

  private void expect(char wanted) throws NoLiteral {
    skipSpace();
    if (at >= text.length() || text.charAt(at) != wanted) {
      throw new NoLiteral();
    }
    at++;
  }

  private Matcher matcher(Pattern pattern) {
    return pattern.matcher(text).region(Math.min(at, text.length()), text.length());
  }

  private void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }
}
