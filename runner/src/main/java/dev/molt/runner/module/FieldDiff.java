package dev.molt.runner.module;

import java.util.Objects;

/**
 * One thing that differs.
 *
 * @param subject what it is about, such as a path or a unit; empty where the task has only one
 * @param field such as {@code content}, {@code mode}, {@code state}
 * @param before as it is; empty text for nothing. Texts of several lines are shown as a diff
 * @param after as it is to be
 * @param sensitive whether both must be masked wherever they are shown
 */
public record FieldDiff(
    String subject, String field, String before, String after, boolean sensitive) {
  public FieldDiff {
    Objects.requireNonNull(subject);
    Objects.requireNonNull(field);
    Objects.requireNonNull(before);
    Objects.requireNonNull(after);
  }

  public static FieldDiff of(String subject, String field, String before, String after) {
    return new FieldDiff(subject, field, before, after, false);
  }
}
