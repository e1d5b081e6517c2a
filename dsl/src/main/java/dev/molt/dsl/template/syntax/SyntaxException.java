package dev.molt.dsl.template.syntax;

/**
 * A template that cannot be read; it knows the place in the text, and not where the text stands.
 */
public final class SyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int at;
  private final int length;
  private final String hint;

  SyntaxException(String message, int at, int length) {
    this(message, at, length, null);
  }

  SyntaxException(String message, int at, int length, String hint) {
    super(message, null, false, false);
    this.at = at;
    this.length = Math.max(1, length);
    this.hint = hint;
  }

  public int at() {
    return at;
  }

  public int length() {
    return length;
  }

  /** What to do about it, or null. */
  public String hint() {
    return hint;
  }
}
