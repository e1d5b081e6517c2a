package dev.molt.runner.repl;

import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody typed: one line, or several that belong together. */
sealed interface Line {
  /** Blank, or a comment. */
  record Nothing() implements Line {}

  /** {@code :name argument}: something for the session itself. */
  record Order(ScalarNode name, ScalarNode argument) implements Line {}

  /** {@code ! command}. */
  record Shell(ScalarNode command) implements Line {}

  /** A few words of Groovy, run as a hook on each host; its value is what comes of it. */
  record Groovy(ScalarNode code) implements Line {}

  /** {@code {{ expression }}}, or one that begins with a result, such as {@code $1.stdout}. */
  record Expression(ScalarNode text) implements Line {}

  /** {@code run playbook.yml OPTIONS}. */
  record Run(ScalarNode words) implements Line {}

  /** {@code module key=value ...}. */
  record Call(ScalarNode module, ScalarNode arguments) implements Line {}

  /** A task, or a list of tasks, as in a playbook. */
  record Tasks(Source source) implements Line {}

  /** The key of a mapping, or the begin of a list. */
  Pattern YAML = Pattern.compile("-\\s.*|[\\w.]+:(\\s.*)?|\\{(?!\\{|%).*", Pattern.DOTALL);

  /** The first word, and what follows the blanks after it. */
  Pattern WORD = Pattern.compile("(\\S+)(\\s*)(.*)", Pattern.DOTALL);

  /** Never fails: what is wrong with a line shows when it is carried out. */
  static Line of(Source source) {
    String text = source.text();
    int start = 0;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    int end = text.length();
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    String stripped = text.substring(start, end);
    if (stripped.isEmpty() || stripped.startsWith("#")) {
      return new Nothing();
    }
    Matcher word = WORD.matcher(stripped);
    word.matches();
    ScalarNode first = part(source, start, start + word.end(1));
    ScalarNode rest = part(source, start + word.start(3), end);
    if (stripped.startsWith(":")) {
      return new Order(part(source, start + 1, start + word.end(1)), rest);
    } else if (stripped.startsWith("!")) {
      int at = start + 1;
      while (at < end && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return new Shell(part(source, at, end));
    } else if (stripped.startsWith("{{")
        || stripped.startsWith("{%")
        || startsWithResult(stripped)) {
      return new Expression(part(source, start, end));
    } else if (first.text().equals("run")) {
      return new Run(rest);
    } else if (YAML.matcher(stripped).matches()) {
      return new Tasks(source);
    }
    return new Call(first, rest);
  }

  /** Whether it is {@code $1} or {@code $_}, or something of one. */
  private static boolean startsWithResult(String text) {
    return text.matches("(?s)\\$(\\d+|_)(\\W.*)?");
  }

  private static ScalarNode part(Source source, int from, int to) {
    String text = source.text().substring(from, to);
    return new ScalarNode(
        source.at(from, Math.max(1, to - from)),
        text,
        new StrValue(text),
        ScalarNode.Style.DOUBLE_QUOTED,
        "",
        (offset, length) -> source.at(from + offset, length));
  }
}
