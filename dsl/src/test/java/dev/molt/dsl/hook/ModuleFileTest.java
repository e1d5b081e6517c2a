package dev.molt.dsl.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.value.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleFileTest {
  @TempDir Path folder;

  private ModuleFile module(String text) throws IOException {
    Path file = folder.resolve("m.groovy");
    Files.writeString(file, text);
    return ModuleFile.load(file);
  }

  private String error(String text) {
    DiagnosticException e = catchThrowableOfType(DiagnosticException.class, () -> module(text));
    return e.diagnostics().stream()
        .map(DiagnosticFormatter::format)
        .collect(Collectors.joining())
        .replace(folder + "/", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "String ~ 'a, b' ~ \"a, b\"",
        "String ~ \"${'a'}b\" ~ \"ab\"",
        "Boolean ~ false ~ false",
        "int ~ 3 ~ 3",
        "Double ~ 2 ~ 2",
        "Double ~ 2.5 ~ 2.5",
        "List ~ ['a, b', 'c'] ~ [\"a, b\", \"c\"]",
        "List ~ [] ~ []",
        "Map ~ [a: [1, 'x, y'], b: [c: null]] ~ {\"a\": [1, \"x, y\"], \"b\": {\"c\": null}}",
        "Object ~ [1, [2]] ~ [1, [2]]",
      })
  void defaultsAreWhatIsWritten(String type, String written, String json) throws IOException {
    ModuleFile module =
        module("option 'x', type: " + type + ", default: " + written + "\nplan { }");
    assertThat(Json.write(module.options().get(0).defaultValue().orElseThrow())).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "type: Integer, default: 'x' ~ takes a whole number, and its default is a text ~ String",
        "type: Integer, default: 1.5 ~ takes a whole number, and its default is a number ~ Double",
        "type: Integer, default: 9999999999 ~ its default is one that is too large ~ Object",
        "type: Boolean, default: 'yes' ~ takes true or false, and its default is a text ~ String",
        "type: Double, default: '1' ~ takes a number, and its default is a text ~ String",
        "type: List, default: [a: 1] ~ takes a list of texts, and its default is a map ~ Map",
        "type: List, default: [['a']] ~ its default is a list with something else in it ~ Object",
        "type: Map, default: ['a'] ~ takes a map, and its default is a list of texts ~ List",
        "default: 8080 ~ takes a text, and its default is a whole number ~ Integer",
      })
  void aDefaultIsOfTheTypeOfItsOption(String definition, String message, String type) {
    assertThat(error("plan { }\n\noption 'x', " + definition + "\n"))
        .contains(message, " --> m.groovy:3:1\n", "option 'x'", "say 'type: " + type + "'");
  }

  @Test
  void whatIsNoValueIsNoDefault() {
    assertThat(error("plan { }\noption 'x',\n  default: Locale.ROOT\n"))
        .contains("a Locale is no value", " --> m.groovy:2:1\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "defualt: 1 ~ the option 'x' cannot have 'defualt' ~ did you mean 'default'?",
        "type: Locale ~ the option 'x' cannot be of the type Locale ~ it is one of String, Boolean",
        "type: 'String' ~ the option 'x' cannot be of the type 'String' ~ it is one of String",
        "required: 'yes' ~ 'required' of the option 'x' is true or false ~ write required: true",
        "choices: ['a'], default: 'b' ~ is not one of its choices ~ it is one of a",
      })
  void whatAnOptionCannotBe(String definition, String message, String hint) {
    assertThat(error("plan { }\noption 'x', " + definition + "\n"))
        .contains(message, " --> m.groovy:2:1\n", hint);
  }

  @Test
  void anOptionIsDefinedOnce() throws IOException {
    assertThat(error("option 'x'\noption 'y'\noption 'x', type: List\nplan { }\n"))
        .isEqualTo(
            """
            error: the option 'x' is defined twice
             --> m.groovy:3:1
            1 | option 'x'
            2 | option 'y'
            3 | option 'x', type: List
              | ^^^^^^^^^^^^^^^^^^^^^^
            4 | plan { }
              note: the first is here
             --> m.groovy:1:1
            1 | option 'x'
              | ^^^^^^^^^^
              = give one of them another name
            """);
    assertThat(error("option 'x'\noption 'y', aliases: ['x']\nplan { }\n"))
        .contains("the option 'x' is defined twice", "m.groovy:2:1");
  }
}
