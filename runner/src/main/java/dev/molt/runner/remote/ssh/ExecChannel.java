package dev.molt.runner.remote.ssh;

import java.io.IOException;
import java.io.InputStream;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;
import net.schmizz.sshj.transport.TransportException;

/**
 * A session whose stdout and stderr may be read by two threads. In SSHJ's own, both streams share
 * one window and each grants more of it under a lock of its own: what arrives on one while the
 * other has told the server of more, but not yet its own books, ends the whole connection ("Window
 * consumed to below 0"). Here more is granted for what was read (RFC 4254, 5.2), and the server is
 * trusted to keep to it.
 */
final class ExecChannel extends SessionChannel {
  /** Often enough that the server never waits, seldom enough that it costs no packets. */
  private static final int GRANT = 256 << 10;

  private static final int STDERR = 1;

  private final ReceivedStream received = new ReceivedStream(this::read);
  private final ReceivedStream receivedErrors = new ReceivedStream(this::read);
  private long owed;

  ExecChannel(Connection connection) {
    super(connection);
  }

  @Override
  public void handle(Message message, SSHPacket packet) throws SSHException {
    if (message == Message.CHANNEL_DATA) {
      receive(received, packet);
    } else {
      super.handle(message, packet);
    }
  }

  @Override
  protected void gotExtendedData(SSHPacket packet) throws SSHException {
    try {
      int type = packet.readUInt32AsInt();
      if (type != STDERR) {
        throw new ConnectionException("extended data of the unknown type " + type);
      }
    } catch (Buffer.BufferException e) {
      throw new ConnectionException(e);
    }
    receive(receivedErrors, packet);
  }

  private static void receive(ReceivedStream stream, SSHPacket packet) throws SSHException {
    try {
      stream.add(packet.readStringAsBytes());
    } catch (Buffer.BufferException e) {
      throw new ConnectionException(e);
    }
  }

  /** Tells the server that there is room again for what was read. */
  private void read(int bytes) throws IOException {
    long grant;
    synchronized (this) {
      owed += bytes;
      if (owed < GRANT || !isOpen()) {
        return;
      }
      grant = owed;
      owed = 0;
    }
    try {
      trans.write(
          new SSHPacket(Message.CHANNEL_WINDOW_ADJUST)
              .putUInt32FromInt(getRecipient())
              .putUInt32(grant));
    } catch (TransportException lost) {
      // The stream itself tells its reader, after what has arrived already.
    }
  }

  @Override
  public InputStream getInputStream() {
    return received;
  }

  @Override
  public InputStream getErrorStream() {
    return receivedErrors;
  }

  @Override
  protected void eofInputStreams() {
    super.eofInputStreams();
    end(null);
  }

  @Override
  protected void closeAllStreams() {
    super.closeAllStreams();
    end(null);
  }

  @Override
  public void notifyError(SSHException error) {
    super.notifyError(error);
    end(error);
  }

  /**
   * The channel is known to the connection before it is made here: one that is closed meanwhile
   * ends it without streams, and then it cannot be opened.
   */
  private void end(SSHException error) {
    for (ReceivedStream stream : new ReceivedStream[] {received, receivedErrors}) {
      if (stream != null) {
        stream.end(error);
      }
    }
  }
}
