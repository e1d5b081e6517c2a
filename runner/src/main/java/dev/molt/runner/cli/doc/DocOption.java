package dev.molt.runner.cli.doc;

import java.util.List;
import java.util.Optional;

/**
 * One option of a module or lookup. Immutable.
 *
 * @param name {@code ...} for one that stands for all options that no other is named after
 */
record DocOption(
    String name,
    List<String> aliases,
    DocType type,
    boolean required,
    Optional<String> defaultValue,
    String doc) {
  static final String REST = "...";

  boolean rest() {
    return name.equals(REST);
  }
}
