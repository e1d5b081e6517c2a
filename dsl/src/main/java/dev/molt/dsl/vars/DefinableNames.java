package dev.molt.dsl.vars;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.template.References;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of variables that anything could define: inventory, playbook, roles, command line, what
 * tasks register and set. Once all are added, it finds the names in templates that nothing can
 * define. It never raises a false alarm: where something may define names that cannot be known
 * beforehand, it is silent about all that these could be. Not thread-safe.
 */
public final class DefinableNames {
  /** What is there without being defined, besides all that begins with {@code ansible_}. */
  private static final Set<String> MAGIC =
      Set.of(
          "inventory_hostname",
          "inventory_hostname_short",
          "inventory_file",
          "inventory_dir",
          "playbook_dir",
          "play_hosts",
          "role_name",
          "role_names",
          "role_path",
          "group_names",
          "groups",
          "hostvars",
          "vars",
          "omit",
          "environment",
          "item",
          "template_host",
          "template_path",
          "template_fullpath",
          "template_destpath",
          "template_run_date",
          "template_uid",
          "template_mtime");

  private static final List<String> MAGIC_PREFIXES = List.of("ansible_", "facter_", "ohai_");

  /** Facts of modules that are variables without a prefix. */
  private static final Map<String, String> FACTS =
      Map.of(
          "package_facts", "packages",
          "service_facts", "services",
          "mount_facts", "mount_points",
          "getent", "getent_{{ database }}");

  private static final Pattern TEMPLATE = Pattern.compile("\\{\\{.*?\\}\\}", Pattern.DOTALL);

  private final Set<String> names = new HashSet<>(MAGIC);
  private final List<Pattern> patterns = new ArrayList<>();
  private boolean anything;

  public DefinableNames() {
    MAGIC_PREFIXES.forEach(prefix -> patterns.add(Pattern.compile(prefix + ".*")));
  }

  /** Adds a name; one that holds a template stands for all that it could give. */
  public DefinableNames add(String name) {
    if (!TemplateEngine.isTemplate(name)) {
      names.add(name);
      return this;
    }
    StringBuilder pattern = new StringBuilder();
    int from = 0;
    Matcher matcher = TEMPLATE.matcher(name);
    while (matcher.find()) {
      pattern.append(Pattern.quote(name.substring(from, matcher.start()))).append(".*");
      from = matcher.end();
    }
    String rest = name.substring(from);
    if (from == 0 || TemplateEngine.isTemplate(rest)) {
      return anything();
    }
    patterns.add(Pattern.compile(pattern + Pattern.quote(rest), Pattern.DOTALL));
    return this;
  }

  public DefinableNames addAll(Collection<String> more) {
    more.forEach(this::add);
    return this;
  }

  /** Adds the keys of a mapping such as {@code vars}, or of a list of these. */
  public DefinableNames addKeys(Node vars) {
    if (vars instanceof MappingNode mapping) {
      mapping.entries().forEach(entry -> add(entry.key().text()));
    } else if (vars instanceof SequenceNode sequence) {
      sequence.items().forEach(this::addKeys);
    } else if (vars instanceof ScalarNode scalar && TemplateEngine.isTemplate(scalar.text())) {
      return anything();
    }
    return this;
  }

  /** Says that something may define any name: a file of variables that is not known yet. */
  public DefinableNames anything() {
    anything = true;
    return this;
  }

  /** The same names, to which more can be added that are only known in some part. */
  public DefinableNames inner() {
    DefinableNames inner = new DefinableNames();
    inner.names.addAll(names);
    inner.patterns.addAll(patterns);
    inner.anything = anything;
    return inner;
  }

  /**
   * Adds what a task can define. Files that it includes are for the caller to read; one whose name
   * is a template can hold anything.
   *
   * @param action the module's name, without the prefix of the built-in collection
   * @param keywords those of the task
   * @param options what stands under the module's name
   */
  public DefinableNames addTask(String action, Map<String, Node> keywords, Node options) {
    text(keywords.get("register")).ifPresent(this::add);
    Optional.ofNullable(keywords.get("vars")).ifPresent(this::addKeys);
    if (keywords.get("loop_control") instanceof MappingNode control) {
      control.get("loop_var").flatMap(this::text).ifPresent(this::add);
      control.get("index_var").flatMap(this::text).ifPresent(this::add);
    }
    switch (action) {
      case "set_fact", "add_host" -> options(options);
      case "set_stats" -> within(options, "data");
      case "include_vars" -> included(options);
      default -> {
        if (FACTS.containsKey(action)) {
          add(FACTS.get(action));
        } else if (action.endsWith("_facts") && !action.equals("gather_facts")) {
          anything();
        }
      }
    }
    return this;
  }

  private void options(Node options) {
    if (options instanceof ScalarNode scalar && !TemplateEngine.isTemplate(scalar.text())) {
      for (String word : scalar.text().split("\\s+")) {
        int equals = word.indexOf('=');
        if (equals > 0) {
          add(word.substring(0, equals));
        }
      }
    } else if (options instanceof ScalarNode scalar) {
      Matcher names = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=").matcher(scalar.text());
      while (names.find()) {
        add(names.group(1));
      }
      if (scalar.text().strip().startsWith("{{") || scalar.text().startsWith("\"{{")) {
        anything();
      }
    } else {
      addKeys(options);
    }
  }

  private void within(Node options, String key) {
    if (options instanceof MappingNode mapping && mapping.get(key).isPresent()) {
      addKeys(mapping.get(key).get());
    } else if (options instanceof ScalarNode) {
      anything();
    }
  }

  private void included(Node options) {
    if (!(options instanceof MappingNode mapping)) {
      if (text(options).filter(TemplateEngine::isTemplate).isPresent()) {
        anything();
      }
      return;
    }
    Optional<String> name = mapping.get("name").flatMap(this::text);
    name.ifPresent(this::add);
    for (String key : List.of("file", "dir", "_raw_params")) {
      boolean template =
          mapping.get(key).flatMap(this::text).filter(TemplateEngine::isTemplate).isPresent();
      if (name.isEmpty() && (template || (key.equals("dir") && mapping.get(key).isPresent()))) {
        anything();
      }
    }
  }

  private Optional<String> text(Node node) {
    return node instanceof ScalarNode scalar && !scalar.isNull()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  /** Whether something could define a name. */
  public boolean canDefine(String name) {
    return anything
        || names.contains(name)
        || patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  /**
   * What is wrong with a template's references: an error for each name that nothing can define, a
   * warning where it may never be used.
   *
   * @param references of the template, as the engine's check gives them
   * @param asked names whose being defined is asked about around the template, such as in the
   *     task's condition
   * @param sure whether the template is evaluated at all: not where a condition may skip the task
   */
  public List<Diagnostic> missing(References references, Set<String> asked, boolean sure) {
    List<Diagnostic> missing = new ArrayList<>();
    for (String name : new TreeSet<>(references.names().keySet())) {
      boolean mayBeMissing =
          references.optional().contains(name)
              || references.asked().contains(name)
              || asked.contains(name);
      if (!mayBeMissing && !canDefine(name)) {
        Position at = references.names().get(name);
        String message = "nothing can define '" + name + "'";
        Diagnostic found =
            sure && references.sure().contains(name)
                ? Diagnostic.error(at, message)
                : Diagnostic.warning(at, message);
        missing.add(
            found.withHint(
                Suggestions.hint(name, names)
                    .or(
                        () ->
                            Optional.of(
                                "define it in the inventory, under vars, or with -e"
                                    + ", or give it a default: | default(...)"))));
      }
    }
    return missing;
  }
}
