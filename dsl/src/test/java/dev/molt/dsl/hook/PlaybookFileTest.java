package dev.molt.dsl.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaybookFileTest {
  @TempDir Path folder;

  private SequenceNode read(String text) throws IOException {
    return PlaybookFile.read(Files.writeString(folder.resolve("p.groovy"), text));
  }

  private String error(String text) {
    DiagnosticException e = catchThrowableOfType(DiagnosticException.class, () -> read(text));
    return DiagnosticFormatter.format(e.diagnostics().get(0)).replace(folder + "/", "");
  }

  private static String flow(Node node) {
    if (node instanceof MappingNode map) {
      return map.entries().stream()
          .map(e -> e.key().text() + ": " + flow(e.value()))
          .collect(Collectors.joining(", ", "{", "}"));
    } else if (node instanceof SequenceNode list) {
      return list.items().stream()
          .map(PlaybookFileTest::flow)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return ((ScalarNode) node).text();
  }

  @Test
  void tasksMayBeGroupedAsInYaml() throws IOException {
    String text =
        """
        play('all') {
          pre_tasks { task('P') { ping() } }
          tasks {
            task('One') { ping() }
            block('B') { task('Two') { ping() } }
          }
          task('Three') { ping() }
          tasks { }
          handlers {
            handler('H') { ping() }
            task('I') { ping() }
          }
          handler('J') { ping() }
        }
        """;
    assertThat(flow(read(text)))
        .isEqualTo(
            "[{hosts: all, pre_tasks: [{name: P, ping: }], "
                + "tasks: [{name: One, ping: }, {name: B, block: [{name: Two, ping: }]}, "
                + "{name: Three, ping: }], "
                + "handlers: [{name: H, ping: }, {name: I, ping: }, {name: J, ping: }]}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "tasks { ping() } ~ 'ping' cannot stand here: this is a list of tasks ~ task('name') {",
        "handlers { when 'x' } ~ 'when' cannot stand here: this is a list of tasks ~ task('name') {",
        "pre_tasks { ping() } ~ 'ping' cannot stand here: this is a list of tasks ~ task('name') {",
        "block { rescue { ping() } } ~ 'ping' cannot stand here ~ task('name') {",
        "task('x') { task('y') { } } ~ 'task' cannot stand here ~ tasks and blocks stand in a play",
        "block { handler('y') { } } ~ 'handler' cannot stand here ~ handlers stand in a play",
        "tasks { play('y') { } } ~ 'play' cannot stand here ~ plays stand beside one another",
        "vars('y') { a 1 } ~ 'vars' cannot stand here ~ vars { ... }",
        "vars a: [{ }] ~ a closure is no value ~ ",
        "vars a: Locale.ROOT ~ a Locale is no value ~ ",
        "roles 'x'; role 'y' ~ 'roles' is given twice ~ the first is at line 2",
      })
  void mistakesAreShownAtTheirLine(String line, String message, String hint) {
    assertThat(error("play('all') {\n  " + line + "\n}\n"))
        .contains(message, hint == null ? "" : hint, " --> p.groovy:2:3\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "when = 'false' ~ when 'false'",
        "serial = 1 ~ serial 1",
        "become = true ~ become true",
        "tags = ['a'] ~ tags ...",
        "name = \"it's\" ~ name ...",
        "task('x') { check_mode = true } ~ check_mode true",
        "block { ['x'].each { when = it } } ~ when 'x'",
        "vars { if (true) a = 1 } ~ a 1",
        "this.when = 'x' ~ when 'x'",
      })
  void aWordIsNotAssignedTo(String line, String hint) {
    assertThat(error("play('all') {\n  " + line + "\n}\n"))
        .contains(
            "is assigned to, but no variable of that name is there",
            "a word is said without '=': " + hint + ";",
            "declared with def",
            " --> p.groovy:2:3\n");
  }

  @Test
  void variablesOfTheTopOfTheFileCanBeAssignedToAnywhere() throws IOException {
    String text =
        """
        count = 0
        play('all') {
          def more = 1
          2.times { count += more }
          vars { a count }
        }
        last = count
        play("h$last") { }
        """;
    assertThat(flow(read(text))).isEqualTo("[{hosts: all, vars: {a: 2}}, {hosts: h2}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "vars { a compute('x') } ~ vars: {a: <x>}",
        "vars { ['x'].each { a compute(it) } } ~ vars: {a: <x>}",
        "vars { a compute((Object) 'x') } ~ vars: {a: <x>}",
        "vars { [:].with { a compute('x') } } ~ vars: {a: <x>}",
        "task('y') { debug msg: compute('z') } ~ tasks: [{name: y, debug: {msg: <z>}}]",
        "task('y') { debug { msg compute('z') } } ~ tasks: [{name: y, debug: {msg: <z>}}]",
        "vars { a shared('x') } ~ vars: {a: (x)}",
        "vars { a field('x') } ~ vars: {a: {x}}",
        "vars { a Helper.twice('x') } ~ vars: {a: xx}",
        "look('x') ~ tasks: [{name: Look at x, debug: {msg: <x>}}]",
        "block { rescue { look('x') } } ~ tasks: [{rescue: [{name: Look at x, debug: {msg: <x>}}]}]",
        "vars { a 1; run 'x'; main 'y' } ~ vars: {a: 1, run: x, main: y}",
        "new Helper().fill(delegate) ~ tasks: [{name: h, debug: {msg: xx}}]",
      })
  void methodsAndClosuresOfTheFileCanBeCalled(String line, String expected) throws IOException {
    String text =
        """
        import groovy.transform.Field
        def compute(x) { "<$x>" }
        def look(part) { task("Look at $part") { debug msg: compute(part) } }
        class Helper {
          static twice(x) { "$x$x" }
          def fill(list) { list.task('h') { debug msg: twice('x') } }
        }
        @Field field = { "{$it}" }
        shared = { "($it)" }
        """;
    assertThat(flow(read(text + "play('all') {\n  " + line + "\n}\n")))
        .isEqualTo("[{hosts: all, " + expected + "}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {"5 ~ 5", "'x' ~ x", "{ a 'x' } ~ {a: x}", "a: 'x' ~ {a: x}", "(['x']) ~ [x]"})
  void aWordIsAWordWhateverGroovysObjectsCan(String given, String value) throws IOException {
    List<String> words =
        List.of(
            ("print is wait call use find notify sleep run any every each collect with tap dump"
                    + " inspect equals toString hashCode getClass clone curry node lines now script"
                    + " add put fill invokeMethod getProperty evaluate binding say sort")
                .split(" "));
    String said = words.stream().map(w -> w + " " + given).collect(Collectors.joining("; "));
    String made =
        words.stream().map(w -> w + ": " + value).collect(Collectors.joining(", ", "{", "}"));
    assertThat(flow(read("task { " + said + " }\ntask { [1].every { " + said + "; true } }\n")))
        .isEqualTo("[" + made + ", " + made + "]");
  }

  @Test
  void printingIsNoWord() throws IOException {
    List<String> lines = new java.util.ArrayList<>();
    String text = "play('x') { println 'p'; vars { a sprintf('%02d', 1) }; printf '%s!', 'q' }\n";
    String made = Printed.during(lines::add, () -> flow(read(text)));
    assertThat(made).isEqualTo("[{hosts: x, vars: {a: 01}}]");
    assertThat(lines).containsExactly("p", "q!");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assert that: ['a == 1']",
        "assert that: ['a == 1'], fail_msg: 'x'",
        "assert(that: ['a == 1'])",
        "assert { that 'a == 1' }",
        "package name: 'x'",
        "package { name 'x' }",
        "vars { default 'x' }",
        "vars { import 'x' }",
      })
  void whatIsAKeywordOfGroovysIsWrittenInQuotes(String line) throws IOException {
    String word = line.replaceFirst("vars \\{ ", "").replaceFirst("\\W.*", "");
    assertThat(error("task {\n  " + line + "\n}\n"))
        .contains("p.groovy:2:", "'" + word + "' is a word of Groovy's own: write it in quotes");
    assertThat(flow(read("task {\n  " + line.replace(word, "'" + word + "'") + "\n}\n")))
        .contains(word + ": ");
  }

  @Test
  void aMethodOfTheFileThatTakesSomethingElseIsNoWord() {
    assertThat(error("def compute(int x) { x }\nplay('all') {\n  vars { a compute('x') }\n}\n"))
        .contains("there is no compute(String) here", "it takes (int)", "p.groovy:3:3");
  }

  @Test
  void whatAMethodAssignsToIsSaidThere() {
    assertThat(error("def help() { when = 'x' }\nplay('all') {\n  help()\n}\n"))
        .contains("'when' is assigned to", "p.groovy:1:1");
    assertThat(error("def help() { task('y') { } }\nplay('all') {\n  task('x') { help() }\n}\n"))
        .contains("'task' cannot stand here", "p.groovy:1:1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "for (h in hosts) { } ~ there is no 'hosts' here ~ hosts 'x', hosts(['x']) or hosts()",
        "task('x') { when foo == 1 } ~ there is no 'foo' here ~ when 'foo'",
        "tags ['x'] ~ there is no 'tags' here ~ tags(['x'])",
        "x = task ~ there is no 'task' here ~ task takes something: task ...",
        "vars { a 'x'.foo() } ~ a String has no foo() ~ ",
        "vars { a \"${1}x\".foo() } ~ a String has no foo() ~ ",
        "vars { a([b: 1].foo()) } ~ a Map has no foo() ~ ",
      })
  void whatIsNotThereIsNamedAsItsAuthorKnowsIt(String line, String message, String hint) {
    assertThat(error("play('all') {\n  " + line + "\n}\n"))
        .contains("error: " + message + "\n", hint == null ? "" : hint, "p.groovy:2:3\n");
  }

  @Test
  void wordsOutsideOfPlays() {
    assertThat(error("vars x: 1\nplay('all') { }\n"))
        .contains("there is no vars(Map) here", "words stand in what they are said of");
  }

  @Test
  void anExceptionThatCannotSayWhatItIs() {
    String type = "class Odd extends RuntimeException { String getMessage() { throw new Odd() } }";
    assertThat(error("play('all') {\n  throw new Odd()\n}\n" + type))
        .contains("error: Odd\n", "p.groovy:2:3\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "package a.b\n",
        "package a;\n",
        "#!/usr/bin/env molt\n// of\n/* two\n lines */ package a.b.c ;\n",
        "// package x\n\n",
      })
  void aPackageIsPassedOver(String before) throws IOException {
    String text = before + "task(new Name().x) { ping() }\nclass Name { String x = 'x' }\n";
    assertThat(flow(read(text))).isEqualTo("[{name: x, ping: }]");
    assertThat(error(text + "y\n"))
        .contains("p.groovy:" + (3 + before.chars().filter(c -> c == '\n').count()) + ":1\n");
  }

  @Test
  void aFileOfOnlyClasses() {
    assertThat(error("// x\nclass A { }\nclass B { }\n"))
        .contains("this file has only classes", "p.groovy:2:1\n", "stands beside them");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@Grab('org.x:y:1')\nimport org.x.Y\ntask { }\nclass A { }\n",
        "@Grab('org.x:y:1') def x = 1\n",
        "@groovy.lang.Grab('org.x:y:1')\nclass A { }\ntask { }\n",
      })
  void librariesCannotBeFetched(String text) {
    assertThat(error(text)).contains("error: @Grab is not there", "p.groovy:1:1\n");
    DiagnosticException e = catchThrowableOfType(DiagnosticException.class, () -> read(text));
    assertThat(e.diagnostics()).hasSize(1);
  }

  private String inventoryError(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("i.groovy"), text);
    DiagnosticException e =
        catchThrowableOfType(DiagnosticException.class, () -> InventoryFile.read(file));
    return DiagnosticFormatter.format(e.diagnostics().get(0)).replace(folder + "/", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "child 'x' ~ no child(String) here ~ what can stand here: children, group, host, hosts, vars",
        "hots 'x' ~ no hots(String) here ~ did you mean 'host'?",
        "vars 'x' ~ no vars(String) here ~ it takes (Map)",
        "println vras ~ no 'vras' here ~ did you mean 'vars'?",
      })
  void whatAGroupOfAnInventoryDoesNotHave(String line, String message, String hint)
      throws IOException {
    assertThat(inventoryError("group('g') {\n  " + line + "\n}\n"))
        .contains(message, hint, "i.groovy:2:3\n");
  }

  @Test
  void aGroupOfAnInventoryIsNotAssignedTo() throws IOException {
    assertThat(inventoryError("group('g') {\n  vars = [a: 1]\n}\n"))
        .contains("'vars' is assigned to", "i.groovy:2:3\n", "declared with def");
  }

  @Test
  void tasksOfAFileNeedNoName() throws IOException {
    assertThat(flow(read("task { ping() }\nblock { task { ping() } }\n")))
        .isEqualTo("[{ping: }, {block: [{ping: }]}]");
  }

  @Test
  void aHandlerInAFileOfTasks() {
    assertThat(error("task('x') { ping() }\nhandler('y') { }\n"))
        .contains("there is no handler(String, Closure) here", "p.groovy:2:1");
  }

  @Test
  void aMarkOfTheOrderOfBytesIsNotPartOfIt() throws IOException {
    assertThat(flow(read("\ufefftask('x') { ping() }\n"))).isEqualTo("[{name: x, ping: }]");
    assertThat(error("\ufefftask('x') { ping() }\nx\n")).contains("p.groovy:2:1");
  }

  @Test
  void whatIsNotUtf8IsShownAtItsPlace() throws IOException {
    Path file = folder.resolve("l.groovy");
    byte[] text =
        "task('x') { ping() }\ntask('y') { }\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    text[27] = (byte) 0xE9;
    Files.write(file, text);
    for (org.assertj.core.api.ThrowableAssert.ThrowingCallable read :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () -> PlaybookFile.read(file),
            () -> ModuleFile.load(file),
            () -> InventoryFile.read(file),
            () -> PluginFile.load(file, "filter"),
            () -> Hooks.load(ScriptSource.file(file), true))) {
      DiagnosticException e = catchThrowableOfType(DiagnosticException.class, read);
      assertThat(DiagnosticFormatter.format(e.diagnostics().get(0)))
          .contains(
              "the file is not in UTF-8: the byte 0xE9", "l.groovy:2:7\n", "save it as UTF-8");
    }
  }
}
