package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
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
}
