package dev.molt.dsl.template.syntax;

/**
 * A piece of a template.
 *
 * @param text of a text, what is to be printed; of a string, its content without escapes; of a
 *     number, its digits
 * @param at where it begins, in UTF-16 units
 * @param end where it ends
 */
record Token(Kind kind, String text, int at, int end) {
  enum Kind {
    TEXT("text"),
    VARIABLE_BEGIN("the start of an expression"),
    VARIABLE_END("the end of the expression"),
    BLOCK_BEGIN("the start of a statement"),
    BLOCK_END("the end of the statement"),
    NAME("a name"),
    STRING("a string"),
    INTEGER("a number"),
    FLOAT("a number"),
    OPERATOR("an operator"),
    END("the end of the template");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  boolean is(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  int length() {
    return Math.max(1, end - at);
  }

  /** What it is, for error messages. */
  String label() {
    return switch (kind) {
      case NAME, OPERATOR, INTEGER, FLOAT -> "'" + text + "'";
      default -> kind.label;
    };
  }
}
