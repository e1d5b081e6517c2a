package dev.molt.runner.engine;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code set_stats}: numbers and texts for the end of the run. */
final class SetStatsAction implements EngineAction<SetStatsAction.Options> {
  /** What a task gives. */
  record Options(
      @Option(value = "Names and values.", required = true) Map<String, Value> data,
      @Option(value = "For each host, not for the run as a whole.", defaultValue = "false")
          boolean perHost,
      @Option(value = "Add to what is there already.", defaultValue = "true") boolean aggregate) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of(
        "set_stats", "Sets statistics that are shown when the run is over", Options.class);
  }

  @Override
  public Outcome act(Options options, At at) throws ModuleException {
    MapValue stats = MapValue.empty();
    stats.put("data", MapValue.ofStrings(options.data()));
    stats.put("per_host", BoolValue.of(options.perHost()));
    stats.put("aggregate", BoolValue.of(options.aggregate()));
    MapValue result = MapValue.empty().put("changed", BoolValue.FALSE).put("ansible_stats", stats);
    String subject = options.perHost() ? at.host().name() : RunContext.CustomStats.RUN;
    return new Outcome(
        result,
        List.of(
            run -> {
              MapValue all = run.stats().of(subject);
              options
                  .data()
                  .forEach(
                      (name, value) ->
                          all.put(
                              name,
                              options.aggregate() && all.has(name)
                                  ? sum(all.get(name), value)
                                  : value));
            }));
  }

  /** As Python adds: numbers, texts, lists; mappings are merged. */
  private static Value sum(Value before, Value more) {
    if (before instanceof MapValue a && more instanceof MapValue b) {
      MapValue merged = MapValue.empty();
      merged.entries().putAll(a.entries());
      merged.entries().putAll(b.entries());
      return merged;
    } else if (before instanceof ListValue a && more instanceof ListValue b) {
      List<Value> items = new ArrayList<>(a.items());
      items.addAll(b.items());
      return new ListValue(items);
    } else if (before instanceof IntValue a && more instanceof IntValue b) {
      return new IntValue(a.value().add(b.value()));
    } else if (isNumber(before) && isNumber(more)) {
      return Value.of(number(before) + number(more));
    } else if (before instanceof StrValue a && more instanceof StrValue b) {
      return new StrValue(a.text() + b.text());
    }
    return more;
  }

  private static boolean isNumber(Value value) {
    return value instanceof IntValue || value instanceof FloatValue;
  }

  private static double number(Value value) {
    return Double.parseDouble(Python.str(value));
  }
}
