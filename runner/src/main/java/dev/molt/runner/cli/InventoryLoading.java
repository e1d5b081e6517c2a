package dev.molt.runner.cli;

import dev.molt.dsl.inventory.GroupNames;
import dev.molt.dsl.inventory.IgnoredFiles;
import dev.molt.dsl.inventory.InventoryOptions;
import dev.molt.dsl.inventory.InventoryOptions.Broken;
import dev.molt.dsl.inventory.Mismatch;
import dev.molt.dsl.settings.InventorySettings;
import dev.molt.dsl.settings.OutputSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** How commands load inventories: as the settings say. */
public final class InventoryLoading {
  private InventoryLoading() {}

  /**
   * The options of a command.
   *
   * @param templar knows the passwords, too
   * @param extraVars strongest first
   * @throws dev.molt.dsl.source.DiagnosticException for a pattern of names that is none
   */
  public static InventoryOptions options(
      Settings settings, Templar templar, List<Layer> extraVars) {
    return InventoryOptions.defaults()
        .withTemplar(() -> templar)
        .withUnlock(templar.vault()::open)
        .withExtraVars(extraVars)
        .withGroupNames(groupNames(settings))
        .withBroken(broken(settings))
        .withIgnored(
            new IgnoredFiles(
                settings.get(InventorySettings.IGNORED_EXTENSIONS),
                settings.get(InventorySettings.IGNORED_PATTERNS).stream()
                    .map(InventoryLoading::pattern)
                    .toList()));
  }

  private static GroupNames.Policy groupNames(Settings settings) {
    return switch (settings.get(InventorySettings.TRANSFORM_INVALID_GROUP_CHARS)) {
      case "always" -> GroupNames.Policy.REPLACE_AND_WARN;
      case "silently" -> GroupNames.Policy.REPLACE;
      case "ignore" -> GroupNames.Policy.KEEP;
      default -> GroupNames.Policy.WARN;
    };
  }

  /** Half an inventory is an error, unless someone asks for what Ansible makes of it. */
  static Broken broken(Settings settings) {
    boolean asked =
        settings.origin(InventorySettings.ANY_UNPARSED_IS_FAILED).isPresent()
            || settings.get(OutputSettings.OUTPUT).equals("ansible");
    if (!asked || settings.get(InventorySettings.ANY_UNPARSED_IS_FAILED)) {
      return Broken.ERROR;
    }
    return settings.get(InventorySettings.UNPARSED_IS_FAILED)
        ? Broken.ERROR_IF_ALL
        : Broken.WARNING;
  }

  static Mismatch mismatch(Settings settings) {
    return Mismatch.of(settings.get(InventorySettings.HOST_PATTERN_MISMATCH));
  }

  private static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw Diagnostic.error(
              "inventory_ignore_patterns has '" + regex + "', which is no regular expression")
          .asException();
    }
  }
}
