package dev.molt.dsl.vars;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Scope;
import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The items of a loop that is written as {@code with_NAME}, where NAME is any lookup. */
public final class LoopItems {
  private static final String PREFIX = "with_";

  private LoopItems() {}

  /** Whether a keyword is one of these loops. */
  public static boolean isLoop(String keyword) {
    return keyword.startsWith(PREFIX);
  }

  /** What is wrong with the keyword itself: that there is no such lookup. */
  public static Optional<Diagnostic> unknown(String keyword, Position at, Library library) {
    String name = Library.shortName(keyword.substring(PREFIX.length()));
    if (library.lookups().names().contains(name)) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnostic.error(at, "there is no lookup named '" + name + "' for '" + keyword + "'")
            .withHint(
                Suggestions.hint(name, library.lookups().names())
                    .orElse("write it as 'loop:' with filters, such as zip or subelements")));
  }

  /**
   * The items.
   *
   * @param keyword such as {@code with_items}
   * @param terms what stands after it
   * @throws DiagnosticException where there is no such lookup, or it does not take the terms
   */
  public static List<Value> of(String keyword, Node terms, Templar templar, Scope scope) {
    String name = Library.shortName(keyword.substring(PREFIX.length()));
    // Files whose names are made of undefined variables are passed over, as in Ansible.
    Value value =
        name.equals("first_found") ? lenient(terms, templar, scope) : templar.resolve(terms, scope);
    return templar
        .engine()
        .lookup(name, list(name, value, terms), origin(terms), scope)
        .orElseThrow(
            () ->
                unknown(keyword, terms.position(), templar.engine().library())
                    .orElseThrow()
                    .asException());
  }

  private static List<Value> list(String name, Value value, Node terms) {
    if (value instanceof ListValue list) {
      return list.items();
    } else if (name.equals("indexed_items") || name.equals("list")) {
      throw Diagnostic.error(terms.position(), "with_" + name + " expects a list").asException();
    } else if (value instanceof MapValue map
        && !name.equals("dict")
        && !name.equals("first_found")) {
      return new ArrayList<>(map.entries().keySet());
    }
    return List.of(value);
  }

  private static TextOrigin origin(Node node) {
    return node instanceof ScalarNode scalar
        ? (at, length) -> scalar.origin().at(0, Math.max(1, scalar.text().length()))
        : (at, length) -> node.position();
  }

  /** The value in which undefined values stand for themselves. */
  private static Value lenient(Node node, Templar templar, Scope scope) {
    if (node instanceof SequenceNode sequence) {
      List<Value> items = new ArrayList<>(sequence.items().size());
      sequence.items().forEach(item -> items.add(lenient(item, templar, scope)));
      return new ListValue(items);
    } else if (node instanceof MappingNode mapping) {
      Map<Value, Value> entries = new LinkedHashMap<>();
      mapping
          .entries()
          .forEach(e -> entries.put(e.key().value(), lenient(e.value(), templar, scope)));
      return new MapValue(entries);
    }
    try {
      return templar.resolve(node, scope);
    } catch (UndefinedException e) {
      if (e.unknown()) {
        throw e;
      }
      return UndefinedValue.of(e.diagnostics().get(0).message());
    }
  }
}
