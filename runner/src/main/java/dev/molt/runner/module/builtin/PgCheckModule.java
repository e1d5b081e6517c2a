package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Proves that a node can use a PostgreSQL server: the node's own network connection, TLS, login,
 * version, extensions. It only reads, so a check does it too. The node needs neither psql nor a
 * driver; the protocol is spoken here, through the node.
 */
public final class PgCheckModule implements Module<PgCheckModule.Options> {
  private static final Spec<Options> SPEC =
      Spec.of("pg_check", "Prove that a node can use a PostgreSQL server", Options.class);

  /** See {@link Option} on each. */
  public record Options(
      @Option(value = "The server, as the node names it.", aliases = "login_host")
          Optional<String> host,
      @Option(value = "Its port; 5432 if left out.", aliases = "login_port") Optional<Integer> port,
      @Option(
              value = "The database; the one named like the user if left out.",
              aliases = {"db", "login_db"})
          Optional<String> database,
      @Option(value = "Who logs in.", aliases = "login_user") Optional<String> user,
      @Option(value = "The password.", aliases = "login_password", sensitive = true)
          Optional<String> password,
      @Option("disable, require (as if left out), verify-ca or verify-full.")
          Optional<String> sslmode,
      @Option("A file on the controller with the CA for verify-ca and verify-full.")
          Optional<String> sslrootcert,
      @Option("Extensions that must be available, as those of contrib.") List<String> extensions,
      @Option(value = "Whether the server must not be a standby.", defaultValue = "true")
          boolean primary,
      @Option("The oldest version that will do, such as '13' or '13.4'.")
          Optional<String> minVersion,
      @Option("The newest version that will do; '15' lets all of 15 pass.")
          Optional<String> maxVersion,
      @Option("One statement that reads; its rows are the result's query_result.")
          Optional<String> query,
      @Option("Values for the ? in the statement.") List<Value> queryArgs,
      @Option(value = "Seconds to connect in, and again to log in.", defaultValue = "10")
          int connectTimeout,
      @Option(
              value = "All in one: postgresql://user:password@host:port/database?sslmode=require",
              sensitive = true)
          Optional<String> dsn) {}

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Plan plan(Options options, Target target) throws ModuleException, UnreachableException {
    Optional<PgVersion> min = version(options.minVersion());
    Optional<PgVersion> max = version(options.maxVersion());
    PgServer server = PgServer.of(options);
    PgFailure failure = new PgFailure(target.host(), server);
    long start = System.nanoTime();
    try (Connection connection =
        PgSession.open(server, failure, Math.max(1, options.connectTimeout()), target)) {
      Value connectTime = PgFacts.millisSince(start);
      MapValue result = PgFacts.read(connection);
      result.put("available", BoolValue.TRUE);
      result.put("connect_ms", connectTime);
      checkVersion(result, min, max, failure);
      if (options.primary() && result.get("is_primary") == BoolValue.FALSE) {
        throw failure.of(
            "standby",
            "this server is a standby and only reads",
            "name the primary as host, or set primary: false if a standby will do",
            result);
      }
      if (!options.extensions().isEmpty()) {
        checkExtensions(result, options.extensions(), PgFacts.extensions(connection), failure);
      }
      if (options.query().isPresent()) {
        if (!PgFacts.isOneStatement(options.query().get())) {
          throw failure.of("query", "query must be one statement", "", result);
        }
        ListValue rows = PgFacts.query(connection, options.query().get(), options.queryArgs());
        result.put("query_result", rows).put("rowcount", IntValue.of(rows.items().size()));
      }
      return Plan.unchanged(result);
    } catch (SQLException e) {
      throw failure.query(e);
    }
  }

  private static Optional<PgVersion> version(Optional<String> text) throws ModuleException {
    try {
      return text.map(PgVersion::parse);
    } catch (IllegalArgumentException e) {
      throw new ModuleException(e.getMessage(), e);
    }
  }

  private static void checkVersion(
      MapValue result, Optional<PgVersion> min, Optional<PgVersion> max, PgFailure failure)
      throws ModuleException {
    int number = ((IntValue) result.get("server_version_num")).value().intValue();
    PgVersion version = PgVersion.ofNumber(number);
    String is = "the server is PostgreSQL " + text(version);
    if (min.isPresent() && version.against(min.get()) < 0) {
      String wanted = is + ", older than " + text(min.get());
      throw failure.of("version", wanted, "upgrade the server first", result);
    }
    if (max.isPresent() && version.against(max.get()) > 0) {
      String wanted = is + ", newer than " + text(max.get());
      throw failure.of("version", wanted, "use a server that the release supports", result);
    }
  }

  private static void checkExtensions(
      MapValue result, List<String> wanted, MapValue available, PgFailure failure)
      throws ModuleException {
    MapValue found = MapValue.empty();
    List<String> missing = new ArrayList<>();
    for (String extension : wanted) {
      if (available.has(extension)) {
        found.put(extension, available.get(extension));
      } else {
        missing.add(extension);
      }
    }
    result.put("extensions", found);
    if (!missing.isEmpty()) {
      result.put("missing_extensions", ListValue.ofStrings(missing));
      throw failure.of(
          "extensions",
          "the server has no extension " + String.join(", ", missing),
          "install postgresql-contrib on the database server (on Red Hat"
              + " postgresqlNN-contrib of the server's version)",
          result);
    }
  }

  private static String text(PgVersion version) {
    return String.join(".", version.parts().stream().map(String::valueOf).toList());
  }
}
