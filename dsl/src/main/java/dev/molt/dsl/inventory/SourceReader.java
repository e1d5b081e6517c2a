package dev.molt.dsl.inventory;

import dev.molt.dsl.hook.ScriptSource;
import dev.molt.dsl.inventory.InventoryOptions.Broken;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the sources of one inventory, one after the other. Not thread-safe. */
final class SourceReader {
  private final InventoryOptions options;
  private final Map<Path, VarsDirectory> directories = new LinkedHashMap<>();
  private final Map<Path, VarsDirectory> beside = new LinkedHashMap<>();
  private InventoryBuilder builder;
  private boolean any;

  SourceReader(InventoryOptions options) {
    this.options = options;
    this.builder = new InventoryBuilder(new GroupNames(options.groupNames()));
  }

  /** What was gathered so far. */
  InventoryBuilder builder() {
    return builder;
  }

  /** Whether anything could be read. */
  boolean any() {
    return any;
  }

  /**
   * The {@code group_vars} and {@code host_vars} in a folder, read once however often asked for.
   */
  VarsDirectory directory(Path folder) {
    return directories.computeIfAbsent(
        folder, f -> VarsDirectory.besideInventory(f, options.unlock()));
  }

  void read(String name) {
    builder.sources.add(name);
    Path path = Path.of(name);
    if (name.contains(",") && !Files.exists(path)) {
      attempt(name, b -> inline(name, b));
      return;
    }
    List<Path> files;
    try {
      files = SourceFiles.find(name, path, options.ignored());
    } catch (DiagnosticException e) {
      failed(e.diagnostics());
      return;
    }
    for (Path file : files) {
      Path absolute = file.toAbsolutePath().normalize();
      attempt(absolute.toString(), b -> readFile(file, b));
      Path folder = absolute.getParent();
      beside.put(folder, directory(folder));
    }
  }

  /** A source that is not to stop all is read apart: half of it would be a trap. */
  private void attempt(String from, Consumer<InventoryBuilder> reading) {
    boolean strict = options.broken() == Broken.ERROR;
    InventoryBuilder into = strict ? builder : new InventoryBuilder(builder, builder.names);
    into.file = Optional.of(from);
    try {
      reading.accept(into);
    } catch (DiagnosticException e) {
      into.problems.addAll(e);
    }
    if (strict) {
      any = true;
    } else if (into.problems.hasErrors()) {
      failed(into.problems.all());
    } else {
      any = true;
      builder = into;
    }
  }

  private void failed(List<Diagnostic> problems) {
    for (Diagnostic problem : problems) {
      if (options.broken() == Broken.ERROR) {
        builder.problems.add(problem);
      } else {
        builder.warnings.add(
            new Diagnostic(
                Diagnostic.Severity.WARNING,
                "this inventory is left out: " + problem.message(),
                problem.position(),
                problem.hint(),
                problem.notes()));
      }
    }
  }

  private void readFile(Path file, InventoryBuilder into) {
    if (ScriptSource.is(file)) {
      new GroovyInventory(into).read(file);
      return;
    }
    if (SourceFiles.isProgram(file)) {
      new ScriptInventory(into, file, options.scriptDeadline()).read();
      return;
    }
    SourceFiles.refuseToml(file);
    Source source = SourceFiles.unlocked(file, options.unlock());
    if (!SourceFiles.isYaml(file, source)) {
      new IniInventory(into, source).read();
      return;
    }
    Optional<Node> root = YamlReader.read(source);
    if (root.isPresent() && root.get() instanceof MappingNode plugin && isPlugin(plugin)) {
      PluginInventory.read(plugin, into, options, List.copyOf(beside.values()));
    } else if (root.isPresent()) {
      new YamlInventory(into, source).read(root.get());
    }
  }

  private static boolean isPlugin(MappingNode root) {
    return root.entry("plugin").isPresent();
  }

  private static void inline(String names, InventoryBuilder into) {
    Source source = Source.inline("--inventory", names);
    HostNames hosts = new HostNames(into, source);
    int offset = 0;
    for (String name : names.split(",", -1)) {
      String stripped = name.strip();
      if (!stripped.isEmpty()) {
        int at = offset + name.indexOf(stripped);
        hosts.add(
            stripped, source.at(at, stripped.length()), Optional.of(InventoryBuilder.UNGROUPED));
      }
      offset += name.length() + 1;
    }
  }
}
