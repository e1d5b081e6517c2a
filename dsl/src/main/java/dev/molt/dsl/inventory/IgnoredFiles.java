package dev.molt.dsl.inventory;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is passed over in a directory of inventories, besides hidden files and files of variables.
 * Immutable.
 *
 * @param ends how names end
 * @param patterns found anywhere in a name
 */
public record IgnoredFiles(List<String> ends, List<Pattern> patterns) {
  private static final Set<String> ALWAYS = Set.of("group_vars", "host_vars", "vars_plugins");

  /** What Ansible passes over; it took {@code .ini} off this list in 2.19. */
  public static final IgnoredFiles DEFAULT =
      new IgnoredFiles(
          List.of(
              ".pyc", ".pyo", ".swp", ".bak", "~", ".rpm", ".md", ".txt", ".rst", ".orig", ".cfg",
              ".retry"),
          List.of());

  public IgnoredFiles {
    ends = List.copyOf(ends);
    patterns = List.copyOf(patterns);
  }

  boolean covers(String name) {
    return name.startsWith(".")
        || ALWAYS.contains(name)
        || ends.stream().anyMatch(name::endsWith)
        || patterns.stream().anyMatch(p -> p.matcher(name).find());
  }
}
