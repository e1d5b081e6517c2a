package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes uses of roles, with all that they depend on. */
final class RoleLoader {
  private static final int MAX_DEPTH = 50;

  private final PlaybookLoader loader;
  private final Diagnostics problems;

  RoleLoader(PlaybookLoader loader, Diagnostics problems) {
    this.loader = loader;
    this.problems = problems;
  }

  /** The entries of {@code roles} or {@code dependencies}: names, or mappings with a name. */
  List<RoleBlock> uses(Node node, LoadContext context) {
    List<RoleBlock> roles = new ArrayList<>();
    for (Node item : node instanceof SequenceNode list ? list.items() : List.of(node)) {
      use(item, context).flatMap(use -> load(use, context)).ifPresent(roles::add);
    }
    return roles;
  }

  private Optional<RoleUse> use(Node item, LoadContext context) {
    StaticNames names = new StaticNames(loader.templar(), problems);
    Node nameNode = item;
    List<MappingNode.Entry> keywords = new ArrayList<>();
    Map<String, Node> params = new LinkedHashMap<>();
    if (item instanceof MappingNode mapping) {
      Optional<Node> named = mapping.get("role").or(() -> mapping.get("name"));
      if (named.isEmpty()) {
        problems.add(
            Diagnostic.error(item.position(), "this role has no name")
                .withHint("write '- role: NAME', or only '- NAME'"));
        return Optional.empty();
      }
      nameNode = named.get();
      for (MappingNode.Entry entry : mapping.entries()) {
        String key = entry.key().text();
        if (!KeywordSet.Place.ROLE.known().contains(key)) {
          params.put(key, entry.value());
        } else if (!Set.of("role", "name").contains(key)) {
          keywords.add(entry);
        }
      }
    }
    return names
        .name(nameNode, "a role", "include_role", context)
        .map(
            name ->
                new RoleUse(
                    item.position(),
                    name,
                    Keywords.of(keywords),
                    params,
                    Map.of(),
                    false,
                    true,
                    true,
                    Optional.empty()));
  }

  /** The role and its dependencies; empty where something is wrong with it. */
  Optional<RoleBlock> load(RoleUse use, LoadContext context) {
    if (context.depth() > MAX_DEPTH) {
      problems.add(
          Diagnostic.error(use.position(), "roles use each other more than " + MAX_DEPTH + " deep")
              .withHint("does a role depend on itself?"));
      return Optional.empty();
    }
    RoleFolders.Found found;
    try {
      found = new RoleFolders(loader.rolesPath(), loader.collectionsPath()).find(use, context);
    } catch (DiagnosticException e) {
      problems.addAll(e);
      return Optional.empty();
    }
    RoleFiles files = new RoleFiles(loader, found.directory(), use.position(), problems);
    List<Layer> defaults = files.variables("defaults", from(use, "defaults"));
    List<Layer> vars = files.variables("vars", from(use, "vars"));
    Optional<MappingNode> meta =
        files
            .read("meta", Optional.empty())
            .flatMap(n -> n instanceof MappingNode m ? Optional.of(m) : Optional.empty());
    LoadContext inside =
        context.inRole(
            found.directory(),
            found.directory().resolve("meta").resolve("main.yml"),
            names(use, context, vars, defaults));
    inside = inside.under(use.keywords());
    List<RoleBlock> dependencies = new ArrayList<>();
    Optional<Node> listed = meta.flatMap(m -> m.get("dependencies"));
    if (listed.isPresent() && !isNull(listed.get())) {
      dependencies.addAll(uses(listed.get(), inside));
    }
    Role role = role(use, found, defaults, vars, meta, dependencies);
    return Optional.of(
        new RoleBlock(
            use.position(),
            use.keywords(),
            role,
            dependencies,
            tasks(use, found, files, meta, inside),
            statements(files, "handlers", from(use, "handlers"), inside.asHandlers())));
  }

  private static Variables names(
      RoleUse use, LoadContext context, List<Layer> vars, List<Layer> defaults) {
    Variables names = context.names();
    for (int i = vars.size() - 1; i >= 0; i--) {
      names = names.with(vars.get(i));
    }
    if (use.keywords().get("vars").orElse(null) instanceof MappingNode given) {
      names = names.with(Layer.ofNodes("role vars", given));
    }
    return names.with(Layer.ofNodes("role params", use.params())).below(defaults);
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar && scalar.isNull();
  }

  private static Optional<String> from(RoleUse use, String kind) {
    return Optional.ofNullable(use.files().get(kind));
  }

  private static Role role(
      RoleUse use,
      RoleFolders.Found found,
      List<Layer> defaults,
      List<Layer> vars,
      Optional<MappingNode> meta,
      List<RoleBlock> dependencies) {
    boolean duplicates =
        meta.flatMap(m -> m.get("allow_duplicates"))
            .map(n -> n instanceof ScalarNode s && Truth.switchesOn(s.value()))
            .orElse(false);
    Set<Role> all = new LinkedHashSet<>();
    for (RoleBlock dependency : dependencies) {
      all.addAll(dependency.role().dependencies());
      all.add(dependency.role());
    }
    Map<String, String> params = new TreeMap<>();
    use.params().forEach((k, v) -> params.put(k, NodeText.of(v)));
    Role.Key key =
        new Role.Key(
            found.directory(),
            use.files(),
            NodeText.of(use.keywords(), "when", "tags", "vars"),
            params.toString(),
            use.imported());
    return new Role(
        key,
        found.name(),
        found.directory(),
        defaults,
        vars,
        Layer.ofNodes("role params", use.params()),
        List.copyOf(all),
        use.allowDuplicates().orElse(duplicates),
        use.isPublic());
  }

  private List<Statement> tasks(
      RoleUse use,
      RoleFolders.Found found,
      RoleFiles files,
      Optional<MappingNode> meta,
      LoadContext inside) {
    Optional<String> from = from(use, "tasks");
    List<Statement> tasks = new ArrayList<>();
    if (use.validate()) {
      ArgumentSpecs.task(
              files, meta, found.name(), found.directory(), use.params(), from.orElse("main"))
          .ifPresent(tasks::add);
    }
    tasks.addAll(statements(files, "tasks", from, inside));
    return tasks;
  }

  private List<Statement> statements(
      RoleFiles files, String kind, Optional<String> from, LoadContext inside) {
    Optional<Path> file = files.file(kind, from);
    if (file.isEmpty()) {
      return List.of();
    }
    LoadContext there =
        new LoadContext(
            inside.base(),
            file.get(),
            inside.includedFrom(),
            inside.role(),
            inside.names(),
            inside.handlers(),
            inside.conditional(),
            inside.depth());
    return new StatementLoader(loader, problems).tasksOfFile(files.usedAt(), there);
  }
}
