package dev.molt.runner.module.builtin;

import dev.molt.runner.module.ModuleException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which server to connect to, and as whom.
 *
 * @param database empty for the one that is named like the user
 * @param sslrootcert as written; empty for none
 */
record PgServer(
    String host,
    int port,
    String database,
    String user,
    Optional<String> password,
    String sslmode,
    Optional<String> sslrootcert) {
  static final int DEFAULT_PORT = 5432;
  private static final List<String> SSL_MODES =
      List.of("disable", "require", "verify-ca", "verify-full");

  /** Puts options and dsn together; an option overrides the same thing in the dsn. */
  static PgServer of(PgCheckModule.Options options) throws ModuleException {
    URI dsn = options.dsn().isPresent() ? uri(options.dsn().get()) : URI.create("");
    Map<String, String> query = query(dsn.getRawQuery());
    String[] login = login(dsn.getRawUserInfo());
    String path = dsn.getRawPath() == null ? "" : dsn.getRawPath().replaceFirst("^/", "");
    String host =
        options
            .host()
            .or(() -> Optional.ofNullable(dsn.getHost()).map(PgServer::withoutBrackets))
            .orElseThrow(() -> new ModuleException("host is missing: which server?"));
    String user = options.user().orElse(login[0]);
    if (user.isEmpty()) {
      throw new ModuleException("user is missing: who logs in to " + host + "?");
    }
    String sslmode =
        options.sslmode().or(() -> Optional.ofNullable(query.get("sslmode"))).orElse("require");
    if (!SSL_MODES.contains(sslmode)) {
      String why =
          sslmode.equals("prefer") || sslmode.equals("allow")
              ? " goes on without TLS where the server has none, and says nothing; use"
              : " is not one of";
      throw new ModuleException("sslmode " + sslmode + why + " " + String.join(", ", SSL_MODES));
    }
    return new PgServer(
        host,
        options.port().orElse(dsn.getPort() > 0 ? dsn.getPort() : DEFAULT_PORT),
        options.database().orElse(decode(path)),
        user,
        options.password().or(() -> Optional.of(login[1]).filter(p -> !p.isEmpty())),
        sslmode,
        options.sslrootcert().or(() -> Optional.ofNullable(query.get("sslrootcert"))));
  }

  private static URI uri(String dsn) throws ModuleException {
    try {
      URI uri = new URI(dsn);
      if (("postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Its message would show the password.
    }
    throw new ModuleException(
        "dsn is not of the form postgresql://user:password@host:port/database?sslmode=require"
            + " (special characters in the password have to be percent-encoded)");
  }

  private static String[] login(String userInfo) {
    String[] parts = (userInfo == null ? "" : userInfo).split(":", 2);
    return new String[] {decode(parts[0]), parts.length > 1 ? decode(parts[1]) : ""};
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : (raw == null ? "" : raw).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        query.put(decode(parts[0]), decode(parts[1]));
      }
    }
    return query;
  }

  /** Percent-decoding alone: unlike in a form, a plus is a plus. */
  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** For messages: never the password. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
