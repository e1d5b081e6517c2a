package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers facts about a host: what Ansible's setup gathers, under its names. The result's {@code
 * ansible_facts} has them with {@code ansible_} before their names, as Ansible's has.
 */
public final class SetupModule implements Module<SetupModule.Options> {
  private final Spec<Options> spec;

  /** See {@link Option} on each. */
  public record Options(
      @Option(
              value =
                  "What to gather: all, min, hardware, network, virtual, or others by name; with !"
                      + " before it, what not to gather.",
              defaultValue = "all")
          List<String> gatherSubset,
      @Option(
              value = "Seconds that one program, or one file system, may take to answer.",
              defaultValue = "10")
          int gatherTimeout,
      @Option("Patterns; only facts whose names match one are given.") List<String> filter,
      @Option(value = "The directory of local facts.", defaultValue = "/etc/ansible/facts.d")
          String factPath,
      @Option("Accepted, without effect: there is only one script.") Optional<Boolean> parallel) {}

  /**
   * Under one of its names.
   *
   * @param name {@code setup} or {@code gather_facts}
   */
  public SetupModule(String name) {
    spec = Spec.of(name, "Gather facts about a host", Options.class);
  }

  @Override
  public Spec<Options> spec() {
    return spec;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Set<Subset> subsets;
    try {
      subsets = GatherSubset.resolve(options.gatherSubset());
    } catch (IllegalArgumentException e) {
      throw new ModuleException(e.getMessage(), e);
    }
    if (options.gatherTimeout() < 1) {
      throw new ModuleException("gather_timeout is in seconds, from 1 on");
    }
    MapValue facts = Gathering.gather(target, subsets, options.gatherTimeout(), options.factPath());
    MapValue named = MapValue.empty();
    facts.entries().forEach((name, value) -> named.put("ansible_" + Python.str(name), value));
    named.put("gather_subset", ListValue.ofStrings(options.gatherSubset()));
    named.put("module_setup", BoolValue.TRUE);
    MapValue result =
        MapValue.empty().put("ansible_facts", FactFilter.apply(named, options.filter()));
    List<Value> warnings = warnings(facts);
    return Plan.unchanged(
        warnings.isEmpty() ? result : result.put("warnings", ListValue.of(warnings)));
  }

  /** A local fact that is a text says why there is none. */
  private static List<Value> warnings(MapValue facts) {
    List<Value> warnings = new ArrayList<>();
    if (facts.get("local") instanceof MapValue local) {
      for (Value fact : local.entries().values()) {
        if (fact instanceof StrValue text && LocalFacts.isProblem(text.text())) {
          warnings.add(fact);
        }
      }
    }
    return warnings;
  }
}
