package dev.molt.runner.module.builtin;

import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;

/** Logs in to a database as if from the node. */
final class PgSession {
  private static final int SOCKET_TIMEOUT_SECONDS = 45;

  private PgSession() {}

  /** A connection in a transaction that only reads. Every wait in it is bounded. */
  static Connection open(PgServer server, PgFailure failure, int timeoutSeconds, Target target)
      throws ModuleException, UnreachableException {
    Duration timeout = Duration.ofSeconds(timeoutSeconds);
    Properties properties = properties(server, timeoutSeconds, target);
    AtomicReference<Socket> first = new AtomicReference<>();
    try {
      // Opened before the driver asks, so that what the node says is not wrapped in its words.
      first.set(target.tunnel(server.host(), server.port(), timeout));
    } catch (IOException e) {
      throw failure.unreachable(e);
    }
    String token = TunnelSocketFactory.add(() -> next(first, server, timeout, target));
    properties.setProperty("socketFactoryArg", token);
    long start = System.nanoTime();
    try {
      // Asked directly: DriverManager would load every driver that is on the class path.
      Connection connection = new org.postgresql.Driver().connect(url(server), properties);
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      return connection;
    } catch (SQLException e) {
      throw failure.login(e, System.nanoTime() - start >= timeout.toNanos());
    } finally {
      TunnelSocketFactory.remove(token);
      close(first.getAndSet(null));
    }
  }

  private static Socket next(
      AtomicReference<Socket> first, PgServer server, Duration timeout, Target target)
      throws IOException {
    Socket opened = first.getAndSet(null);
    if (opened != null) {
      return opened;
    }
    try {
      return target.tunnel(server.host(), server.port(), timeout);
    } catch (UnreachableException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void close(Socket unused) {
    if (unused != null) {
      try {
        unused.close();
      } catch (IOException e) {
        // Nothing was sent through it; there is nothing to lose.
      }
    }
  }

  private static String url(PgServer server) {
    String database = server.database().isEmpty() ? server.user() : server.database();
    return "jdbc:postgresql://"
        + server
        + "/"
        + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Properties properties(PgServer server, int timeoutSeconds, Target target)
      throws ModuleException {
    Properties properties = new Properties();
    properties.setProperty("user", server.user());
    server.password().ifPresent(password -> properties.setProperty("password", password));
    properties.setProperty("sslmode", server.sslmode());
    if (server.sslrootcert().isPresent()) {
      Path file = target.find("files", server.sslrootcert().get());
      if (!Files.isReadable(file)) {
        throw new ModuleException("sslrootcert " + file + " cannot be read");
      }
      properties.setProperty("sslrootcert", file.toString());
    } else if (server.sslmode().startsWith("verify-")) {
      // The JDK's own list of authorities, unless the user says better.
      properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("socketFactory", TunnelSocketFactory.class.getName());
    properties.setProperty("loginTimeout", String.valueOf(timeoutSeconds));
    properties.setProperty("socketTimeout", String.valueOf(SOCKET_TIMEOUT_SECONDS));
    properties.setProperty("ApplicationName", "molt " + target.host());
    // Spares the driver a round trip for settings that every supported server takes at login.
    properties.setProperty("assumeMinServerVersion", "9.5");
    return properties;
  }
}
