package dev.molt.runner.remote;

/** The host was reached, but does not let the user become another. The task fails. */
public class BecomeException extends Exception {
  private static final long serialVersionUID = 1L;

  public BecomeException(String message) {
    super(message);
  }
}
