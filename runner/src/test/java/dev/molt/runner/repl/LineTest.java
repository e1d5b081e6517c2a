package dev.molt.runner.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {
  private static Line of(String text) {
    return Line.of(Source.inline("line", text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "service name=tegu | Call",
        "  ping | Call",
        "ansible.builtin.ping | Call",
        "service: name=tegu | Tasks",
        "service: {name: tegu} | Tasks",
        "ansible.builtin.service: | Tasks",
        "- ping: | Tasks",
        "{ping: } | Tasks",
        "! uptime | Shell",
        "!uptime | Shell",
        "{{ x }} | Expression",
        "{% if x %}y{% endif %} | Expression",
        "$1 | Expression",
        "$_.stdout | Expression",
        "$10[0] | Expression",
        "$PATH | Call",
        "run upgrade.yml | Run",
        "run | Run",
        ":hosts | Order",
        ":watch 2s ping | Order",
        "# nothing | Nothing",
      })
  void linesAreOfAKind(String text, String kind) {
    assertThat(of(text).getClass().getSimpleName()).isEqualTo(kind);
  }

  @Test
  void partsKnowWhereTheyStand() {
    Line.Call call = (Line.Call) of("  service  name=tegu ");
    assertThat(call.module().text()).isEqualTo("service");
    assertThat(call.module().position()).hasToString("line:1:3");
    assertThat(call.arguments().text()).isEqualTo("name=tegu");
    assertThat(call.arguments().origin().at(5, 4)).hasToString("line:1:17");
    Line.Order order = (Line.Order) of(":vars n1 tegu_version");
    assertThat(order.name().text()).isEqualTo("vars");
    assertThat(order.argument().text()).isEqualTo("n1 tegu_version");
    assertThat(((Line.Shell) of("!  ls -l")).command().text()).isEqualTo("ls -l");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "service name=tegu",
        "debug msg='a b'",
        "! echo it's",
        "debug msg=it's",
        "{{ a }}",
        "{{ {'a': 1} }}",
        ":hosts {{",
        "service: name=tegu",
        "service:\n  name: tegu\n",
        "- ping:\n",
        "debug msg=(",
        ":groovy hosts.size()",
        ":groovy [1, 2].collect { n ->\n  n + 1\n}",
        ":groovy 'it}' + \"{\" + ')\\')' // {",
        ":groovy 'never closed",
        ":groovy '''a\n{''' /* ( */",
        ":groovy\ndef x = 1\n\n",
        ":groovyx {",
      })
  void theseAreAllThere(String text) {
    assertThat(Completeness.missing(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "debug msg='a b",
        "debug msg=\"a \\\" b",
        "{{ a",
        "{{ {'a': 1}",
        "debug: {msg: hi",
        "service:",
        "service:\n  name: tegu",
        "- ping:",
        "! echo a \\",
        ":groovy [1, 2].collect {",
        ":groovy [1, 2].collect { n ->\n  n + 1",
        ":groovy look(",
        ":groovy '''a\n'",
        ":groovy 1 /* why",
        ":groovy",
        ":groovy\ndef x = 1",
        ":groovy\nif (true) {\n\n",
      })
  void theseGoOn(String text) {
    assertThat(Completeness.missing(text)).isPresent();
  }

  @Test
  void linesOfAScriptThatBelongTogetherAreOne() throws IOException {
    String script =
        """
        # checks
        ping
        service:
          name: tegu

        ! echo a \\
        b
        debug msg="x
        y"
        """;
    LineSplitter lines = LineSplitter.written(new BufferedReader(new StringReader(script)));
    List<String> all = new ArrayList<>();
    for (Optional<String> l = lines.next(); l.isPresent(); l = lines.next()) {
      all.add(lines.first() + " " + l.get());
    }
    assertThat(all)
        .containsExactly(
            "1 # checks",
            "2 ping",
            "3 service:\n  name: tegu\n",
            "6 ! echo a \\\nb",
            "8 debug msg=\"x\ny\"");
  }
}
