package dev.molt.dsl.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.template.lookup.FileLookups;
import dev.molt.dsl.template.lookup.SearchPath;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lookups that read files and run commands. */
class FileLookupTest {
  @TempDir private Path directory;

  private TemplateEngine engine;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(directory.resolve("files"));
    Files.createDirectories(directory.resolve("templates"));
    Files.writeString(directory.resolve("files/a.txt"), "content\n\n");
    Files.writeString(directory.resolve("files/b.txt"), "other\n");
    Files.writeString(directory.resolve("templates/t.j2"), "{{ v }}-{{ w | default('none') }}\n");
    Files.writeString(
        directory.resolve("files/x.ini"), "[global]\nUser=ann\n[db]\nuser = bob\nport: 5432\n");
    Files.writeString(directory.resolve("files/x.csv"), "k1,v1,w1\nk2,\"v,2\",w2\n");
    engine =
        new TemplateEngine(
            Library.builder()
                .builtins()
                .lookups(new FileLookups(() -> SearchPath.of(directory)))
                .build());
  }

  private String value(String expression) {
    return Python.repr(
        engine.evaluate(expression, Templates.origin(expression), Templates.scope("{'v': 1}")));
  }

  @Test
  void files() {
    assertThat(value("lookup('file', 'a.txt')")).isEqualTo("'content'");
    assertThat(value("lookup('file', 'a.txt', rstrip=false)")).isEqualTo("'content\\n\\n'");
    assertThat(value("lookup('file', 'a.txt', 'b.txt')")).isEqualTo("'content,other'");
    assertThat(value("q('fileglob', '*.txt') | map('basename')")).isEqualTo("['a.txt', 'b.txt']");
    assertThat(value("lookup('first_found', ['no', 'b.txt']) | basename")).isEqualTo("'b.txt'");
    assertThat(value("q('first_found', {'files': 'no', 'skip': true})")).isEqualTo("[]");
    assertThat(value("q('first_found', files=['no', 't.j2']) | map('basename')"))
        .isEqualTo("['t.j2']");
    assertThatThrownBy(() -> value("lookup('file', 'no')"))
        .hasMessageContaining("there is no file 'no'");
    assertThat(value("lookup('file', 'no', errors='ignore')")).isEqualTo("None");
  }

  @Test
  void templatesAndCommands() {
    assertThat(value("lookup('template', 't.j2')")).isEqualTo("'1-none\\n'");
    assertThat(value("lookup('template', 't.j2', template_vars={'w': 2})")).isEqualTo("'1-2\\n'");
    assertThat(value("lookup('pipe', 'echo hi')")).isEqualTo("'hi'");
    assertThat(value("q('lines', 'printf \"a\\nb\\n\"')")).isEqualTo("['a', 'b']");
    assertThatThrownBy(() -> value("lookup('pipe', 'exit 3')")).hasMessageContaining("status 3");
  }

  @Test
  void tables() {
    assertThat(value("lookup('ini', 'user', file='x.ini', section='db')")).isEqualTo("'bob'");
    assertThat(value("lookup('ini', 'user file=x.ini')")).isEqualTo("'ann'");
    assertThat(value("lookup('ini', 'no', file='x.ini', default='d')")).isEqualTo("'d'");
    assertThat(value("q('ini', '.*', file='x.ini', section='db', re=true)"))
        .isEqualTo("['bob', '5432']");
    assertThat(value("lookup('csvfile', 'k2', file='x.csv', delimiter=',')")).isEqualTo("'v,2'");
    assertThat(value("lookup('csvfile', 'k1 file=x.csv delimiter=, col=2')")).isEqualTo("'w1'");
  }

  @Test
  void passwordsAreMadeOnceAndSecret() {
    String lookup = "lookup('password', 'pw/x length=12 chars=digits')";
    StrValue first =
        (StrValue) engine.evaluate(lookup, Templates.origin(lookup), Templates.scope("{}"));
    assertThat(first.text()).matches("[0-9]{12}");
    assertThat(first.secret()).isTrue();
    assertThat(value(lookup)).isEqualTo("'" + first.text() + "'");
  }
}
