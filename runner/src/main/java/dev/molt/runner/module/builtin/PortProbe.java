package dev.molt.runner.module.builtin;

import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a node can connect to a port, and what the port says. A host has nothing in sh to connect
 * with, so it is the tunnel that tries.
 *
 * @param open whether it is wanted open, or closed
 * @param regex what has to be read from it
 */
record PortProbe(String host, int port, boolean open, Optional<Pattern> regex, Duration timeout)
    implements WaitProbe {
  private static final int MAX_READ = 1 << 20;

  @Override
  public Look look(Target target) throws ModuleException, UnreachableException {
    try (Socket socket = target.tunnel(host, port, timeout)) {
      if (!open) {
        return Look.of(false, "it still accepts connections");
      }
      return regex.isEmpty() ? Look.of(true, "") : read(socket, regex.get());
    } catch (IOException e) {
      String words = String.valueOf(e.getMessage());
      // A refusal to forward says nothing of the port: neither waiting nor success is right.
      if (Tunnels.forbidden(e)) {
        throw new ModuleException(
            target.host()
                + ": its sshd does not let us connect through it ("
                + words
                + "); allow it with AllowTcpForwarding local in its sshd_config",
            e);
      }
      return Look.of(!open, words);
    }
  }

  private Look read(Socket socket, Pattern pattern) throws IOException {
    socket.setSoTimeout((int) timeout.toMillis());
    InputStream in = socket.getInputStream();
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[8192];
    long end = System.nanoTime() + timeout.toNanos();
    try {
      while (text.length() < MAX_READ && System.nanoTime() < end) {
        int count = in.read(buffer);
        if (count < 0) {
          break;
        }
        text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        Matcher matcher = pattern.matcher(text);
        if (matcher.find()) {
          return new Look(true, "", FileProbe.groups(matcher));
        }
      }
    } catch (SocketTimeoutException e) {
      // What has come by now is all there will be.
    }
    return Look.of(false, text.length() == 0 ? "it says nothing" : "it says: " + head(text));
  }

  private static String head(StringBuilder text) {
    return text.substring(0, Math.min(200, text.length())).strip();
  }
}
