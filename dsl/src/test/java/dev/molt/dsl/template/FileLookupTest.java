package dev.molt.dsl.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.template.lookup.FileLookups;
import dev.molt.dsl.template.lookup.RunLookups;
import dev.molt.dsl.template.lookup.SearchPath;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    Files.writeString(
        directory.resolve("files/x2.ini"),
        "[DEFAULT]\nroot = /srv\n[a]\nhome: %(root)s/a\nlong = one\n  two\n");
    Files.writeString(directory.resolve("files/bare.ini"), "[s]\nbare\n# c\nx=1\n");
    Files.writeString(
        directory.resolve("files/latin.ini"),
        "[s]\nword=\u00e9t\u00e9\n",
        java.nio.charset.StandardCharsets.ISO_8859_1);
    Files.writeString(directory.resolve("files/p.properties"), "# c\na.b = x y\n");
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
        .hasMessageContaining("could not locate file in lookup: no");
    assertThat(value("lookup('file', 'no', errors='ignore')")).isEqualTo("None");
    assertThat(value("q('file', 'no', errors='ignore')")).isEqualTo("[]");
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
    assertThat(value("lookup('csvfile', 'v1', file='x.csv', delimiter=',', col=0, keycol=1)"))
        .isEqualTo("'k1'");
    assertThat(value("lookup('csvfile', 'none file=x.csv delimiter=,')")).isEqualTo("[]");
    assertThat(value("lookup('csvfile', 'none file=x.csv delimiter=, default=d')"))
        .isEqualTo("'d'");
    assertThatThrownBy(() -> value("lookup('csvfile', 'file=x.csv')"))
        .hasMessageContaining("Search key is required but was not found");
    assertThatThrownBy(() -> value("lookup('csvfile', 'k1 file=x.csv nope=1')"))
        .hasMessageContaining("nope is not a valid option");
  }

  @Test
  void iniFilesAsPythonReadsThem() throws IOException {
    Files.writeString(directory.resolve("files/y.ini"), "[twice]\nx=1\nX=2\n");
    assertThat(value("lookup('ini', 'home', file='x2.ini', section='a')")).isEqualTo("'/srv/a'");
    assertThat(value("lookup('ini', 'long', file='x2.ini', section='a')")).isEqualTo("'one\\ntwo'");
    assertThat(value("lookup('ini', 'home', file='x2.ini', section='a', interpolation=false)"))
        .isEqualTo("'%(root)s/a'");
    assertThat(value("lookup('ini', 'HOME', file='x2.ini', section='a', default='no')"))
        .isEqualTo("'/srv/a'");
    assertThat(value("lookup('ini', 'gone', file='x2.ini', section='a')")).isEqualTo("''");
    assertThat(value("lookup('ini', 'X', file='y.ini', section='twice', case_sensitive=true)"))
        .isEqualTo("'2'");
    assertThatThrownBy(() -> value("lookup('ini', 'x', file='y.ini', section='twice')"))
        .hasMessageContaining("Duplicate option in 'y.ini'");
    assertThatThrownBy(() -> value("lookup('ini', 'x', file='x2.ini', section='none')"))
        .hasMessageContaining("No section 'none' in x2.ini");
    assertThatThrownBy(() -> value("lookup('ini', 'file=x2.ini')"))
        .hasMessageContaining("No key to lookup was provided as first term");
    assertThatThrownBy(() -> value("lookup('ini', 'x nope=1')"))
        .hasMessageContaining("nope is not a valid option");
    assertThatThrownBy(() -> value("lookup('ini', 'bare', file='bare.ini', section='s')"))
        .hasMessageContaining("neither a section nor a key with a value");
    assertThat(value("lookup('ini', 'bare', file='bare.ini', section='s', allow_none=true)"))
        .isEqualTo("[]");
    assertThat(value("lookup('ini', 'word file=latin.ini section=s encoding=iso8859-1')"))
        .isEqualTo("'\u00e9t\u00e9'");
    assertThat(value("lookup('ini', 'a.b type=properties file=p.properties')")).isEqualTo("'x y'");
  }

  @Test
  void aFileMayBeGivenInManyForms() {
    assertThat(value("lookup('first_found', files='no;a.txt', paths='nope:files') | basename"))
        .isEqualTo("'a.txt'");
    assertThat(value("q('first_found', ['no'], skip=true)")).isEqualTo("[]");
    assertThatThrownBy(() -> value("lookup('first_found', 'no', 'nor')"))
        .hasMessageContaining("No file was found when using first_found.");
    assertThat(value("q('fileglob', 'files/[ab].txt', 'none*') | map('basename')"))
        .isEqualTo("['a.txt', 'b.txt']");
  }

  @Test
  void nearerDirectoriesComeFirst() throws IOException {
    Path role = Files.createDirectories(directory.resolve("role/files"));
    Files.writeString(role.resolve("a.txt"), "role");
    SearchPath path = SearchPath.of(List.of(directory.resolve("role"), directory));
    assertThat(path.find("files", "a.txt")).contains(role.resolve("a.txt"));
    assertThat(path.all("files", "a.txt")).hasSize(2);
    assertThat(path.find("files", "b.txt")).contains(directory.resolve("files/b.txt"));
    assertThat(path.find("files", "none")).isEmpty();
    assertThat(path.base()).isEqualTo(directory);
  }

  @Test
  void whatARunKnows() {
    RunLookups.Run run =
        new RunLookups.Run() {
          @Override
          public List<String> hosts(String pattern) {
            return pattern.equals("web:!w2") ? List.of("w1") : List.of();
          }

          @Override
          public Optional<RunLookups.Setting> setting(
              String name, String type, String plugin, Scope scope) {
            return name.equals("DEFAULT_FORKS")
                ? Optional.of(new RunLookups.Setting(Value.of(5), "default"))
                : Optional.empty();
          }
        };
    List<String> warnings = new ArrayList<>();
    engine =
        new TemplateEngine(
            Library.builder()
                .builtins()
                .lookups(new RunLookups(run))
                .warnings(warnings::add)
                .build());
    assertThat(value("q('inventory_hostnames', 'web', '!w2')")).isEqualTo("['w1']");
    assertThat(value("q('inventory_hostnames', 'none')")).isEqualTo("[]");
    assertThat(value("lookup('config', 'DEFAULT_FORKS')")).isEqualTo("5");
    assertThat(value("lookup('config', 'DEFAULT_FORKS', show_origin=true)"))
        .isEqualTo("[5, 'default']");
    assertThat(value("lookup('config', 'NONE', on_missing='skip')")).isEqualTo("[]");
    assertThat(value("q('config', 'NONE', on_missing='warn')")).isEqualTo("[]");
    assertThat(warnings).containsExactly("Unable to find setting NONE");
    assertThatThrownBy(() -> value("lookup('config', 'NONE')"))
        .hasMessageContaining("Unable to find setting NONE");
    assertThatThrownBy(() -> value("lookup('config', 1337)"))
        .hasMessageContaining("Invalid setting identifier");
    assertThatThrownBy(() -> value("lookup('config', 'X', on_missing='boo')"))
        .hasMessageContaining("valid values are");
    assertThat(value("lookup('vars', 'v', 'nope', errors='warn')")).isEqualTo("None");
    assertThat(warnings).hasSize(2);
  }

  @Test
  void passwordsAreMadeOnceAndSecret() {
    String lookup = "lookup('password', 'pw/x length=12 chars=digits')";
    StrValue first =
        (StrValue) engine.evaluate(lookup, Templates.origin(lookup), Templates.scope("{}"));
    assertThat(first.text()).matches("[0-9]{12}");
    assertThat(first.secret()).isTrue();
    assertThat(value(lookup)).isEqualTo("'" + first.text() + "'");
    assertThat(directory.resolve("pw")).satisfies(d -> mode(d, "rwx------"));
    assertThat(directory.resolve("pw/x"))
        .hasContent(first.text())
        .satisfies(f -> mode(f, "rw-------"));
  }

  private static void mode(Path file, String expected) throws IOException {
    assertThat(
            java.nio.file.attribute.PosixFilePermissions.toString(
                Files.getPosixFilePermissions(file)))
        .isEqualTo(expected);
  }

  @Test
  void anEncryptedPasswordKeepsItsSalt() throws IOException {
    String lookup = "lookup('password', 'pw/y encrypt=sha512_crypt length=9')";
    String first = value(lookup);
    assertThat(first).startsWith("'$6$");
    assertThat(value(lookup)).isEqualTo(first);
    String content = Files.readString(directory.resolve("pw/y"));
    assertThat(content).matches("(?s).{9} salt=[./0-9A-Za-z]{16}\n");
    assertThat(value("lookup('password', 'pw/y')")).isEqualTo("'" + content.substring(0, 9) + "'");
    assertThatThrownBy(() -> value("lookup('password', 'pw/z lenth=3')"))
        .hasMessageContaining("Unrecognized parameter(s) given to password lookup: lenth");
    assertThatThrownBy(() -> value("lookup('password', 'pw/z length=3 more')"))
        .hasMessageContaining("Unrecognized value after key=value parameters");
  }
}
