package dev.molt.dsl.playbook;

import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands beside {@code import_playbook} holds for every play that it brings in: conditions and
 * tags add up, and its variables win over the play's own.
 */
final class ImportedPlay {
  private ImportedPlay() {}

  static Play with(Play play, List<MappingNode.Entry> given) {
    Map<String, MappingNode.Entry> keywords = new LinkedHashMap<>(play.keywords().entries());
    for (MappingNode.Entry entry : given) {
      String key = entry.key().text();
      MappingNode.Entry own = keywords.get(key);
      keywords.put(
          key,
          own == null
              ? entry
              : new MappingNode.Entry(entry.key(), together(key, entry.value(), own.value())));
    }
    return new Play(
        play.position(),
        play.file(),
        new Keywords(keywords),
        play.preTasks(),
        play.roles(),
        play.tasks(),
        play.postTasks(),
        play.handlers());
  }

  private static Node together(String key, Node outer, Node own) {
    if (!key.equals("vars")) {
      List<Node> all = new ArrayList<>(items(outer));
      all.addAll(items(own));
      return new SequenceNode(outer.position(), all);
    } else if (!(outer instanceof MappingNode given) || !(own instanceof MappingNode vars)) {
      return outer;
    } else {
      Map<String, MappingNode.Entry> all = new LinkedHashMap<>();
      vars.entries().forEach(e -> all.put(e.key().text(), e));
      given.entries().forEach(e -> all.put(e.key().text(), e));
      return new MappingNode(outer.position(), new ArrayList<>(all.values()));
    }
  }

  private static List<Node> items(Node node) {
    return node instanceof SequenceNode list
        ? list.items()
        : node instanceof ScalarNode scalar && scalar.isNull() ? List.of() : List.of(node);
  }
}
