package dev.molt.runner.remote.ssh;

import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.net.Socket;

/** Where the bytes of an SSH connection go: a TCP connection, or a tunnel of another host's. */
@FunctionalInterface
interface SocketSource {
  /**
   * A connected socket.
   *
   * @throws IOException if a jump host cannot reach the host
   * @throws UnreachableException with a whole message, if there is no connection to start with
   */
  Socket connect(ConnectionSettings settings) throws IOException, UnreachableException;
}
