package dev.molt.runner.module.builtin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * Gives the PostgreSQL driver sockets that a node has opened for us. The driver makes its factory
 * itself and can hand it no more than a text, so that is a token for whoever is waiting.
 */
public final class TunnelSocketFactory extends SocketFactory {
  private static final Map<String, Opener> OPENERS = new ConcurrentHashMap<>();

  private final Opener opener;

  /** Opens one more connection to the server. */
  @FunctionalInterface
  interface Opener {
    Socket open() throws IOException;
  }

  /** Called by the driver. */
  public TunnelSocketFactory(String token) {
    opener = OPENERS.get(token);
    if (opener == null) {
      throw new IllegalArgumentException("nobody waits for this connection any more");
    }
  }

  /** Makes an opener known; the token has to be given back to {@link #remove}. */
  static String add(Opener opener) {
    String token = UUID.randomUUID().toString();
    OPENERS.put(token, opener);
    return token;
  }

  static void remove(String token) {
    OPENERS.remove(token);
  }

  /** A socket that is connected already; the driver then does not connect it. */
  @Override
  public Socket createSocket() throws IOException {
    return opener.open();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return opener.open();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return opener.open();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return opener.open();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return opener.open();
  }
}
