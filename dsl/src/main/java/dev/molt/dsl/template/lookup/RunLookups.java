package dev.molt.dsl.template.lookup;

import dev.molt.dsl.template.Context;
import dev.molt.dsl.template.Lookups;
import dev.molt.dsl.template.Scope;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lookups that only a run can answer: {@code inventory_hostnames} and {@code config}. As
 * thread-safe as the run is.
 */
public final class RunLookups implements Lookups {
  private static final List<Entry> ENTRIES =
      List.of(
          Entry.of("inventory_hostnames", "the hosts of the inventory that a pattern matches", ""),
          Entry.of(
              "config",
              "settings by their names in Ansible",
              "on_missing plugin_type plugin_name show_origin"));

  /** What these lookups ask. */
  public interface Run {
    /**
     * The hosts that a pattern matches, in the order of the inventory; none where it matches none.
     *
     * @throws ValueException where it is no pattern
     */
    List<String> hosts(String pattern);

    /**
     * A setting by the name of Ansible's, such as {@code DEFAULT_FORKS}, or of a plugin.
     *
     * @param pluginType such as {@code connection}, or null
     * @param pluginName such as {@code ssh}, or null
     * @param scope holds the variables that may set it
     * @return empty where there is no such setting
     */
    Optional<Setting> setting(String name, String pluginType, String pluginName, Scope scope);
  }

  /**
   * A setting.
   *
   * @param origin what set it, as Ansible says it: {@code default}, {@code var: ansible_port}
   */
  public record Setting(Value value, String origin) {}

  private final Run run;

  public RunLookups(Run run) {
    this.run = run;
  }

  @Override
  public Collection<Entry> entries() {
    return ENTRIES;
  }

  @Override
  public Optional<List<Value>> lookup(
      String name, List<Value> terms, Map<String, Value> options, Context context) {
    return switch (name) {
      case "inventory_hostnames" -> Optional.of(hosts(terms));
      case "config" -> Optional.of(settings(terms, new Options(options), context));
      default -> Optional.empty();
    };
  }

  /** Several patterns are one, as if a colon stood between them. */
  private List<Value> hosts(List<Value> terms) {
    List<String> patterns = new ArrayList<>();
    terms.forEach(term -> patterns.add(Python.str(term)));
    return ListValue.ofStrings(run.hosts(String.join(":", patterns))).items();
  }

  private List<Value> settings(List<Value> terms, Options options, Context context) {
    String missing = options.text("on_missing", "error");
    if (!List.of("error", "warn", "skip").contains(missing)) {
      throw new ValueException(
          "Invalid value \"" + missing + "\" for on_missing, valid values are: error, skip, warn");
    }
    String type = options.text("plugin_type", null);
    String plugin = options.text("plugin_name", null);
    List<Value> out = new ArrayList<>();
    for (Value term : terms) {
      Optional<Setting> found = run.setting(identifier(term, type), type, plugin, context.scope());
      if (found.isPresent()) {
        Setting setting = found.get();
        out.add(
            options.flag("show_origin", false)
                ? ListValue.tuple(setting.value(), new StrValue(setting.origin()))
                : setting.value());
      } else if (!missing.equals("skip")) {
        String message = "Unable to find setting " + Python.str(term);
        if (missing.equals("error")) {
          throw new ValueException(message);
        }
        context.library().warn(message);
      }
    }
    return out;
  }

  private static String identifier(Value term, String pluginType) {
    String what = "Invalid setting identifier, \"" + Python.str(term) + "\" is ";
    if (!(term instanceof StrValue text)) {
      throw new ValueException(what + "not a string, its a " + Python.typeName(term));
    } else if (pluginType == null && !text.text().matches("[A-Z][A-Z0-9_]*")) {
      throw new ValueException(what + "not the name of a setting");
    }
    return text.text();
  }
}
