package dev.molt.runner.remote;

/** A way to reach hosts, such as SSH. Thread-safe: many hosts are opened at once. */
public interface Transport extends AutoCloseable {
  /**
   * Connects and authenticates.
   *
   * @throws UnreachableException with a reason that names the host, what was tried and what to do
   */
  Connection open(ConnectionSettings settings) throws UnreachableException;

  @Override
  void close();
}
