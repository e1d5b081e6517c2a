package dev.molt.runner.cli.doc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.yaml.NodeValues;
import dev.molt.dsl.yaml.YamlReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an editor would say with the schema of {@code molt doc --schema}. */
class SchemaTest {
  private static final Path SHIPPED = Path.of(System.getProperty("molt.home", ".."), "playbooks");
  private static final SchemaCheck SCHEMA = new SchemaCheck(Json.parse(schema()));

  /** With the modules in Groovy that the shipped playbooks use. */
  private static String schema() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DocCommand(new PrintStream(out, true, StandardCharsets.UTF_8))
        .execute(List.of("--schema", "--playbook-dir", SHIPPED.toString()));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Value yaml(String text) {
    return NodeValues.plain(YamlReader.read(Source.inline("play", text)).orElseThrow());
  }

  private static List<String> task(String text) {
    return SCHEMA.problems(yaml(text), SCHEMA.definition("statement"));
  }

  private static List<Path> shipped(String folder) throws IOException {
    try (Stream<Path> files = Files.list(SHIPPED.resolve(folder))) {
      return files.filter(f -> f.toString().endsWith(".yml")).sorted().toList();
    }
  }

  @Test
  void shippedPlaybooksFit() throws IOException {
    assertThat(shipped("")).isNotEmpty();
    for (Path file : shipped("")) {
      assertThat(SCHEMA.problems(yaml(Files.readString(file)))).as(file.toString()).isEmpty();
    }
    for (Path file : shipped("tasks")) {
      assertThat(SCHEMA.problems(yaml(Files.readString(file)), SCHEMA.definition("tasks")))
          .as(file.toString())
          .isEmpty();
    }
  }

  @Test
  void referencesLeadSomewhere() {
    String text = schema();
    Set<String> names = new HashSet<>();
    java.util.regex.Matcher matcher =
        java.util.regex.Pattern.compile("\"#/\\$defs/(\\w+)\"").matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    MapValue definitions = (MapValue) ((MapValue) Json.parse(text)).get("$defs");
    assertThat(names).isNotEmpty();
    names.forEach(n -> assertThat(definitions.has(n)).as(n).isTrue());
    definitions.entries().keySet().forEach(n -> assertThat(names).contains(Python.str(n)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: x, copy: {src: a, dest: /b, mode: '0644', backup: yes}}",
        "{ansible.builtin.copy: {src: a, dest: /b, force: '{{ f }}'}}",
        "{community.general.capabilities: {path: /x, capability: c}}",
        "{command: echo hello, args: {chdir: /}, when: [a is defined, not b]}",
        "{ping: , when: true, retries: '{{ n }}', delay: 3, until: x is succeeded}",
        "{stat: path=/x, register: r, with_items: [1, 2]}",
        "{set_fact: {anything: at all, cacheable: true}}",
        "{wait_for: {port: '25', timeout: 3}, tags: [a, b], notify: one}",
        "{block: [{ping: }], rescue: [{debug: {msg: no}}], tags: always}",
        "{service: {name: x, state: '{{ s }}', enabled: true}}",
        "{service: {name: x, state: started}, loop: '{{ all }}', loop_control: {label: x}}",
        "{include_tasks: more.yml, vars: {a: 1}}",
      })
  void whatIsRight(String text) {
    assertThat(task(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{nmae: x, copy: {dest: /b}}",
        "{copy: {dset: /b}}",
        "{copy: {dest: /b, backup: sometimes}}",
        "{service: {name: x, state: runing}}",
        "{service: {name: x, timeout: soon}}",
        "{copy: [a, b]}",
        "{ping: , become: [yes]}",
        "{block: {ping: }}",
        "{block: [{ping: }], register: x}",
        "{block: [{pong: }]}",
        "{when: true, coppy: {dest: /b}}",
      })
  void whatIsWrong(String text) {
    assertThat(task(text)).isNotEmpty();
  }

  @Test
  void plays() {
    assertThat(SCHEMA.problems(yaml("- import_playbook: a.yml\n  when: x\n"))).isEmpty();
    assertThat(SCHEMA.problems(yaml("- import_playbook: a.yml\n  hosts: x\n"))).isNotEmpty();
    assertThat(SCHEMA.problems(yaml("- hosts: [a, b]\n  roles: [x, {role: y, port: 1}]\n")))
        .isEmpty();
    assertThat(SCHEMA.problems(yaml("- hosts: a\n  serial: [1, 50%]\n  tasks:\n"))).isEmpty();
    assertThat(SCHEMA.problems(yaml("- tasks: []\n"))).containsExactly("/0 has no hosts");
    assertThat(SCHEMA.problems(yaml("- hosts: a\n  task: []\n"))).isNotEmpty();
    assertThat(SCHEMA.problems(yaml("hosts: a\n"))).isNotEmpty();
  }
}
