package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.runner.module.ModuleException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.postgresql.util.GT;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says at which step a database cannot be used, in the words of who refused, and what to do. */
record PgFailure(String host, PgServer server) {
  /** The node cannot reach the server, or its sshd does not let us use it as a way there. */
  ModuleException unreachable(IOException cause) {
    String words = String.valueOf(cause.getMessage());
    if (Tunnels.forbidden(cause)) {
      return of(
          "forwarding",
          "the node's sshd does not let us connect through it (" + words + ")",
          "allow it with AllowTcpForwarding local, and look at PermitOpen, in its sshd_config");
    }
    return of(
        "network",
        "cannot connect (" + words + ")",
        "is the server running, does listen_addresses name this interface, is a firewall between?");
  }

  /** The driver could not log in. */
  ModuleException login(SQLException e, boolean timedOut) {
    ServerErrorMessage said = e instanceof PSQLException pg ? pg.getServerErrorMessage() : null;
    if (said != null) {
      return refused(said);
    }
    // The driver has a state of its own for this, but gives it for other things as well; and it
    // translates, as we have to.
    if (GT.tr("The server does not support SSL.").equals(e.getMessage())) {
      return of(
          "tls",
          "tls error (server refused TLS connection)",
          "set ssl = on with ssl_cert_file and ssl_key_file in the server's postgresql.conf");
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof GeneralSecurityException
          || cause instanceof SSLPeerUnverifiedException
          || String.valueOf(cause.getMessage()).contains("hostnameverifier")) {
        return of(
            "certificate",
            "the server's certificate is not valid (" + cause.getMessage() + ")",
            "give the CA that signed it as sslrootcert; verify-full also needs the host name in it");
      }
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return of("tls", "tls error (" + cause.getMessage() + ")", "");
      }
    }
    if (timedOut) {
      return of("network", "connected, but no answer to the login in time", "");
    }
    String words = e.getCause() == null ? e.getMessage() : e.getCause() + "";
    return of("login", "cannot log in (" + words + ")", "is this a PostgreSQL server?");
  }

  private ModuleException refused(ServerErrorMessage said) {
    String words = said.getMessage();
    String state = String.valueOf(said.getSQLState());
    return switch (state) {
      case "28P01" ->
          of("login", words, "the password of user " + server.user() + " is not the one given");
      case "28000" ->
          String.valueOf(words).contains("pg_hba.conf")
              ? of(
                  "login",
                  words,
                  "add a line such as 'hostssl "
                      + database()
                      + " "
                      + server.user()
                      + " <address of "
                      + host
                      + ">/32 scram-sha-256' to the server's pg_hba.conf and reload it")
              : of("login", words, "user " + server.user() + " must exist and may log in");
      case "3D000" -> of("database", words, "create it, or give another as database");
      case "53300" ->
          of("capacity", words, "raise max_connections, or find out who holds the connections");
      case "57P03" -> of("starting", words, "wait until the server has started or stopped");
      default -> of("login", words + " (SQLSTATE " + state + ")", "");
    };
  }

  /** A statement failed. */
  ModuleException query(SQLException e) {
    String words = e.getMessage();
    return switch (String.valueOf(e.getSQLState())) {
      case "25006" -> of("query", words, "query may only read");
      case "57014" -> of("query", words, "it ran longer than it may");
      default -> of("query", "query failed (" + words + ")", "");
    };
  }

  /** At a step of any name. */
  ModuleException of(String step, String what, String hint) {
    return of(step, what, hint, MapValue.empty().put("available", BoolValue.FALSE));
  }

  ModuleException of(String step, String what, String hint, MapValue result) {
    return new ModuleException(
        host + " -> " + server + ": " + what + (hint.isEmpty() ? "" : "\n" + hint),
        result.put("failed_step", new StrValue(step)));
  }

  private String database() {
    return server.database().isEmpty() ? server.user() : server.database();
  }
}
