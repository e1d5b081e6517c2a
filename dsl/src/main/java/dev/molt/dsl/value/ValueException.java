package dev.molt.dsl.value;

/**
 * An operation does not fit the values it was given: {@code 1 + 'a'}, a list compared with a text.
 * It knows no place in a source; whoever evaluates the expression adds one.
 */
public class ValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;
  private final transient UndefinedValue undefined;

  public ValueException(String message) {
    this(message, null);
  }

  /**
   * @param hint what to do about it, or null
   */
  public ValueException(String message, String hint) {
    // No stack trace: it is always turned into a diagnostic, which has a better place to show.
    super(message, null, false, false);
    this.hint = hint;
    this.undefined = null;
  }

  /** One that comes out of a script: its stack trace tells the line. */
  protected ValueException(String message, boolean traced) {
    super(message, null, false, traced);
    this.hint = null;
    this.undefined = null;
  }

  /** The use of a value that is undefined. */
  public ValueException(UndefinedValue undefined) {
    super(undefined.message(), null, false, false);
    this.hint = null;
    this.undefined = undefined;
  }

  /** The same of a script, whose line its stack trace tells. */
  public static ValueException inScript(UndefinedValue undefined) {
    return new ValueException(undefined.message(), true);
  }

  /** The undefined value whose use is the problem, or null where it is another. */
  public UndefinedValue undefined() {
    return undefined;
  }

  /** What to do about it, or null. */
  public String hint() {
    return hint;
  }
}
