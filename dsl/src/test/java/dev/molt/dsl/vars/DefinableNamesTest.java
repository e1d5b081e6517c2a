package dev.molt.dsl.vars;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.References;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that nothing can define are found; never one that something could. */
class DefinableNamesTest {
  private static final TemplateEngine ENGINE = new TemplateEngine(Library.builtin());

  private final DefinableNames names = new DefinableNames();

  private static Node node(String text) {
    return YamlReader.read(Source.inline("test.yml", text)).orElseThrow();
  }

  private static References references(String template) {
    TextOrigin origin = TextOrigin.of(Source.inline("t", template));
    return ENGINE.check(template, origin, false, new Diagnostics());
  }

  private List<String> missing(String template) {
    return names.missing(references(template), Set.of(), true).stream()
        .map(Diagnostic::message)
        .toList();
  }

  /** The task's action is its first key, all other keys are keywords. */
  private void task(String text) {
    MappingNode task = (MappingNode) node(text);
    Map<String, Node> keywords = new LinkedHashMap<>();
    task.entries().stream().skip(1).forEach(e -> keywords.put(e.key().text(), e.value()));
    names.addTask(task.entries().get(0).key().text(), keywords, task.entries().get(0).value());
  }

  @Test
  void aMisspeltNameIsFoundWithTheOneThatWasMeant() {
    names.add("tegu_version");
    List<Diagnostic> found =
        names.missing(references("x {{ tegu_verson }} {{ tegu_version }}"), Set.of(), true);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).message()).isEqualTo("nothing can define 'tegu_verson'");
    assertThat(found.get(0).hint()).contains("did you mean 'tegu_version'?");
    assertThat(found.get(0).severity()).isEqualTo(Diagnostic.Severity.ERROR);
    assertThat(found.get(0).position())
        .hasValueSatisfying(p -> assertThat(p.column()).isEqualTo(6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ inventory_hostname }} {{ ansible_host }} {{ ansible_facts.x }} {{ item }} {{ omit }}",
        "{{ hostvars[groups.all[0]].x }} {{ lookup('env', 'X') }} {{ now() }} {{ range(3) }}",
        "{{ x | default('') }}",
        "{{ x.y.z | default('') }}",
        "{% if x is defined %}{{ x }}{% endif %}",
        "{{ x if x is defined else 1 }}",
        "{{ x is undefined or x }}",
        "{% for x in [1] %}{{ x }}{{ loop.index }}{% endfor %}",
        "{% set x = 1 %}{{ x }}",
        "{% macro x(y) %}{{ y }}{{ varargs }}{% endmacro %}{{ x(1) }}",
      })
  void whatMayBeMissingIsNoAlarm(String template) {
    assertThat(missing(template)).isEmpty();
  }

  @Test
  void whatMayNeverBeEvaluatedIsAWarning() {
    for (String template :
        List.of(
            "{% if true %}{{ x }}{% endif %}",
            "{{ false and x }}", "{{ x if false }}", "{% for i in [] %}{{ x }}{% endfor %}")) {
      assertThat(names.missing(references(template), Set.of(), true))
          .extracting(Diagnostic::severity)
          .containsExactly(Diagnostic.Severity.WARNING);
    }
    assertThat(names.missing(references("{{ x }}"), Set.of(), false))
        .extracting(Diagnostic::severity)
        .containsExactly(Diagnostic.Severity.WARNING);
    assertThat(names.missing(references("{{ x }}"), Set.of("x"), true)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "command: ls ; register: r|r",
        "set_fact: {a: 1}|a",
        "set_fact: a=1 b={{ c }}|a b",
        "set_fact: {'p_{{ x }}': 1}|p_anything",
        "debug: ; vars: {v: 1}|v",
        "debug: ; vars: [{v: 1}, {w: 2}]|v w",
        "debug: ; loop: [1] ; loop_control: {loop_var: l, index_var: i}|l i",
        "add_host: {name: h, extra: 1}|extra",
        "set_stats: {data: {s: 1}}|s",
        "include_vars: {file: '{{ f }}', name: n}|n",
        "package_facts:|packages",
        "getent: {database: passwd}|getent_passwd",
      })
  void aTaskDefines(String task, String defined) {
    task(task.replace(" ; ", "\n"));
    for (String name : defined.split(" ")) {
      assertThat(names.canDefine(name)).isTrue();
    }
    assertThat(names.canDefine("other")).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "set_fact: {'{{ x }}': 1}",
        "set_fact: '{{ all }}'",
        "include_vars: '{{ f }}'",
        "include_vars: {file: 'a-{{ f }}'}",
        "include_vars: {dir: vars}",
        "some_facts:",
        "debug: ; vars: '{{ more }}'",
      })
  void whatCannotBeKnownSilencesTheAlarm(String task) {
    task(task.replace(" ; ", "\n"));
    assertThat(missing("{{ whatever }}")).isEmpty();
  }

  @Test
  void namesOfAPartAreKnownOnlyThere() {
    DefinableNames inner = names.inner().add("only_here").addKeys(node("{a: 1}"));
    assertThat(inner.canDefine("only_here")).isTrue();
    assertThat(inner.canDefine("a")).isTrue();
    assertThat(names.canDefine("only_here")).isFalse();
    assertThat(names.addAll(List.of("x", "y")).canDefine("y")).isTrue();
  }

  @Test
  void namesWithinTextsAreChecked() {
    Map<String, Diagnostic.Severity> found = new LinkedHashMap<>();
    Diagnostics problems = new Diagnostics();
    String text =
        "{{ lookup('nosuch') }}{{ l | map('uper') }}{{ l | select('defind') }}"
            + "{{ l | selectattr('a', 'eqal', 1) }}{{ q('file', 'x', lstripp=1) }}"
            + "{{ l | map('upper') | select('match', 'a') }}{{ lookup('vars', 'x', default=1) }}"
            + "{% if l %}{{ lookup('nor') }}{% endif %}";
    TemplateEngine engine =
        new TemplateEngine(
            Library.builder()
                .builtins()
                .lookups(new dev.molt.dsl.template.lookup.FileLookups(() -> null))
                .build());
    engine.check(text, TextOrigin.of(Source.inline("t", text)), false, problems);
    problems.all().forEach(d -> found.put(d.message(), d.severity()));
    assertThat(found)
        .containsOnly(
            Map.entry("there is no lookup named 'nosuch'", Diagnostic.Severity.ERROR),
            Map.entry("there is no filter named 'uper'", Diagnostic.Severity.ERROR),
            Map.entry("there is no test named 'defind'", Diagnostic.Severity.ERROR),
            Map.entry("there is no test named 'eqal'", Diagnostic.Severity.ERROR),
            Map.entry("the lookup 'file' has no option 'lstripp'", Diagnostic.Severity.WARNING),
            Map.entry("there is no lookup named 'nor'", Diagnostic.Severity.WARNING));
  }
}
