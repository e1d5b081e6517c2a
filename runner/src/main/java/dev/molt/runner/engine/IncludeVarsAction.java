package dev.molt.runner.engine;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.module.InternalKeys;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Spec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code include_vars}: variables out of files, from here on. */
final class IncludeVarsAction implements EngineAction<IncludeVarsAction.Options> {
  /** What a task gives. */
  record Options(
      @Option("The file to read.") Optional<String> file,
      @Option("The folder whose files to read, in the order of their names.") Optional<String> dir,
      @Option("Put all under this one name.") Optional<String> name,
      @Option(value = "How deep to go into folders; 0 for all the way.", defaultValue = "0")
          int depth,
      @Option("Only files whose names match this regular expression.")
          Optional<String> filesMatching,
      @Option("Names of files to leave out.") List<String> ignoreFiles,
      @Option(value = "Endings of files that are read.", defaultValue = "yaml, yml, json")
          List<String> extensions,
      @Option(
              value = "Leave out files with other endings instead of failing.",
              defaultValue = "false")
          boolean ignoreUnknownExtensions,
      @Option("'merge' to add up mappings, 'replace' to let the later one win.")
          Optional<String> hashBehaviour,
      @Option("The file, where the task gives it as a bare text.") Optional<String> freeForm) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of(
            "include_vars", "Reads variables from files, for the tasks to come", Options.class)
        .withFreeForm("free_form");
  }

  @Override
  public Outcome act(Options options, At at) throws ModuleException {
    if (options.dir().isPresent() && options.file().or(options::freeForm).isPresent()) {
      throw new ModuleException(
          "You are mixing file only and dir only arguments, these are incompatible");
    }
    VarsFolder folder = new VarsFolder(at, options);
    List<Path> files;
    Map<String, Node> read = new LinkedHashMap<>();
    try {
      files = options.dir().isPresent() ? folder.files() : List.of(folder.file());
      for (Path file : files) {
        for (MappingNode.Entry entry : folder.read(file)) {
          read.put(entry.key().text(), entry.value());
        }
      }
    } catch (DiagnosticException e) {
      throw failed(e);
    }
    boolean merge =
        options
            .hashBehaviour()
            .map("merge"::equals)
            .orElse(at.play().run().options().mergeHashes());
    Map<String, Node> named = named(options, read, at);
    MapValue result = MapValue.empty();
    result.put("changed", BoolValue.FALSE);
    result.put(
        "ansible_included_var_files",
        ListValue.ofStrings(files.stream().map(Path::toString).toList()));
    result.put("ansible_facts", shown(named, at));
    if (read.values().stream().anyMatch(n -> n.position().source().isConfidential())) {
      result.put(InternalKeys.NO_LOG, BoolValue.TRUE);
    }
    return new Outcome(
        result,
        List.of(
            run -> {
              HostRun host = at.host();
              Map<String, Node> all = new LinkedHashMap<>(host.included().nodes());
              named.forEach(
                  (k, v) -> all.put(k, merge && all.containsKey(k) ? Merged.of(all.get(k), v) : v));
              host.include(Layer.ofNodes("include_vars", all));
            }));
  }

  private static ModuleException failed(DiagnosticException e) {
    MapValue result = MapValue.empty();
    result.put("ansible_facts", MapValue.empty());
    result.put("ansible_included_var_files", ListValue.of(List.of()));
    result.put("message", Value.of(e.diagnostics().get(0).message()));
    return new ModuleException(e.diagnostics().get(0).message(), result);
  }

  private static Map<String, Node> named(Options options, Map<String, Node> read, At at) {
    if (options.name().isEmpty()) {
      return read;
    }
    Node whole = Merged.mapping(at.place().task().position(), read);
    return Map.of(options.name().get(), whole);
  }

  /**
   * What was read, as it is worth now; what depends on variables that are not there is left out.
   */
  private static MapValue shown(Map<String, Node> read, At at) {
    Variables variables = at.variables().with(Layer.ofNodes("include_vars", read));
    MapValue shown = MapValue.empty();
    read.forEach(
        (name, node) -> {
          try {
            shown.put(name, variables.lookup(name));
          } catch (DiagnosticException e) {
            shown.put(name, Value.of(node instanceof ScalarNode s ? s.text() : ""));
          }
        });
    return shown;
  }
}
