package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes nodes as they stand, without evaluating templates in them. */
public final class NodeValues {
  private NodeValues() {}

  /**
   * The value of a node whose texts are no templates, or are to be kept as texts. Lists and maps
   * are new ones, so that the caller may change them.
   *
   * @throws dev.molt.dsl.source.DiagnosticException for an encrypted value: its text is not what
   *     the user means
   */
  public static Value plain(Node node) {
    if (node instanceof SequenceNode sequence) {
      List<Value> items = new ArrayList<>(sequence.items().size());
      sequence.items().forEach(item -> items.add(plain(item)));
      return new ListValue(items);
    } else if (node instanceof MappingNode mapping) {
      Map<Value, Value> entries = new LinkedHashMap<>();
      mapping.entries().forEach(e -> entries.put(e.key().value(), plain(e.value())));
      return new MapValue(entries);
    }
    ScalarNode scalar = (ScalarNode) node;
    if (scalar.isVault()) {
      throw Diagnostic.error(scalar.position(), "an encrypted value cannot be used here")
          .asException();
    }
    return scalar.value();
  }

  /**
   * A node for a value that is final: its texts are never taken for templates.
   *
   * @param position what errors point at
   */
  public static Node fixed(Value value, Position position) {
    if (value instanceof ListValue list) {
      return new SequenceNode(
          position, list.items().stream().map(item -> fixed(item, position)).toList());
    } else if (value instanceof MapValue map && map.unknown().isEmpty()) {
      List<MappingNode.Entry> entries = new ArrayList<>();
      map.entries()
          .forEach(
              (key, item) ->
                  entries.add(new MappingNode.Entry(scalar(key, position), fixed(item, position))));
      return new MappingNode(position, entries);
    }
    return scalar(value, position);
  }

  private static ScalarNode scalar(Value value, Position position) {
    String text =
        value instanceof StrValue s ? s.text() : value instanceof MapValue ? "" : value.toString();
    return new ScalarNode(
        position, text, value, ScalarNode.Style.PLAIN, Scalars.UNSAFE, new Fixed(position));
  }

  /** Whether a node is of {@link #fixed}, and not one that somebody wrote as {@code !unsafe}. */
  public static boolean isFixed(ScalarNode node) {
    return node.origin() instanceof Fixed;
  }

  /** All of a text that was computed stands where the expression does. */
  private record Fixed(Position position) implements TextOrigin {
    @Override
    public Position at(int offset, int length) {
      return position;
    }
  }

  /** The same with every text in it marked as {@code !unsafe}: never to be taken for a template. */
  public static Node unsafe(Node node) {
    return Scalars.unsafe(node);
  }
}
