package dev.molt.runner.module.builtin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.template.lookup.UrlLookup;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lookup, against a server of Java's. */
class UrlLookupTest {
  @TempDir private Path folder;
  private WebServer server;

  @BeforeEach
  void start() throws Exception {
    server = WebServer.http();
    server.page("/lines", a -> a.reply(200, "one\ntwo\n"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String value(String expression) {
    Templar templar =
        new Templar(
            new TemplateEngine(Library.builder().builtins().lookups(new UrlLookup()).build()));
    String text = expression.replace("URL", server.url(""));
    return Python.repr(
        templar
            .engine()
            .evaluate(
                text,
                TextOrigin.of(Source.inline("test", text)),
                new Variables(templar, List.of())));
  }

  @Test
  void linesAreItemsUnlessSaidOtherwise() {
    assertThat(value("query('url', 'URL/lines')")).isEqualTo("['one', 'two']");
    assertThat(value("lookup('url', 'URL/lines', split_lines=false)")).isEqualTo("'one\\ntwo\\n'");
    assertThat(value("lookup('ansible.builtin.url', 'URL/lines')")).isEqualTo("'one,two'");
  }

  @Test
  void headersAgentAndPasswordAreSent() {
    server.page(
        "/who",
        a -> {
          String given = a.header("Authorization");
          if (given == null) {
            a.set("WWW-Authenticate", "Basic realm=\"x\"").reply(401, "who?");
          } else {
            String pair =
                new String(Base64.getDecoder().decode(given.substring(6)), StandardCharsets.UTF_8);
            a.reply(200, pair + " " + a.header("X-Y") + " " + a.header("User-Agent"));
          }
        });
    String options = ", username='ann', password='pw', headers={'X-Y': 'z'}";
    assertThat(value("lookup('url', 'URL/who'" + options + ")"))
        .isEqualTo("'ann:pw z ansible-httpget'");
    assertThat(server.lines()).hasSize(2);
    assertThat(
            value("lookup('url', 'URL/who', force_basic_auth=true, http_agent='m'" + options + ")"))
        .isEqualTo("'ann:pw z m'");
    assertThat(server.lines()).hasSize(1);
  }

  @Test
  void redirectsAreFollowedUnlessSaidOtherwise() {
    server.page("/old", a -> a.set("Location", server.url("/lines")).reply(302, ""));
    assertThat(value("query('url', 'URL/old') | first")).isEqualTo("'one'");
    assertThatThrownBy(() -> value("query('url', 'URL/old', follow_redirects='none')"))
        .isInstanceOf(DiagnosticException.class)
        .hasMessageContaining("HTTP Error 302");
  }

  @Test
  void whatDoesNotComeIsAnError() {
    assertThatThrownBy(() -> value("lookup('url', 'URL/none')"))
        .hasMessageContaining("Received HTTP error for " + server.url("/none"))
        .hasMessageContaining("HTTP Error 404");
    assertThatThrownBy(() -> value("lookup('url', 'http://127.0.0.1:1/')"))
        .hasMessageContaining("Failed lookup url for http://127.0.0.1:1/");
    assertThatThrownBy(() -> value("lookup('url', 'ftp://127.0.0.1/')"))
        .hasMessageContaining("Failed lookup url for ftp://127.0.0.1/");
    assertThatThrownBy(() -> value("lookup('url', 'not an address')"))
        .hasMessageContaining("Failed lookup url for not an address");
  }

  @Test
  void certificatesAreCheckedUnlessSaidOtherwise() throws Exception {
    server.close();
    server = WebServer.https(folder);
    server.page("/", a -> a.reply(200, "safe"));
    assertThatThrownBy(() -> value("lookup('url', 'URL/')"))
        .hasMessageContaining("Error validating the server's certificate");
    assertThat(value("lookup('url', 'URL/', validate_certs=false)")).isEqualTo("'safe'");
    assertThat(value("lookup('url', 'URL/', ca_path='" + folder + "/cert.pem')"))
        .isEqualTo("'safe'");
  }
}
