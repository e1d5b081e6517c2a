package dev.molt.runner.repl;

import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes a tree as YAML in block style, its texts as short as they can be. */
final class NodeText {
  private static final Json.Options PLAIN = new Json.Options(-1, false, false, ", ", ": ");
  private static final Pattern SAFE =
      Pattern.compile("[A-Za-z_/.][\\w ./=@%+~,:;()$|<>*'\"\\\\?!&^-]*");
  private static final Set<String> WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n", "~", ".inf", ".nan");

  private NodeText() {}

  /** Lines without indentation, a line break after each but the last. */
  static String of(Node node) {
    StringBuilder out = new StringBuilder();
    write(node, 0, out);
    return out.toString();
  }

  private static void write(Node node, int depth, StringBuilder out) {
    String pad = "  ".repeat(depth);
    if (node instanceof MappingNode mapping && !mapping.entries().isEmpty()) {
      boolean first = true;
      for (MappingNode.Entry entry : mapping.entries()) {
        out.append(first ? "" : "\n" + pad).append(scalar(entry.key().text())).append(':');
        below(entry.value(), depth + 1, out);
        first = false;
      }
    } else if (node instanceof SequenceNode list && !list.items().isEmpty()) {
      boolean first = true;
      for (Node item : list.items()) {
        out.append(first ? "" : "\n" + pad).append("- ");
        write(item, depth + 1, out);
        first = false;
      }
    } else if (node instanceof ScalarNode scalar) {
      out.append(scalar(scalar));
    } else {
      out.append(node instanceof MappingNode ? "{}" : "[]");
    }
  }

  private static void below(Node value, int depth, StringBuilder out) {
    boolean block =
        (value instanceof MappingNode m && !m.entries().isEmpty())
            || (value instanceof SequenceNode s && !s.items().isEmpty());
    if (block) {
      out.append('\n').append("  ".repeat(depth));
      write(value, depth, out);
    } else if (!(value instanceof ScalarNode s && s.text().isEmpty())) {
      out.append(' ');
      write(value, depth, out);
    }
  }

  private static String scalar(ScalarNode scalar) {
    String tag = scalar.tag().isEmpty() ? "" : scalar.tag() + " ";
    return tag + (scalar.isString() ? scalar(scalar.text()) : scalar.text());
  }

  /** A text; in quotes where YAML would take it for something else. */
  static String scalar(String text) {
    boolean plain =
        SAFE.matcher(text).matches()
            && !text.contains(": ")
            && !text.contains(" #")
            && !text.endsWith(":")
            && !text.endsWith(" ")
            && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT));
    return plain ? text : Json.write(new StrValue(text), PLAIN);
  }
}
