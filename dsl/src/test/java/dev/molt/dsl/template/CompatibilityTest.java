package dev.molt.dsl.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Templates with the values that Ansible gives for them. */
class CompatibilityTest {
  @TestFactory
  Stream<DynamicTest> asAnsible() throws IOException {
    MapValue document = (MapValue) Json.parse(document());
    return ((ListValue) document.get("cases"))
        .items().stream()
            .map(MapValue.class::cast)
            .map(row -> DynamicTest.dynamicTest(text(row, "template"), () -> check(row)));
  }

  private static void check(MapValue row) throws IOException {
    // Templates may change their variables, so each gets its own.
    MapValue variables = (MapValue) ((MapValue) Json.parse(document())).get("variables");
    variables.put("gt", Value.of(1));
    Map<String, Value> named = new LinkedHashMap<>();
    variables.entries().forEach((name, value) -> named.put(Python.str(name), value));
    Scope scope = Templates.scope(named);
    String template = text(row, "template");
    if (row.has("error")) {
      assertThatThrownBy(() -> Templates.render(template, scope))
          .isInstanceOf(DiagnosticException.class);
      return;
    }
    boolean expression = text(row, "kind").equals("expr");
    // In a playbook a backslash stands for itself; the expressions were measured without that.
    if (!template.contains("\\")) {
      assertExpected(Templates.render(template, scope), row, !expression);
    }
    if (expression) {
      String bare = template.substring(2, template.length() - 2);
      assertExpected(Templates.evaluate(bare, scope), row, false);
    }
  }

  private static void assertExpected(Value actual, MapValue row, boolean asText) {
    if (row.has("value_repr")) {
      assertThat(Python.repr(actual) + " (" + Python.typeName(actual) + ")")
          .isEqualTo(text(row, "value_repr"));
    } else if (asText) {
      assertThat(Python.str(actual)).isEqualTo(text(row, "value"));
    } else {
      assertThat(actual).isEqualTo(row.get("value"));
    }
  }

  private static String text(MapValue row, String key) {
    return Python.str(row.get(key));
  }

  private static String document() throws IOException {
    try (InputStream in = CompatibilityTest.class.getResourceAsStream("expressions.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
