package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Keywords;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tasks that no playbook writes down: as if they stood where their play begins. */
final class MadeTask {
  private MadeTask() {}

  /** One without options and keywords. */
  static Task of(Play play, String action) {
    return of(play, action, new MappingNode(play.position(), List.of()), Map.of());
  }

  /** One with options, and with keywords by their names. */
  static Task of(Play play, String action, Node options, Map<String, Node> keywords) {
    Position at = play.position();
    return new Task(
        at,
        play.file(),
        List.of(),
        new Keywords(entries(at, keywords)),
        ScalarNode.made(at, action),
        options,
        Optional.empty());
  }

  /** A mapping with these keys. */
  static Map<String, MappingNode.Entry> entries(Position at, Map<String, Node> nodes) {
    Map<String, MappingNode.Entry> entries = new LinkedHashMap<>();
    nodes.forEach((k, v) -> entries.put(k, new MappingNode.Entry(ScalarNode.made(at, k), v)));
    return entries;
  }
}
