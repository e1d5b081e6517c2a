package dev.molt.runner.remote.ssh;

import dev.molt.runner.remote.ConnectionSettings;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.transport.TransportException;

/** A direct-tcpip channel (RFC 4254, section 7.2) with a time limit of its own for the opening. */
final class Tunnel extends DirectConnection {
  private final long timeoutMillis;
  private volatile boolean abandoned;

  private Tunnel(SSHClient client, String address, int port, Duration timeout) {
    super(client.getConnection(), address, port);
    this.timeoutMillis = Math.max(1, timeout.toMillis());
  }

  static Socket open(
      ConnectionSettings host, SSHClient client, String address, int port, Duration timeout)
      throws IOException {
    Tunnel tunnel = new Tunnel(client, address, port, timeout);
    try {
      tunnel.open();
      return new TunnelSocket(tunnel, address, port);
    } catch (OpenFailException e) {
      throw new IOException(refusal(host, address + ":" + port, e), e);
    } catch (SSHException e) {
      String why =
          e.getCause() instanceof TimeoutException
              ? "no answer within %.1f s".formatted(timeout.toMillis() / 1000.0)
              : e.getMessage();
      throw new IOException(
          "%s: no tunnel to %s:%d from there: %s".formatted(host, address, port, why), e);
    }
  }

  private static String refusal(ConnectionSettings host, String target, OpenFailException e) {
    return switch (e.getReason()) {
      case ADMINISTRATIVELY_PROHIBITED ->
          ("%s: the server forbids tunnels (to %s: %s); allow them with AllowTcpForwarding and"
                  + " PermitOpen in its sshd_config")
              .formatted(host, target, e.getMessage());
      case CONNECT_FAILED ->
          "%s: cannot connect to %s from there: %s".formatted(host, target, e.getMessage());
      default -> "%s: no tunnel to %s from there: %s".formatted(host, target, e.getMessage());
    };
  }

  @Override
  public void open() throws ConnectionException, TransportException {
    trans.write(buildOpenReq());
    try {
      openEvent.await(timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (ConnectionException e) {
      abandoned = true;
      throw e;
    }
  }

  /** A channel that opens after nobody wants it any more is closed at once. */
  @Override
  public void handle(Message message, SSHPacket packet) throws SSHException {
    super.handle(message, packet);
    if (abandoned && message == Message.CHANNEL_OPEN_CONFIRMATION) {
      sendClose();
    }
  }
}
