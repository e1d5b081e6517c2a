package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import java.util.Map;
import java.util.regex.Pattern;

/** Sets variables of a host for the rest of the run; in a check too, since no host changes. */
public final class SetFactModule implements Module<SetFactModule.Options> {
  private static final Spec<Options> SPEC =
      Spec.of("set_fact", "Set variables of a host", Options.class);
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** See {@link Option} on each. */
  public record Options(
      @Option(value = "The variables, by name.", rest = true) Map<String, Value> facts,
      @Option(
              value = "Accepted for playbooks written for Ansible; facts last for one run.",
              defaultValue = "false")
          boolean cacheable) {}

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Background background() {
    return Background.REFUSED;
  }

  @Override
  public Plan plan(Options options, Target target) throws ModuleException {
    if (options.facts().isEmpty()) {
      throw new ModuleException(
          "No key/value pairs provided, at least one is required for this action to succeed");
    }
    for (String name : options.facts().keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new ModuleException(
            "The variable name '"
                + name
                + "' is not valid. Variables must start with a letter or underscore character,"
                + " and contain only letters, numbers and underscores.");
      }
    }
    return Plan.unchanged(
        MapValue.empty()
            .put("ansible_facts", MapValue.ofStrings(options.facts()))
            .put("_ansible_facts_cacheable", BoolValue.of(options.cacheable())));
  }
}
