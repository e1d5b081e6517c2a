package dev.molt.dsl.hook;

/** Carries what a context could not do through a script, to whoever called the script. */
public final class PassedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Around a checked exception.
   *
   * @param cause what the caller of the script is to see
   */
  public PassedException(Exception cause) {
    super(cause.getMessage(), cause, false, false);
  }
}
