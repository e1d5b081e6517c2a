package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.template.Scope;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.Nodes;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import dev.molt.dsl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A play's {@code vars_files}; of a list within the list the first file that exists. Names may hold
 * variables, so that each host has its own files. Thread-safe.
 */
final class VarsFiles {
  private final Play play;
  private final Templar templar;
  private final List<Node> entries;
  private final Map<String, List<Layer>> byHost = new ConcurrentHashMap<>();

  VarsFiles(Play play, Templar templar) {
    this.play = play;
    this.templar = templar;
    this.entries =
        play.keywords()
            .get("vars_files")
            .filter(n -> !Nodes.isNull(n))
            .map(Nodes::itemsOrSelf)
            .orElse(List.of());
  }

  /**
   * The variables for a host, strongest first: a later file wins. Files are read once.
   *
   * @param variables those that names of files may use
   */
  List<Layer> of(String host, Supplier<Variables> variables) {
    if (entries.isEmpty()) {
      return List.of();
    }
    String key = entries.stream().allMatch(VarsFiles::isLiteral) ? "" : host;
    List<Layer> known = byHost.get(key);
    if (known == null) {
      known = load(variables.get());
      byHost.put(key, known);
    }
    return known;
  }

  /** Files that cannot be read are told of once: the host fails, others may still look at it. */
  void giveUp(String host) {
    byHost.put(host, List.of());
  }

  /** Reads the files whose names hold no variables; what is wrong goes to {@code problems}. */
  void check(Diagnostics problems) {
    for (Node entry : entries) {
      if (isLiteral(entry)) {
        try {
          one(entry, NoVariables.INSTANCE);
        } catch (DiagnosticException e) {
          problems.addAll(e);
        }
      }
    }
  }

  private static boolean isLiteral(Node node) {
    return node instanceof ScalarNode scalar
        ? !TemplateEngine.isTemplate(scalar.text())
        : node instanceof SequenceNode list && list.items().stream().allMatch(VarsFiles::isLiteral);
  }

  private List<Layer> load(Scope variables) {
    List<Layer> layers = new ArrayList<>();
    for (Node entry : entries) {
      layers.add(0, one(entry, variables));
    }
    return List.copyOf(layers);
  }

  private Layer one(Node entry, Scope variables) {
    List<Node> candidates = entry instanceof SequenceNode s ? s.items() : List.of(entry);
    List<String> tried = new ArrayList<>();
    for (Node candidate : candidates) {
      String name = Python.str(templar.resolve(candidate, variables));
      Path beside = play.file().toAbsolutePath().resolveSibling(name).normalize();
      Path inVars = play.file().toAbsolutePath().resolveSibling("vars").resolve(name).normalize();
      for (Path file : List.of(inVars, beside)) {
        if (Files.isRegularFile(file)) {
          return read(file, candidate, templar.vault());
        }
      }
      tried.add(beside.toString());
    }
    throw Diagnostic.error(
            entry.position(), "there is no file of variables " + String.join(" or ", tried))
        .asException();
  }

  /** A mapping, or a list of them, of which a later one wins. */
  private static Layer read(Path file, Node mention, VaultSecrets vault) {
    try {
      Map<String, Node> variables = new LinkedHashMap<>();
      for (Node part :
          YamlReader.read(vault.file(file)).map(Nodes::itemsOrSelf).orElse(List.of())) {
        if (!(part instanceof MappingNode mapping)) {
          throw Diagnostic.error(
                  part.position(), "a file of variables is a mapping, found " + part.kind())
              .withNote("named here", mention.position())
              .asException();
        }
        mapping.entries().forEach(e -> variables.put(e.key().text(), e.value()));
      }
      return Layer.ofNodes("vars_files", variables);
    } catch (IOException e) {
      throw Diagnostic.error(mention.position(), "cannot read " + file + ": " + e.getMessage())
          .asException();
    }
  }
}
