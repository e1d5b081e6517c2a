package dev.molt.runner.remote;

/** A host cannot be reached, or was lost. The message says why and, where one can, what to do. */
public class UnreachableException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnreachableException(String message) {
    super(message);
  }

  public UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
