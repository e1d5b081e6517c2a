package dev.molt.dsl.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.DiagnosticException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever an inventory file holds, an inventory or an error with a message comes out. */
class InventoryFuzzTest {
  @Property(tries = 1500, shrinking = ShrinkingMode.BOUNDED)
  void piecesOfIni(@ForAll("ini") List<String> pieces) {
    String text = String.join("", pieces);
    harmless(() -> Inventories.ini(text));
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.BOUNDED)
  void piecesOfYaml(@ForAll("yaml") List<String> pieces) {
    String text = String.join("", pieces);
    harmless(() -> Inventories.yaml(text));
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.BOUNDED)
  void anyText(@ForAll String text) {
    harmless(() -> Inventories.ini(text));
    harmless(() -> Inventories.yaml(text));
  }

  private static void harmless(Runnable reading) {
    try {
      reading.run();
    } catch (DiagnosticException e) {
      assertThat(e.diagnostics()).isNotEmpty();
      assertThat(e.diagnostics().get(0).message()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<List<String>> ini() {
    return Arbitraries.of(
            "\n",
            " ",
            "[web]",
            "[web:children]",
            "[web:vars]",
            "[",
            "]",
            "db",
            "web",
            "all",
            "n[1:3]",
            "n[a:c:2]",
            "n[9:1]",
            "x=1",
            "y={'a': [1, 2",
            "}",
            "'",
            "\"",
            "#",
            ":",
            "=",
            "ansible_host=10.0.0.1",
            "n1:22",
            "[::1]:22",
            "\\",
            "\t",
            "n[0:99999999]")
        .list()
        .ofMaxSize(24);
  }

  @Provide
  Arbitrary<List<String>> yaml() {
    return Arbitraries.of(
            "\n",
            "all:\n",
            "  hosts:\n",
            "    n1:\n",
            "    n[1:3]:\n",
            "  vars:\n",
            "    x: 1\n",
            "  children:\n",
            "    web:\n",
            "      hosts: {n2: null}\n",
            "- a\n",
            ": ",
            "  ",
            "{",
            "}",
            "&a ",
            "*a",
            "!x ",
            "null",
            "''",
            "hosts",
            "ungrouped:\n")
        .list()
        .ofMaxSize(24);
  }
}
