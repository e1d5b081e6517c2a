package dev.molt.runner.engine;

import java.util.Collections;
import java.util.Set;

/**
 * Which tasks {@code --tags} and {@code --skip-tags} leave in (Ansible's page "Tags": {@code
 * always}, {@code never}, {@code all}, {@code tagged}, {@code untagged}).
 */
public record TagFilter(Set<String> only, Set<String> skip) {
  public static final TagFilter ALL = new TagFilter(Set.of("all"), Set.of());

  public TagFilter {
    only = only.isEmpty() ? Set.of("all") : Set.copyOf(only);
    skip = Set.copyOf(skip);
  }

  /** Whether it leaves in what it does without being given. */
  boolean isAll() {
    return skip.isEmpty() && only.size() == 1 && only.contains("all");
  }

  /** Whether a task with these tags runs. */
  public boolean runs(Set<String> tags) {
    return wanted(tags) && !skipped(tags);
  }

  private boolean wanted(Set<String> tags) {
    if (tags.contains("always") || !Collections.disjoint(tags, only)) {
      return true;
    }
    if (only.contains("all")) {
      return !tags.contains("never");
    }
    return tags.isEmpty()
        ? only.contains("untagged")
        : only.contains("tagged") && !tags.contains("never");
  }

  private boolean skipped(Set<String> tags) {
    if (!Collections.disjoint(tags, skip)) {
      return true;
    }
    if (skip.contains("all")) {
      return !tags.contains("always");
    }
    return tags.isEmpty() ? skip.contains("untagged") : skip.contains("tagged");
  }
}
