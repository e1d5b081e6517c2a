package dev.molt.dsl.vars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.template.lookup.FileLookups;
import dev.molt.dsl.template.lookup.RunLookups;
import dev.molt.dsl.template.lookup.SearchPath;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loops in their older form, with the items that Ansible gives them. */
class LoopItemsTest {
  private static final String VARIABLES =
      """
      l: [a, [b, [c]]]
      users: [{name: ann, keys: [k1, k2], m: {k: [x]}}, {name: bob, keys: [k3]}]
      d: {x: 1, y: 2}
      end: 3
      """;

  @TempDir private Path directory;
  private Templar templar;
  private Variables variables;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(directory.resolve("files"));
    Files.writeString(directory.resolve("files/one.txt"), "1\n");
    Files.writeString(directory.resolve("files/two.txt"), "2\n");
    Files.writeString(directory.resolve("files/x.ini"), "[s]\nv1=a\nv2=b\n");
    RunLookups.Run run =
        new RunLookups.Run() {
          @Override
          public List<String> hosts(String pattern) {
            return pattern.equals("web") ? List.of("w1", "w2") : List.of();
          }

          @Override
          public Optional<RunLookups.Setting> setting(
              String name, String type, String plugin, dev.molt.dsl.template.Scope scope) {
            return Optional.empty();
          }
        };
    templar =
        new Templar(
            new TemplateEngine(
                Library.builder()
                    .builtins()
                    .lookups(new FileLookups(() -> SearchPath.of(directory)))
                    .lookups(new RunLookups(run))
                    .build()));
    variables =
        new Variables(templar, List.of(Layer.ofNodes("test", (MappingNode) node(VARIABLES))));
  }

  private static dev.molt.dsl.yaml.Node node(String text) {
    return YamlReader.read(Source.inline("test.yml", text)).orElseThrow();
  }

  private String items(String task) {
    MappingNode.Entry loop = ((MappingNode) node(task)).entries().get(0);
    String items =
        Python.repr(
            new ListValue(LoopItems.of(loop.key().text(), loop.value(), templar, variables)));
    return items.replace(directory.toString(), "DIR");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "with_items: [a, [b, [c]]]|['a', 'b', ['c']]",
        "with_items: '{{ l }}'|['a', 'b', ['c']]",
        "with_items: one|['one']",
        "with_items: ['{{ end }}']|[3]",
        "with_items: {x: 1, y: 2}|['x', 'y']",
        "with_list: [a, [b, c]]|['a', ['b', 'c']]",
        "with_dict: '{{ d }}'|[{'key': 'x', 'value': 1}, {'key': 'y', 'value': 2}]",
        "with_dict: [{x: 1}, {y: 2}]|[{'key': 'x', 'value': 1}, {'key': 'y', 'value': 2}]",
        "with_nested: [[a, b], [1, 2]]|[['a', 1], ['a', 2], ['b', 1], ['b', 2]]",
        "with_nested: ['{{ l }}', x]|[['a', 'x'], ['b', ['c'], 'x']]",
        "with_together: [[a, b], [1]]|[['a', 1], ['b', None]]",
        "with_indexed_items: [a, b]|[(0, 'a'), (1, 'b')]",
        "with_sequence: start=1 end={{ end }} format=n%02d|['n01', 'n02', 'n03']",
        "with_sequence: 2-6/2|['2', '4', '6']",
        "with_sequence: count=0|[]",
        "with_sequence: 3|['1', '2', '3']",
        "with_subelements: ['{{ users }}', keys]|[({'name': 'ann', 'm': {'k': ['x']}}, 'k1'),"
            + " ({'name': 'ann', 'm': {'k': ['x']}}, 'k2'), ({'name': 'bob'}, 'k3')]",
        "with_subelements: ['{{ users }}', m.k, {skip_missing: true}]|"
            + "[({'name': 'ann', 'keys': ['k1', 'k2'], 'm': {}}, 'x')]",
        "with_random_choice: [a]|['a']",
        "with_fileglob: '*.txt'|['DIR/files/one.txt', 'DIR/files/two.txt']",
        "with_fileglob: ['o*', 't*']|['DIR/files/one.txt', 'DIR/files/two.txt']",
        "with_file: [one.txt, two.txt]|['1', '2']",
        "with_first_found: [none.txt, two.txt]|['DIR/files/two.txt']",
        "with_first_found: ['{{ nothing }}.txt', one.txt]|['DIR/files/one.txt']",
        "with_first_found: {files: [none, one.txt], paths: files}|['DIR/files/one.txt']",
        "with_first_found: [{files: none, skip: true}]|[]",
        "with_first_found: [{files: ['{{ nothing.x }}-{{ d.x }}.yml', two.txt], paths: [files]}]|"
            + "['DIR/files/two.txt']",
        "with_lines: printf 'a\\nb\\n'|['a', 'b']",
        "with_ini: v[12] section=s file=x.ini re=true|['a', 'b']",
        "with_inventory_hostnames: web|['w1', 'w2']",
        "with_inventory_hostnames: [none]|[]",
        "with_vars: [end]|[3]",
        "with_ansible.builtin.items: [a]|['a']",
      })
  void givesWhatAnsibleGives(String task, String expected) {
    assertThat(items(task)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "with_indexed_items: {a: 1}|with_indexed_items expects a list",
        "with_together: []|with_together requires at least one element in each list",
        "with_nested: []|with_nested requires at least one element in the nested list",
        "with_dict: [a]|with_dict expects a dict",
        "with_sequence: start=0 junk=3|unrecognized arguments to with_sequence: ['junk']",
        "with_sequence: start=1|must specify count or end in with_sequence",
        "with_sequence: start=1 end=4 count=2|can't specify both count and end in with_sequence",
        "with_sequence: start=4 end=1 stride=2|to count backwards make stride negative",
        "with_sequence: start=1 end=4 stride=-2|to count forward don't make stride negative",
        "with_sequence: start=1 end=4 format=d|bad formatting string: d",
        "with_sequence: A-4/2|Invalid type for configuration option setting: start: 'A' is not"
            + " a whole number",
        "with_subelements: ['{{ users }}', none]|could not find 'none' key in iterated item"
            + " '{'name': 'ann', 'keys': ['k1', 'k2'], 'm': {'k': ['x']}}'",
        "with_subelements: ['{{ users }}', name]|the key name should point to a list, got 'ann'",
        "with_subelements: ['{{ users }}', name.x]|the key name should point to a dictionary, got"
            + " 'ann'",
        "with_subelements: ['{{ users }}', keys, wolves]|subelements lookup expects a list of two"
            + " or three items, the optional third item must be a dict with flags"
            + " ('skip_missing',)",
        "with_subelements: [a]|subelements lookup expects a list of two or three items, ",
        "with_first_found: [none]|No file was found when using first_found.",
        "with_itmes: [a]|there is no lookup named 'itmes' for 'with_itmes'",
      })
  void refusesAsAnsible(String task, String message) {
    assertThatThrownBy(() -> items(task))
        .isInstanceOf(DiagnosticException.class)
        .satisfies(
            e ->
                assertThat(((DiagnosticException) e).diagnostics().get(0).message().strip())
                    .isEqualTo(message.strip()));
  }

  @Test
  void anUnknownLookupIsFoundWithoutARun() {
    Library library = templar.engine().library();
    assertThat(LoopItems.unknown("with_items", null, library)).isEmpty();
    assertThat(LoopItems.unknown("with_itmes", Source.inline("x", "with_itmes").at(0, 10), library))
        .hasValueSatisfying(d -> assertThat(d.hint()).contains("did you mean 'items'?"));
    assertThat(LoopItems.isLoop("with_items")).isTrue();
    assertThat(LoopItems.isLoop("loop")).isFalse();
  }
}
