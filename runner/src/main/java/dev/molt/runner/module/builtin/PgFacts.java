package dev.molt.runner.module.builtin;

import dev.molt.dsl.hook.Plain;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.core.Parser;

/** Asks a database what it is; all it runs only reads. */
final class PgFacts {
  private static final int MAX_ROWS = 10_000;
  private static final String BOUND = "SET LOCAL statement_timeout = 30000";
  private static final String FACTS =
      BOUND
          + """
          ; SELECT current_setting('server_version') AS server_version,
              current_setting('server_version_num')::int AS server_version_num,
              NOT pg_is_in_recovery() AS is_primary, current_user AS "user",
              current_database() AS database,
              coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS tls,
              (SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()) AS tls_protocol,
              (SELECT cipher FROM pg_stat_ssl WHERE pid = pg_backend_pid()) AS tls_cipher
          """;
  private static final String EXTENSIONS =
      "SELECT name, default_version FROM pg_available_extensions ORDER BY name";

  private PgFacts() {}

  /** Version, role, TLS; one round trip, whose time is in {@code latency_ms}. */
  static MapValue read(Connection connection) throws SQLException {
    long start = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      statement.execute(FACTS);
      statement.getMoreResults();
      MapValue facts = (MapValue) rows(statement.getResultSet()).get(0);
      return facts.put("latency_ms", millisSince(start));
    }
  }

  /** Milliseconds since a {@link System#nanoTime}, to the hundredth. */
  static FloatValue millisSince(long start) {
    return new FloatValue(Math.round((System.nanoTime() - start) / 1e4) / 1e2);
  }

  /** Default versions of the extensions that could be installed, by name. */
  static MapValue extensions(Connection connection) throws SQLException {
    MapValue found = MapValue.empty();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(EXTENSIONS)) {
      while (rows.next()) {
        found.put(rows.getString(1), new StrValue(rows.getString(2)));
      }
    }
    return found;
  }

  /** Whether a text is one statement: with a second one it could leave the transaction. */
  static boolean isOneStatement(String sql) throws SQLException {
    return Parser.parseJdbcSql(sql, true, false, true, false, false).size() == 1;
  }

  /**
   * The rows of one statement, each a mapping by column.
   *
   * @param values for its question marks; where there are none, they are operators
   */
  static ListValue query(Connection connection, String sql, List<Value> values)
      throws SQLException {
    return values.isEmpty() ? query(connection, sql) : prepared(connection, sql, values);
  }

  private static ListValue prepared(Connection connection, String sql, List<Value> values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setMaxRows(MAX_ROWS);
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, Plain.of(values.get(i)));
      }
      return ListValue.of(statement.execute() ? rows(statement.getResultSet()) : new ArrayList<>());
    }
  }

  private static ListValue query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.setMaxRows(MAX_ROWS);
      return ListValue.of(
          statement.execute(sql) ? rows(statement.getResultSet()) : new ArrayList<>());
    }
  }

  private static List<Value> rows(ResultSet rows) throws SQLException {
    List<Value> all = new ArrayList<>();
    ResultSetMetaData columns = rows.getMetaData();
    while (rows.next()) {
      MapValue row = MapValue.empty();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        row.put(columns.getColumnLabel(i), value(rows, i));
      }
      all.add(row);
    }
    return all;
  }

  private static Value value(ResultSet rows, int column) throws SQLException {
    Object object = rows.getObject(column);
    if (object == null) {
      return NullValue.NULL;
    } else if (object instanceof Boolean b) {
      return BoolValue.of(b);
    } else if (object instanceof Integer || object instanceof Long) {
      return IntValue.of(((Number) object).longValue());
    } else if (object instanceof BigDecimal d && d.scale() <= 0) {
      return new IntValue(d.toBigInteger());
    } else if (object instanceof Number n) {
      return new FloatValue(n.doubleValue());
    }
    return new StrValue(rows.getString(column));
  }
}
