package dev.molt.runner.engine;

import dev.molt.dsl.hook.HookUse;
import dev.molt.dsl.hook.SetNames;
import dev.molt.dsl.inventory.Host;
import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.inventory.VarSet;
import dev.molt.dsl.playbook.Block;
import dev.molt.dsl.playbook.Keywords;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.playbook.RoleBlock;
import dev.molt.dsl.playbook.Statement;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.vars.DefinableNames;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import dev.molt.dsl.yaml.YamlReader;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.Registry;
import dev.molt.runner.module.script.GroovyModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Collects the names of variables that a playbook, its roles and files and the inventory define.
 * Where something cannot be known beforehand, anything counts as defined. Not thread-safe.
 */
final class DefinedNames {
  private final DefinableNames names = new DefinableNames();
  private final VaultSecrets vault;
  private final Registry registry;
  private final RunHooks hooks;

  /** Where hooks are looked for: those of roles first. */
  private List<Path> folders = List.of();

  /**
   * With nothing defined yet.
   *
   * @param registry modules in Groovy may find facts
   * @param hooks the playbook's, as far as they are known
   */
  DefinedNames(VaultSecrets vault, Registry registry, RunHooks hooks) {
    this.vault = vault;
    this.registry = registry;
    this.hooks = hooks;
  }

  DefinableNames all() {
    return names;
  }

  void layers(List<Layer> layers) {
    for (Layer layer : layers) {
      names.addAll(layer.nodes().keySet());
      names.addAll(layer.values().keySet());
    }
  }

  void inventory(Inventory inventory) {
    for (Host host : inventory.hosts()) {
      for (VarSet set : host.vars()) {
        try {
          names.addAll(set.variables().keySet());
        } catch (DiagnosticException e) {
          // A file that cannot be decrypted is no matter unless a play needs it; what it defines
          // cannot be known.
          names.anything();
        }
      }
    }
  }

  /** Whatever stands in {@code group_vars} and {@code host_vars} of a folder. */
  void besides(Path folder) {
    for (String name : List.of("group_vars", "host_vars")) {
      try (Stream<Path> files = Files.walk(folder.resolve(name))) {
        files.filter(Files::isRegularFile).forEach(this::file);
      } catch (IOException e) {
        // There is no such folder.
      }
    }
  }

  void play(Play play) {
    folders = List.of(SearchFolders.directory(play.file()));
    keywords(play.keywords());
    for (Node item : items(play.keywords().get("vars_prompt"))) {
      if (item instanceof MappingNode prompt
          && prompt.get("name").orElse(null) instanceof ScalarNode name) {
        names.add(name.text());
      }
    }
    for (Node entry : items(play.keywords().get("vars_files"))) {
      List<Node> alternatives = items(Optional.of(entry));
      alternatives.forEach(a -> literal(a, List.of(folder(play.file()))));
    }
    statements(play.preTasks());
    statements(play.roles());
    statements(play.tasks());
    statements(play.postTasks());
    statements(play.handlers());
  }

  void statements(List<? extends Statement> statements) {
    for (Statement statement : statements) {
      if (statement instanceof Block block) {
        keywords(block.keywords());
        statements(block.body());
        statements(block.rescue());
        statements(block.always());
      } else if (statement instanceof RoleBlock role) {
        List<Path> around = folders;
        folders = new ArrayList<>(List.of(role.role().directory()));
        folders.addAll(around);
        keywords(role.keywords());
        layers(role.role().defaults());
        layers(role.role().vars());
        layers(List.of(role.role().params()));
        statements(role.dependencies());
        statements(role.tasks());
        statements(role.handlers());
        folders = around;
      } else {
        task((Task) statement);
      }
    }
  }

  private void task(Task task) {
    String action = Registry.plainName(task.action().text());
    Map<String, Node> keywords = new LinkedHashMap<>();
    task.keywords().entries().forEach((name, entry) -> keywords.put(name, entry.value()));
    hooks(Optional.ofNullable(keywords.get(RunHooks.KEYWORD)));
    if (registry.findReadable(action).filter(DefinedNames::findsFacts).isPresent()) {
      names.anything();
    }
    names.addTask(action, keywords, task.options());
    task.moreOptions().ifPresent(more -> names.addTask(action, Map.of(), more));
    if (action.equals("include_vars")) {
      Optional<Node> file = task.named("file", "_raw_params");
      file.filter(f -> task.option("name").isEmpty()).ifPresent(f -> literal(f, varsFolders(task)));
    } else if (TemplateEngine.isTemplate(task.action().text())
        || (action.startsWith("include_")
            && task.named("file", "name", "role", "_raw_params")
                .filter(DefinedNames::isTemplate)
                .isPresent())) {
      names.anything();
    }
  }

  private static List<Path> varsFolders(Task task) {
    List<Path> folders = new ArrayList<>();
    List<Path> from = new ArrayList<>(List.of(folder(task.file())));
    from.addAll(task.includedFrom());
    for (Path folder : from) {
      folders.add(folder.resolve("vars"));
      folders.add(folder.resolveSibling("vars"));
      folders.add(folder);
    }
    return folders;
  }

  private void keywords(Keywords keywords) {
    keywords.get("vars").ifPresent(names::addKeys);
    hooks(keywords.get(RunHooks.KEYWORD));
  }

  private void hooks(Optional<Node> node) {
    Diagnostics wrong = new Diagnostics();
    List<HookUse> uses =
        node.map(n -> hooks.uses(n).orElseGet(() -> HookUse.of(n, folders, true, wrong)))
            .orElse(List.of());
    for (HookUse use : uses) {
      SetNames.of(use.source()).ifPresentOrElse(names::addAll, names::anything);
    }
    if (wrong.hasErrors()) {
      // Others say what is wrong with them.
      names.anything();
    }
  }

  private static boolean findsFacts(Module<?> module) {
    return module instanceof GroovyModule script && script.findsFacts();
  }

  /** A file that is named without a template is read; of another, nothing is known. */
  private void literal(Node name, List<Path> folders) {
    if (name instanceof ScalarNode scalar && scalar.isNull()) {
      return;
    }
    Optional<Path> file =
        name instanceof ScalarNode scalar && !isTemplate(scalar)
            ? folders.stream()
                .map(f -> f.resolve(scalar.text()))
                .filter(Files::isRegularFile)
                .findFirst()
            : Optional.empty();
    file.ifPresentOrElse(this::file, names::anything);
  }

  private void file(Path file) {
    try {
      YamlReader.read(vault.file(file)).ifPresent(names::addKeys);
    } catch (IOException | DiagnosticException e) {
      // Others say what is wrong with it.
      names.anything();
    }
  }

  private static boolean isTemplate(Node node) {
    return node instanceof ScalarNode scalar && TemplateEngine.isTemplate(scalar.text());
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().normalize().getParent();
  }

  private static List<Node> items(Optional<Node> node) {
    return node.map(n -> n instanceof SequenceNode list ? list.items() : List.of(n))
        .orElse(List.of());
  }
}
