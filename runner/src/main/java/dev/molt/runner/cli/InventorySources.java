package dev.molt.runner.cli;

import dev.molt.dsl.settings.InventorySettings;
import dev.molt.dsl.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which inventories a command reads. */
final class InventorySources {
  private InventorySources() {}

  /**
   * Those of {@code -i}, else the configured ones; of nothing at all, {@code /etc/ansible/hosts} if
   * there is such a file.
   *
   * @param named bare names are looked up in {@code inventory/}, too
   * @return empty where there is only the implicit localhost
   * @throws dev.molt.dsl.source.DiagnosticException where a named one does not exist
   */
  static List<String> of(List<String> named, Settings settings) {
    if (!named.isEmpty()) {
      return named.stream().map(InventorySources::find).toList();
    }
    List<String> configured = settings.get(InventorySettings.INVENTORY);
    if (settings.origin(InventorySettings.INVENTORY).isPresent()) {
      return configured.stream().map(InventorySources::find).toList();
    }
    return configured.stream().filter(p -> Files.exists(Path.of(p))).toList();
  }

  private static String find(String name) {
    return name.contains(",")
        ? name
        : Names.find("inventory", "inventory", UserPath.of(name).toString()).toString();
  }
}
