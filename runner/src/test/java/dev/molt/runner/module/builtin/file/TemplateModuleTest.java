package dev.molt.runner.module.builtin.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.ModuleKit.Runs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateModuleTest {
  @TempDir Path here;
  @TempDir Path host;
  private final TemplateModule template = new TemplateModule();
  private ModuleKit kit;

  @BeforeEach
  void open() {
    kit = ModuleKit.local().watching(host).variables(Map.of("name", Value.of("Zoë")));
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private TemplateModule.Options options(String text, Object... more) throws Exception {
    Path file = ModuleKit.write(here.resolve("t.j2"), text);
    List<Object> all = new ArrayList<>(List.of("src", file, "dest", host.resolve("out")));
    all.addAll(List.of(more));
    return OptionsKit.of(template, all.toArray());
  }

  @Test
  void writesWhatComesOfIt() throws Exception {
    Runs runs = kit.changes(template, options("Hello {{ name }}\n"));
    assertThat(host.resolve("out")).hasContent("Hello Zoë\n");
    assertThat(runs.check().diffs())
        .contains(FieldDiff.of(host.resolve("out").toString(), "content", "", "Hello Zoë\n"));
    for (String key :
        List.of("dest", "group", "gid", "md5sum", "checksum", "owner", "size", "src", "state")) {
      assertThat(runs.applied().result().has(key)).as(key).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "a|{% if true %}|b|{% endif %}|c| ~ trim_blocks=yes ~ a|b|c|",
        "a|{% if true %}|b|{% endif %}|c| ~ trim_blocks=no ~ a||b||c|",
        "a|  {% if true %}|b|  {% endif %}|c| ~ lstrip_blocks=yes ~ a|b|c|",
        "a|b| ~ newline_sequence=\\r\\n ~ a^|b^|",
        "<<name>> {{ name }} ~ variable_start_string=<<; variable_end_string=>> ~ Zoë {{ name }}",
        "[#no#]{# yes #} ~ comment_start_string=[#; comment_end_string=#] ~ {# yes #}",
        "#jinja2: trim_blocks: False|{% if true %}|b{% endif %} ~ trim_blocks=yes ~ |b",
      })
  void readsItAsAsked(String text, String options, String result) throws Exception {
    List<Object> all = new ArrayList<>();
    for (String pair : options.split("; ")) {
      all.addAll(List.of(pair.split("=", 2)));
    }
    kit.changes(template, options(text.replace('|', '\n'), all.toArray()));
    assertThat(Files.readString(host.resolve("out")).replace('\n', '|').replace('\r', '^'))
        .isEqualTo(result);
  }

  @Test
  void encodesTheResult() throws Exception {
    kit.changes(template, options("{{ name }}", "output_encoding", "windows-1252"));
    assertThat(Files.readAllBytes(host.resolve("out"))).containsExactly('Z', 'o', 0xEB);
    kit.changes(template, options("{{ name }}", "output_encoding", ""));
    assertThat(host.resolve("out")).hasContent("Zoë");
    assertThatThrownBy(() -> kit.check(template, options("ж", "output_encoding", "latin1")))
        .isInstanceOf(ModuleException.class);
  }

  @Test
  void mayHaveTheModeOfTheTemplateAndGoIntoADirectory() throws Exception {
    TemplateModule.Options options =
        OptionsKit.of(
            template,
            "src",
            ModuleKit.write(here.resolve("t.j2"), "x"),
            "dest",
            host + "/new/",
            "mode",
            "preserve");
    Files.setPosixFilePermissions(
        here.resolve("t.j2"), PosixFilePermissions.fromString("r-xr--rwx"));
    Runs runs = kit.changes(template, options);
    assertThat(host.resolve("new/t.j2")).hasContent("x");
    assertThat(runs.applied().result().get("mode")).isEqualTo(Value.of("0547"));
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> kit.check(template, options("{{ nope }}")))
        .isInstanceOf(DiagnosticException.class)
        .hasMessageContaining("'nope' is undefined");
    assertThatThrownBy(() -> kit.check(template, options("x", "newline_sequence", "x")))
        .hasMessageStartingWith("newline_sequence needs to be one of");
  }
}
