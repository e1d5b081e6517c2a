package dev.molt.runner.cli;

import dev.molt.dsl.inventory.InventoryOptions;
import dev.molt.dsl.settings.InventorySettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.DiagnosticException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which inventories a command reads. */
public final class InventorySources {
  private InventorySources() {}

  /**
   * Those of {@code -i}, else the configured ones; of nothing at all, {@code /etc/ansible/hosts} if
   * there is such a file.
   *
   * @param named bare names are looked up in {@code inventory/}, too
   * @return empty where there is only the implicit localhost
   * @throws dev.molt.dsl.source.DiagnosticException where a named one does not exist
   */
  public static List<String> of(List<String> named, Settings settings) {
    boolean strict = InventoryLoading.broken(settings) == InventoryOptions.Broken.ERROR;
    if (!named.isEmpty()) {
      return named.stream().map(n -> find(n, strict)).toList();
    }
    List<String> configured = settings.get(InventorySettings.INVENTORY);
    if (settings.origin(InventorySettings.INVENTORY).isPresent()) {
      return configured.stream().map(n -> find(n, strict)).toList();
    }
    return configured.stream().filter(p -> Files.exists(Path.of(p))).toList();
  }

  private static String find(String name, boolean strict) {
    if (name.contains(",")) {
      return name;
    }
    String path = UserPath.of(name).toString();
    try {
      return Names.find("inventory", "inventory", path).toString();
    } catch (DiagnosticException e) {
      if (strict) {
        throw e;
      }
      return path; // Whoever loads it says that it is left out.
    }
  }
}
