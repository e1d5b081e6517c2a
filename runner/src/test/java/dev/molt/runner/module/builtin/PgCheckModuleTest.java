package dev.molt.runner.module.builtin;

import static dev.molt.runner.module.builtin.Hosts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.builtin.PgCheckModule.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PgCheckModuleTest {
  @TempDir Path dir;
  private final ModuleKit kit = Hosts.unreached();
  private final PgCheckModule module = new PgCheckModule();

  /** In seconds: no time on a busy machine, where something answers. */
  private int connectTimeout = 20;

  private Options dsn(String dsn) {
    return new Options(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        connectTimeout,
        Optional.of(dsn));
  }

  private String refusal(FakePostgres server, String sslmode, String step) throws Exception {
    Options options =
        dsn("postgresql://tegu:pw@localhost:" + server.port() + "/mail?sslmode=" + sslmode);
    ModuleException e =
        catchThrowableOfType(ModuleException.class, () -> kit.check(module, options));
    assertThat(text(e.result(), "failed_step")).isEqualTo(step);
    assertThat(e.getMessage())
        .startsWith("testhost -> localhost:" + server.port() + ": ")
        .doesNotContain("pw@");
    return e.getMessage();
  }

  @Test
  void aServerWithoutTlsIsToldInTheVendorsWords() throws Exception {
    Locale locale = Locale.getDefault();
    try (FakePostgres server = new FakePostgres(Optional.empty(), "28P01", "")) {
      assertThat(refusal(server, "require", "tls"))
          .contains(": tls error (server refused TLS connection)\n");
      Locale.setDefault(Locale.GERMANY);
      assertThat(refusal(server, "verify-full", "tls")).contains("server refused TLS connection");
    } finally {
      Locale.setDefault(locale);
    }
  }

  @Test
  void certificatesAreVerifiedWhereAsked() throws Exception {
    SSLContext tls = FakePostgres.selfSigned(dir);
    try (FakePostgres server = new FakePostgres(Optional.of(tls), "28P01", "no entry")) {
      assertThat(refusal(server, "verify-full", "certificate")).contains("sslrootcert");
      assertThat(refusal(server, "verify-ca", "certificate")).contains("sslrootcert");
      assertThat(refusal(server, "require", "login")).contains("no entry");
    }
  }

  @Test
  void refusalsAreToldApart() throws Exception {
    assertRefusal("28P01", "password authentication failed", "login", "not the one given");
    assertRefusal(
        "28000", "no pg_hba.conf entry for host, no encryption", "login", "hostssl mail tegu");
    assertRefusal("28000", "role \"tegu\" does not exist", "login", "must exist");
    assertRefusal("3D000", "database \"mail\" does not exist", "database", "create it");
    assertRefusal("53300", "too many clients already", "capacity", "max_connections");
    assertRefusal("57P03", "the database system is starting up", "starting", "wait");
    assertRefusal("XX000", "odd", "login", "XX000");
  }

  private void assertRefusal(String state, String message, String step, String hint)
      throws Exception {
    try (FakePostgres server = new FakePostgres(Optional.empty(), state, message)) {
      assertThat(refusal(server, "disable", step)).contains(message).contains(hint);
    }
  }

  @Test
  void aSilentServerDoesNotHangUs() throws Exception {
    connectTimeout = 2;
    try (FakePostgres server = new FakePostgres(Optional.empty(), "", "")) {
      assertThat(refusal(server, "require", "network")).contains("no answer to the login in time");
    }
  }

  @Test
  void nobodyListens() throws Exception {
    FakePostgres server = new FakePostgres(Optional.empty(), "", "");
    server.close();
    assertThat(refusal(server, "require", "network"))
        .contains("cannot connect (Connection refused)");
  }

  @Test
  void dsnAndOptions() throws Exception {
    PgServer server = PgServer.of(dsn("postgres://t%40x:p%2Fw+1@[::1]/d%20b?sslmode=verify-ca"));
    assertThat(server)
        .isEqualTo(
            new PgServer(
                "::1", 5432, "d b", "t@x", Optional.of("p/w+1"), "verify-ca", Optional.empty()));
    assertThat(server).hasToString("[::1]:5432");
    assertThatThrownBy(() -> PgServer.of(dsn("postgresql://u:p w@h/d")))
        .hasMessageContaining("not of the form")
        .hasMessageNotContaining("p w");
    assertThatThrownBy(() -> PgServer.of(dsn("postgresql://u@h/d?sslmode=prefer")))
        .hasMessageContaining("goes on without TLS");
    assertThatThrownBy(() -> PgServer.of(dsn("postgresql://h/d")))
        .hasMessageContaining("user is missing");
  }

  @Test
  void versions() {
    PgVersion server = PgVersion.ofNumber(130004);
    assertThat(server.against(PgVersion.parse("13"))).isZero();
    assertThat(server.against(PgVersion.parse("13.4"))).isZero();
    assertThat(server.against(PgVersion.parse("13.10"))).isNegative();
    assertThat(server.against(PgVersion.parse("9.6"))).isPositive();
    assertThat(PgVersion.ofNumber(90624).parts()).containsExactly(9, 6, 24);
    assertThatThrownBy(() -> PgVersion.parse("13beta")).hasMessageContaining("'13beta'");
  }

  @Test
  void oneStatementOnly() throws Exception {
    assertThat(PgFacts.isOneStatement("SELECT ';' -- ;\n;")).isTrue();
    assertThat(PgFacts.isOneStatement("SELECT 1; COMMIT")).isFalse();
    assertThat(PgFacts.isOneStatement("DO $$ a; b $$")).isTrue();
  }
}
