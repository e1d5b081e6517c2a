package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Suggestions;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes nodes for what they have to be. {@code what} names the thing in the error, such as {@code a
 * play}: "expected a mapping for a play, found a list". Everything that is named {@code require}
 * throws {@link dev.molt.dsl.source.DiagnosticException} where the node is something else.
 */
public final class Nodes {
  private static final Pattern GLUED_KEY =
      Pattern.compile("^[A-Za-z_][\\w.-]*:\\S.*", Pattern.DOTALL);

  private Nodes() {}

  public static MappingNode requireMapping(Node node, String what) {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    Diagnostic error = mismatch(node, "a mapping", what);
    if (node instanceof SequenceNode) {
      error = error.withHint("remove the '-' in front, and write 'key: value' lines");
    } else if (node instanceof ScalarNode scalar && GLUED_KEY.matcher(scalar.text()).matches()) {
      error = error.withHint("put a space after the ':'");
    }
    throw error.asException();
  }

  public static SequenceNode requireSequence(Node node, String what) {
    if (node instanceof SequenceNode sequence) {
      return sequence;
    }
    Diagnostic error = mismatch(node, "a list", what);
    throw (node instanceof MappingNode ? error.withHint("begin each item with '- '") : error)
        .asException();
  }

  /** Any single value: a string, number, boolean or null. */
  public static ScalarNode requireScalar(Node node, String what) {
    if (node instanceof ScalarNode scalar) {
      return scalar;
    }
    throw mismatch(node, "a single value", what).asException();
  }

  /** A string as YAML resolves it: {@code yes} and {@code 1} are none unless in quotes. */
  public static ScalarNode requireString(Node node, String what) {
    if (node instanceof ScalarNode scalar && scalar.isString()) {
      return scalar;
    }
    Diagnostic error = mismatch(node, "a string", what);
    if (node instanceof ScalarNode scalar && !scalar.isNull()) {
      error = error.withHint("put it in quotes: \"" + scalar.text() + "\"");
    }
    throw error.asException();
  }

  /** The items of a list, or the node itself as the only one where it is no list. */
  public static List<Node> itemsOrSelf(Node node) {
    return node instanceof SequenceNode sequence ? sequence.items() : List.of(node);
  }

  public static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar && scalar.isNull();
  }

  /** The text of a string node; empty for all others. */
  public static Optional<String> string(Node node) {
    return node instanceof ScalarNode scalar && scalar.isString()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  /** Reports every key that is not valid, with the nearest one that is. */
  public static void checkKeys(
      MappingNode mapping, String what, Collection<String> valid, Diagnostics problems) {
    for (MappingNode.Entry entry : mapping.entries()) {
      if (!valid.contains(entry.key().text())) {
        problems.add(unknownKey(entry.key(), what, valid));
      }
    }
  }

  /** What to report for a key that {@code what} does not know. */
  public static Diagnostic unknownKey(ScalarNode key, String what, Collection<String> valid) {
    return Diagnostic.error(key.position(), "unknown key '" + key.text() + "' in " + what)
        .withHint(
            Suggestions.hint(key.text(), valid)
                .orElseGet(
                    () -> "known keys: " + String.join(", ", valid.stream().sorted().toList())));
  }

  private static Diagnostic mismatch(Node node, String expected, String what) {
    String found = isNull(node) ? "nothing" : node.kind();
    return Diagnostic.error(
        node.position(), "expected " + expected + " for " + what + ", found " + found);
  }
}
