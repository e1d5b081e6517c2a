package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Nodes;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.List;

/** A file that says {@code plugin: NAME}: it makes hosts or groups instead of listing them. */
final class PluginInventory {
  private static final List<String> NAMES = List.of("constructed", "generator");

  private PluginInventory() {}

  /**
   * Does what the file describes.
   *
   * @param beside the {@code group_vars} and {@code host_vars} beside the sources read so far
   */
  static void read(
      MappingNode root,
      InventoryBuilder into,
      InventoryOptions options,
      List<VarsDirectory> beside) {
    ScalarNode name =
        Nodes.requireString(root.entry("plugin").orElseThrow().value(), "the name of a plugin");
    switch (name.text().replaceFirst("^ansible\\.(builtin|legacy)\\.", "")) {
      case "constructed" -> new ConstructedInventory(root, into, options, beside).read();
      case "generator" -> new GeneratorInventory(root, into, options.templar().get()).read();
      default ->
          throw Diagnostic.error(
                  name.position(), "there is no inventory plugin '" + name.text() + "' here")
              .withHint(
                  Suggestions.hint(name.text(), NAMES)
                      .orElse(
                          "constructed and generator are; for others, use a script that prints what"
                              + " ansible-inventory --list does"))
              .asException();
    }
  }
}
