package dev.molt.runner.engine;

import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import dev.molt.runner.module.Registry;
import dev.molt.runner.module.Spec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code module_defaults} of play, blocks and task give a module; inner ones win. */
final class ModuleDefaults {
  static final String KEYWORD = "module_defaults";

  private ModuleDefaults() {}

  static Map<String, Node> of(RunContext run, Frame frame, Spec<?> spec, Variables variables) {
    Map<String, Node> defaults = new LinkedHashMap<>();
    for (Node node : frame.all(KEYWORD)) {
      for (Node part : node instanceof SequenceNode list ? list.items() : List.of(node)) {
        Node written =
            part instanceof ScalarNode text && !text.isNull()
                ? WrittenValues.mapping(text, run.templar(), variables).orElse(null)
                : part;
        if (written instanceof MappingNode mapping) {
          mapping.entries().forEach(e -> add(e, spec, defaults));
        }
      }
    }
    return defaults;
  }

  private static void add(MappingNode.Entry entry, Spec<?> spec, Map<String, Node> defaults) {
    if (Registry.plainName(entry.key().text()).equals(spec.name())
        && entry.value() instanceof MappingNode options) {
      options.entries().forEach(o -> defaults.put(o.key().text(), o.value()));
    }
  }
}
