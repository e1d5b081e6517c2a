package dev.molt.runner.remote;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/**
 * One host that has been reached. It stays open for the run; its shells are started on first use
 * and kept. Thread-safe.
 */
public interface Connection extends AutoCloseable {
  /**
   * The shell of an identity, started if it is not yet running (or has died).
   *
   * @throws UnreachableException if the connection is lost
   * @throws BecomeException if the host refuses to let the user become that identity
   */
  Shell shell(Identity identity) throws UnreachableException, BecomeException;

  /**
   * A TCP connection that the host itself makes, seen from here as a socket (SSH: direct-tcpip).
   * The name is resolved on the host.
   *
   * @throws IOException saying whether the host refused to forward or could not connect, and why
   */
  Socket tunnel(String address, int port, Duration timeout) throws IOException;

  /** Whether it is still there; false once the peer or the network has ended it. */
  default boolean alive() {
    return true;
  }

  /** Closes all shells, killing what still runs in them, and the connection. Never throws. */
  @Override
  void close();
}
