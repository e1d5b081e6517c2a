package dev.molt.runner.remote.ssh;

import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Makes the TCP connection, to whichever of the host's addresses answers first in order. */
final class TcpConnect {
  private TcpConnect() {}

  static Socket connect(ConnectionSettings host) throws UnreachableException {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host.address());
    } catch (UnknownHostException e) {
      throw new UnreachableException(
          "%s: the name %s cannot be resolved; check ansible_host in the inventory, and DNS"
              .formatted(host, host.address()),
          e);
    }
    IOException last = null;
    InetAddress tried = null;
    for (InetAddress address : addresses) {
      tried = address;
      Socket socket = new WatchedSocket();
      try {
        socket.connect(
            new InetSocketAddress(address, host.port()),
            (int) Math.max(1, host.connectTimeout().toMillis()));
        return socket;
      } catch (IOException e) {
        last = e;
        close(socket);
      }
    }
    throw new UnreachableException(message(host, tried, last), last);
  }

  private static String message(ConnectionSettings host, InetAddress address, IOException e) {
    String at = address == null ? "" : address.getHostAddress() + ":" + host.port();
    String why = String.valueOf(e == null ? "it has no address" : e.getMessage());
    if (e instanceof SocketTimeoutException) {
      return "%s: no answer from %s within %.1f s; the host is down, or a firewall drops packets"
          .formatted(host, at, host.connectTimeout().toMillis() / 1000.0);
    }
    if (e instanceof NoRouteToHostException || why.contains("unreachable")) {
      return "%s: no route to %s; check the address, the network and VPN".formatted(host, at);
    }
    if (e instanceof ConnectException && why.contains("refused")) {
      return "%s: connection refused by %s; is sshd running there, and on port %d?"
          .formatted(host, at, host.port());
    }
    return "%s: cannot connect to %s: %s".formatted(host, at, why);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException neverOpened) {
      // What counts is why it could not be opened.
    }
  }
}
