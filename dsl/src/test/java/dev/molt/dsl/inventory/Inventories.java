package dev.molt.dsl.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.yaml.NodeValues;
import dev.molt.dsl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Inventories for tests, and what they come to. */
final class Inventories {
  private Inventories() {}

  static Inventory yaml(String text) {
    return read(
        builder -> {
          Source source = Source.inline("hosts.yml", text);
          YamlReader.read(source).ifPresent(new YamlInventory(builder, source)::read);
        });
  }

  static Inventory ini(String text) {
    return read(builder -> new IniInventory(builder, Source.inline("hosts.ini", text)).read());
  }

  private static Inventory read(java.util.function.Consumer<InventoryBuilder> reading) {
    InventoryBuilder builder = new InventoryBuilder();
    reading.accept(builder);
    builder.problems.throwIfErrors();
    return builder.build();
  }

  static Value variable(Inventory inventory, String host, String name) {
    return inventory
        .host(host)
        .orElseThrow()
        .variable(name)
        .map(v -> NodeValues.plain(v.value()))
        .orElse(null);
  }

  static List<String> names(List<Host> hosts) {
    return hosts.stream().map(Host::name).toList();
  }

  /** {@code group=host,host group=} for all groups but all and ungrouped. */
  static String groups(Inventory inventory) {
    return inventory.groups().values().stream()
        .filter(g -> !List.of("all", "ungrouped").contains(g.name()))
        .map(g -> g.name() + "=" + String.join(",", g.hosts()))
        .collect(Collectors.joining(" "));
  }

  static String errorsOf(Callable<?> action) {
    DiagnosticException e = catchThrowableOfType(DiagnosticException.class, action::call);
    assertThat(e).as("an error").isNotNull();
    return e.diagnostics().stream().map(Inventories::line).collect(Collectors.joining("\n"));
  }

  static String line(Diagnostic diagnostic) {
    return diagnostic.position().map(p -> p + " ").orElse("")
        + diagnostic.message()
        + diagnostic.hint().map(h -> " = " + h).orElse("");
  }

  static Path write(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }
}
