package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers the entries of one mapping: sees to keys given twice and merges what {@code <<} brings
 * in. As with PyYAML, merged entries come first, the mapping's own replace them in place, and of
 * several merged mappings the first one wins.
 */
final class MappingBuilder {
  private final Diagnostics problems;
  private final Map<Value, MappingNode.Entry> own = new LinkedHashMap<>();
  private final Map<Value, MappingNode.Entry> merged = new LinkedHashMap<>();
  private final Map<Value, ScalarNode> seen = new HashMap<>();

  MappingBuilder(Diagnostics problems) {
    this.problems = problems;
  }

  boolean isEmpty() {
    return seen.isEmpty();
  }

  void add(ScalarNode key, Node value, boolean merge) {
    ScalarNode before = seen.putIfAbsent(key.value(), key);
    if (before != null && !lastCounts(key, before, merge)) {
      return;
    }
    if (merge) {
      merge(key, value);
    } else {
      own.put(key.value(), new MappingNode.Entry(key, value));
    }
  }

  private boolean lastCounts(ScalarNode key, ScalarNode before, boolean merge) {
    String hint =
        merge
            ? "merge several with a list: <<: [*first, *second]"
            : "remove one of them; Ansible would silently take the last";
    return DuplicateKeys.lastCounts(key, before, hint, problems::add);
  }

  private void merge(ScalarNode key, Node value) {
    if (value instanceof MappingNode mapping) {
      mapping.entries().forEach(e -> merged.put(e.key().value(), e));
    } else if (value instanceof SequenceNode list
        && list.items().stream().allMatch(MappingNode.class::isInstance)) {
      List<Node> lastFirst = new ArrayList<>(list.items());
      Collections.reverse(lastFirst);
      lastFirst.forEach(item -> merge(key, item));
    } else {
      problems.add(
          Diagnostic.error(
                  key.position(),
                  "'<<' merges a mapping or a list of mappings, found " + describe(value))
              .withHint("write '<<: *anchor', or quote \"<<\" if it is meant as a key"));
    }
  }

  private static String describe(Node value) {
    return value instanceof SequenceNode ? "a list with other items" : value.kind();
  }

  List<MappingNode.Entry> entries() {
    if (merged.isEmpty()) {
      return List.copyOf(own.values());
    }
    Map<Value, MappingNode.Entry> all = new LinkedHashMap<>(merged);
    all.putAll(own);
    return List.copyOf(all.values());
  }
}
