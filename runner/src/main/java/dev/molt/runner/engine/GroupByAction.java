package dev.molt.runner.engine;

import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Spec;
import java.util.List;

/** {@code group_by}: puts hosts into groups that are named by what is known of them. */
final class GroupByAction implements EngineAction<GroupByAction.Options> {
  /** What a task gives. */
  record Options(
      @Option(value = "The name of the group, mostly made of variables.", required = true)
          String key,
      @Option(value = "The groups that it lies within.", defaultValue = "all")
          List<String> parents) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of("group_by", "Puts hosts into groups named by a variable", Options.class);
  }

  @Override
  public Outcome act(Options options, At at) throws ModuleException {
    String group = options.key().replace(' ', '-');
    List<String> parents = options.parents().stream().map(p -> p.replace(' ', '-')).toList();
    String host = at.host().name();
    Inventory now = at.play().run().inventory();
    boolean changed = now.withMember(host, group, parents) != now;
    MapValue result = MapValue.empty();
    result.put("changed", BoolValue.of(changed));
    result.put("add_group", Value.of(group));
    result.put("parent_groups", ListValue.ofStrings(parents));
    return new Outcome(
        result, List.of(run -> run.changeInventory(i -> i.withMember(host, group, parents))));
  }
}
