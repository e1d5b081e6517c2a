package dev.molt.runner.remote.ssh;

import dev.molt.runner.remote.shell.ShellChannel;
import dev.molt.runner.remote.shell.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;

/** A command on an exec channel, without a terminal. */
final class SshShellChannel implements ShellChannel {
  private static final Duration POLITE = Duration.ofSeconds(1);

  private final BooleanSupplier alive;
  private final Supplier<Optional<String>> whyLost;
  private final Session session;
  private final Session.Command command;
  private final OutputStream stdin;

  SshShellChannel(
      SSHClient client, String text, BooleanSupplier alive, Supplier<Optional<String>> whyLost)
      throws IOException {
    this.alive = alive;
    this.whyLost = whyLost;
    ExecChannel channel = new ExecChannel(client.getConnection());
    channel.open();
    this.session = channel;
    this.command = session.exec(text);
    this.stdin = new ChannelOutput(command);
  }

  @Override
  public OutputStream stdin() {
    return stdin;
  }

  @Override
  public InputStream stdout() {
    return command.getInputStream();
  }

  @Override
  public InputStream stderr() {
    return command.getErrorStream();
  }

  @Override
  public boolean connected() {
    return alive.getAsBoolean();
  }

  @Override
  public Optional<String> whyLost() {
    return whyLost.get();
  }

  /** The server closes the command's pipes with the channel, which ends the shell there. */
  @Override
  public void close() {
    Threads.bounded("molt-close-channel", POLITE, this::closeSession);
    // SSHJ waits for the server's word before it lets readers go; a hanging server gives none.
    try {
      command.getInputStream().close();
      command.getErrorStream().close();
    } catch (IOException alreadyGone) {
      // Its end is what was wanted.
    }
  }

  private void closeSession() {
    try {
      session.close();
    } catch (IOException lost) {
      // Then it is closed on the other side, too.
    }
  }
}
