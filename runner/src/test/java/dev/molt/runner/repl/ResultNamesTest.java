package dev.molt.runner.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.YamlReader;
import dev.molt.runner.repl.ResultNames.Named;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultNamesTest {
  private static final Map<Integer, Named> RESULTS =
      Map.of(
          1, new Named(Optional.of("one"), "", Set.of("n1", "web-2")),
          2, new Named(Optional.of("two"), ".msg", Set.of("n1")),
          3, new Named(Optional.empty(), "", Set.of()));

  private final ResultNames names = new ResultNames(n -> Optional.ofNullable(RESULTS.get(n)), 2);

  private ScalarNode node(String text) {
    return ((Line.Expression) Line.of(Source.inline("line", "{{" + text)))
        .text()
        .part(2, text.length() + 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{{ $1.stdout }} | {{ one.stdout }}",
        "{{ $_ }} | {{ two.msg }}",
        "{{ $1.n1.stdout }} | {{ hostvars['n1'].one.stdout }}",
        "{{ $1['web-2'].rc }} | {{ hostvars['web-2'].one.rc }}",
        "{{ $1[\"web-2\"] }} | {{ hostvars['web-2'].one }}",
        "{{ $1.n9 }} | {{ one.n9 }}",
        "{{ $2.n1 }} | {{ hostvars['n1'].two.msg }}",
        "{{ 'costs $1' ~ $1.rc }} | {{ 'costs $1' ~ one.rc }}",
        "{% if $1.rc %}$1{% endif %} | {% if one.rc %}$1{% endif %}",
        "awk '{print $1}' | awk '{print $1}'",
        "echo $_ {{ $2 }} $2 | echo $_ {{ two.msg }} $2",
        "{{ $12x }} | {{ $12x }}",
        "that=\"$1.rc == 0 and $1.rc == 0\" x=$1 | that=\"one.rc == 0 and one.rc == 0\" x=$1",
        "{{ 'it\\'s $1' ~ $1.rc }} | {{ 'it\\'s $1' ~ one.rc }}",
        "var=$1.stdout x=$1 | var=one.stdout x=$1",
      })
  void areReplacedWhereAnExpressionIs(String text, String wanted) {
    assertThat(names.in(node(text), false).text()).isEqualTo(wanted);
  }

  @Test
  void conditionsAreExpressionsWithoutBraces() {
    String yaml = "assert: {that: ['$1.rc == 0', \"'$1' != $2\"]}\nwhen: $1 is changed\nname: $1";
    MappingNode task =
        (MappingNode) names.in(YamlReader.read(Source.inline("line", yaml)).orElseThrow());
    assertThat(NodeText.of(task))
        .isEqualTo(
            """
            assert:
              that:
                - one.rc == 0
                - "'$1' != two.msg"
            when: one is changed
            name: "$1\"\
            """);
  }

  @Test
  void whatComesOfItStandsWhereItWasTyped() {
    ScalarNode node = names.in(node("{{ $1.n1.x + $2.y }}"), false);
    assertThat(node.text()).isEqualTo("{{ hostvars['n1'].one.x + two.msg.y }}");
    assertThat(node.origin().at(node.text().indexOf("+"), 1).column()).isEqualTo(2 + 12);
    assertThat(node.origin().at(node.text().indexOf("two"), 7).column()).isEqualTo(2 + 14);
    assertThat(node.origin().at(node.text().indexOf("two"), 7).length()).isEqualTo(2);
  }

  @Test
  void thoseThatThereAreNotAreMistakes() {
    assertThatThrownBy(() -> names.in(node("{{ $7 }}"), false))
        .isInstanceOf(DiagnosticException.class)
        .hasMessageContaining("there is no result $7");
    assertThatThrownBy(() -> names.in(node("{{ $3 }}"), false))
        .hasMessageContaining("$3 is of a line that gives no result");
    assertThatThrownBy(() -> new ResultNames(n -> Optional.empty(), 0).in(node("{{ $_ }}"), false))
        .hasMessageContaining("there is no result $_");
  }
}
