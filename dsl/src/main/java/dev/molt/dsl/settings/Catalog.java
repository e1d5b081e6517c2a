package dev.molt.dsl.settings;

import java.util.ArrayList;
import java.util.List;

/** All settings. */
public final class Catalog {
  private Catalog() {}

  /** By theme, in the order in which they are documented. */
  public static List<Setting<?>> all() {
    List<Setting<?>> all = new ArrayList<>();
    all.addAll(RunSettings.all());
    all.addAll(InventorySettings.all());
    all.addAll(AccessSettings.all());
    all.addAll(LanguageSettings.all());
    all.addAll(VaultSettings.all());
    all.addAll(OutputSettings.all());
    return all;
  }
}
