package dev.molt.dsl.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.YamlReader;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HooksTest {
  @TempDir Path folder;
  private final List<String> calls = new ArrayList<>();

  private Path file(String text) throws IOException {
    Path file = folder.resolve("h.groovy");
    Files.writeString(file, text);
    return file;
  }

  private Hooks hooks(String text) throws IOException {
    return Hooks.load(ScriptSource.file(file(text)), true);
  }

  /** A context that writes down what it is asked for. */
  private HookContext context() {
    return (HookContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HookContext.class},
            (proxy, method, arguments) -> {
              String name = method.getName();
              return switch (name) {
                case "getVars" -> Map.of("version", "1.19.44", "count", 3);
                case "getHost" -> "n1";
                case "fail" -> throw HookException.fail((String) arguments[0]);
                case "skip" ->
                    throw HookException.skip(arguments == null ? "" : (String) arguments[0]);
                default -> {
                  calls.add(name + (arguments == null ? "" : " " + List.of(arguments)));
                  yield null;
                }
              };
            });
  }

  private String error(Moment moment, String text) throws IOException {
    Hooks hooks = hooks(text);
    DiagnosticException e =
        catchThrowableOfType(DiagnosticException.class, () -> hooks.call(moment, context(), null));
    return shown(e);
  }

  private String shown(DiagnosticException e) {
    return DiagnosticFormatter.format(e.diagnostics().get(0)).replace(folder + "/", "");
  }

  @Test
  void closuresSeeTheContextAndTheirFile() throws IOException {
    Hooks hooks =
        hooks(
            """
            def prefix = 'v'
            def shout(text) { text.toUpperCase() }
            before { say prefix + vars.version; set 'n', vars.count + 1 }
            before { say shout("on $host") }
            after { r -> println "ended ${r.ok}"; print 'no line' }
            """);
    assertThat(hooks.has(Moment.BEFORE_PLAY)).isTrue();
    assertThat(hooks.has(Moment.BEFORE_TASK)).isFalse();
    hooks.call(Moment.BEFORE_PLAY, context(), null);
    hooks.call(Moment.AFTER_PLAY, context(), Map.of("ok", true));
    assertThat(calls)
        .containsExactly(
            "say [v1.19.44]", "set [n, 4]", "say [ON N1]", "say [ended true]", "say [no line]");
  }

  @Test
  void afterSomethingTheLastComesFirst() throws IOException {
    Hooks hooks = hooks("afterRun { say 1 }\nafterRun { say 2 }\n");
    hooks.call(Moment.AFTER_RUN, context(), null);
    assertThat(calls).containsExactly("say [2]", "say [1]");
  }

  @Test
  void aVetoSaysWhereItComesFrom() throws IOException {
    Hooks hooks = hooks("before {\n  if (vars.count > 2) fail 'too many'\n  say 'never'\n}\n");
    HookException veto =
        catchThrowableOfType(
            HookException.class, () -> hooks.call(Moment.BEFORE_PLAY, context(), null));
    assertThat(veto.skips()).isFalse();
    assertThat(veto.diagnostic().position().orElseThrow().line()).isEqualTo(2);
    assertThat(veto.diagnostic().message()).isEqualTo("too many");
    assertThat(calls).isEmpty();
    Hooks skipping = hooks("before { skip() }");
    assertThatThrownBy(() -> skipping.call(Moment.BEFORE_PLAY, context(), null))
        .isInstanceOfSatisfying(HookException.class, e -> assertThat(e.skips()).isTrue());
  }

  @Test
  void mistakesAreShownWhereTheyStand() throws IOException {
    assertThat(error(Moment.BEFORE_PLAY, "before {\n  say vras.x\n}\n"))
        .isEqualTo(
            """
            error: there is no 'vras' here
             --> h.groovy:2:3
            1 | before {
            2 |   say vras.x
              |   ^^^^^^^^^^
            3 | }
              = did you mean 'vars'?
            """);
    assertThat(error(Moment.BEFORE_PLAY, "before { sya 'x' }"))
        .contains("there is no sya(String) here", "did you mean 'say'?");
    assertThat(error(Moment.BEFORE_PLAY, "before {\n def x = null\n x.size()\n}"))
        .contains("NullPointerException", "h.groovy:3:2");
    assertThat(error(Moment.BEFORE_PLAY, "before { assert 1 == 2 }")).contains("h.groovy:1:1");
    assertThat(error(Moment.BEFORE_PLAY, "def f() { f() }\nbefore { f() }"))
        .contains("calls itself without end");
  }

  @Test
  void whatIsNoGroovyIsSaidBeforeTheRun() throws IOException {
    Path broken = file("before {\n  say 'x\n}\n");
    DiagnosticException e =
        catchThrowableOfType(
            DiagnosticException.class, () -> Hooks.load(ScriptSource.file(broken), true));
    assertThat(shown(e)).contains(" --> h.groovy:2:", "2 |   say 'x");
    assertThatThrownBy(() -> hooks("befoer { }")).hasMessageContaining("there is no befoer(");
  }

  @Test
  void aFileWithoutHooksIsAMistake() {
    assertThatCode(() -> hooks("if (false) before { }")).doesNotThrowAnyException();
    for (String text : List.of("", "\n", "// before { }\n/*\n*/\n", "def x = 1\n")) {
      DiagnosticException e = catchThrowableOfType(DiagnosticException.class, () -> hooks(text));
      assertThat(shown(e))
          .contains("error: this file has no hooks\n --> h.groovy:1:1\n", "write such as 'before");
    }
  }

  @Test
  void whatOthersCanWriteIsRefused() throws IOException {
    Path file = file("before { }");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));
    assertThatThrownBy(() -> ScriptSource.file(file))
        .hasMessageContaining("can be written by others, and is run with your rights: refused");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xrwx"));
    assertThatThrownBy(() -> ScriptSource.file(file)).hasMessageContaining("refused");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    assertThat(ScriptSource.file(file).text()).isEqualTo("before { }");
  }

  @Test
  void linesInAPlaybookAreShownThere() {
    Source yaml =
        Source.inline(
            "play.yml",
            "hooks:\n  before: |\n    say 'one'\n    sya 'two'\n  onFailure: fail 'x' + vras\n");
    Node hooks =
        ((dev.molt.dsl.yaml.MappingNode) YamlReader.read(yaml).orElseThrow())
            .get("hooks")
            .orElseThrow();
    Diagnostics problems = new Diagnostics();
    List<HookUse> uses = HookUse.of(hooks, List.of(folder), false, problems);
    problems.throwIfErrors();
    Hooks before = Hooks.load(uses.get(0).source(), false);
    DiagnosticException e =
        catchThrowableOfType(
            DiagnosticException.class, () -> before.call(Moment.BEFORE_TASK, context(), null));
    assertThat(e.diagnostics().get(0).position().orElseThrow().toString())
        .isEqualTo("play.yml:4:5");
    Hooks failure = Hooks.load(uses.get(1).source(), false);
    DiagnosticException second =
        catchThrowableOfType(
            DiagnosticException.class, () -> failure.call(Moment.ON_FAILURE, context(), null));
    assertThat(second.diagnostics().get(0).position().orElseThrow().line()).isEqualTo(5);
    assertThat(calls).containsExactly("say [one]");
  }

  @Test
  void unknownMomentsAndFilesAreMistakesOfThePlaybook() {
    Source yaml = Source.inline("play.yml", "- beforee: say 1\n- nope.groovy\n");
    Diagnostics problems = new Diagnostics();
    HookUse.of(YamlReader.read(yaml).orElseThrow(), List.of(folder), true, problems);
    assertThat(problems.all()).hasSize(2);
    assertThat(problems.all().get(0).message()).isEqualTo("there is no hook 'beforee'");
    assertThat(problems.all().get(0).hint()).contains("did you mean 'before'?");
    assertThat(problems.all().get(1).message()).isEqualTo("there is no hook file 'nope.groovy'");
    assertThat(problems.all().get(1).hint().orElseThrow())
        .contains(folder.resolve("hooks/nope.groovy").toString());
  }

  @Test
  void aLoopWithoutEndCanBeInterrupted() throws Exception {
    Hooks hooks = hooks("before { while (true) { } }");
    Throwable[] thrown = new Throwable[1];
    Thread thread =
        new Thread(
            () -> {
              try {
                hooks.call(Moment.BEFORE_PLAY, context(), null);
              } catch (RuntimeException e) {
                thrown[0] = e;
              }
            });
    thread.start();
    thread.interrupt();
    thread.join(20_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(thrown[0]).isInstanceOf(DiagnosticException.class);
  }
}
