package dev.molt.runner.remote.job;

/** A job could not be started, asked or removed; the message gives the host's words. */
public class JobException extends Exception {
  private static final long serialVersionUID = 1L;

  public JobException(String message) {
    super(message);
  }
}
