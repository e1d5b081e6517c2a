package dev.molt.dsl.template.tree;

import dev.molt.dsl.value.Value;

/**
 * Filters for the text of a block.
 *
 * @param filters applied to {@code hole}
 * @param hole stands for the text
 */
public record Filtered(Expr filters, Name hole) {
  Value apply(Frame frame, Value text) {
    Frame inner = frame.inner();
    inner.set(hole.name(), text);
    return filters.use(inner);
  }

  void check(Checker checker) {
    checker.block(
        () -> {
          checker.bind(hole.name());
          filters.check(checker);
        });
  }
}
