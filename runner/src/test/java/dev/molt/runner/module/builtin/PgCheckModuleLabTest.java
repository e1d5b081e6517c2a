package dev.molt.runner.module.builtin;

import static dev.molt.runner.module.builtin.Hosts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.builtin.PgCheckModule.Options;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class PgCheckModuleLabTest {
  private final PgCheckModule module = new PgCheckModule();
  private Lab lab;
  private ModuleKit kit;

  @BeforeEach
  void lab() throws Exception {
    lab = new Lab();
    kit = lab.login("n1");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private Options options(String password, String min, String query, String... extensions) {
    return new Options(
        Optional.of(lab.address("db")),
        Optional.empty(),
        Optional.of("tegu_mailboxes"),
        Optional.of("tegu"),
        Optional.of(password),
        Optional.empty(),
        Optional.empty(),
        List.of(extensions),
        true,
        Optional.of(min),
        Optional.of("15"),
        Optional.ofNullable(query),
        List.of(),
        5,
        Optional.empty());
  }

  @Test
  void allIsWellAndStaysSo() throws Exception {
    Options options =
        options("lab-tegu", "13", "select 1 as one, null as n, 'x' as t, 1.5 as f", "pg_trgm");
    ModuleKit.Runs runs = kit.converges(module, options);
    assertThat(runs.check().status()).isEqualTo(Status.OK);
    MapValue result = runs.again().result();
    assertThat(text(result, "server_version")).startsWith("15.");
    assertThat(result.get("tls")).isEqualTo(BoolValue.TRUE);
    assertThat(text(result, "tls_protocol")).isEqualTo("TLSv1.3");
    assertThat(result.get("is_primary")).isEqualTo(BoolValue.TRUE);
    assertThat(((MapValue) result.get("extensions")).has("pg_trgm")).isTrue();
    MapValue row = (MapValue) ((ListValue) result.get("query_result")).items().get(0);
    assertThat(row.get("one")).isEqualTo(IntValue.of(1));
    assertThat(result.get("rowcount")).isEqualTo(IntValue.of(1));
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThatThrownBy(() -> kit.check(module, options("wrong", "13", null)))
        .hasMessageContaining("password authentication failed");
    assertThatThrownBy(() -> kit.check(module, options("lab-tegu", "15.99", null)))
        .hasMessageContaining("older than 15.99");
    assertThatThrownBy(() -> kit.check(module, options("lab-tegu", "13", null, "no_such")))
        .hasMessageContaining("no extension no_such")
        .hasMessageContaining("postgresql-contrib");
    assertThatThrownBy(() -> kit.check(module, options("lab-tegu", "13", "create table x(y int)")))
        .hasMessageContaining("query may only read");
    assertThatThrownBy(() -> kit.check(module, options("lab-tegu", "13", "select nope")))
        .hasMessageContaining("query failed");
  }

  @Test
  void theNodeIsTheOneThatConnects() {
    Options closed =
        new Options(
            Optional.of("localhost"),
            Optional.of(1),
            Optional.empty(),
            Optional.of("tegu"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            5,
            Optional.empty());
    assertThatThrownBy(() -> kit.check(module, closed))
        .hasMessageContaining("-> localhost:1: cannot connect")
        .hasMessageContaining("Connection refused");
  }
}
