package dev.molt.runner.module.script;

import dev.molt.dsl.hook.ModuleFile;
import dev.molt.dsl.hook.OptionDefinition;
import dev.molt.dsl.hook.PassedException;
import dev.molt.dsl.hook.Plain;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Spec.OptionSpec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A module that a file in Groovy defines: {@code library/NAME.groovy} beside the playbook. */
public final class GroovyModule implements Module<GroovyModule.Options> {
  private final ModuleFile file;
  private final Spec<Options> spec;

  /**
   * The options of a task by name; those that are not given and have no default are null.
   *
   * @param values plain objects
   */
  public record Options(Map<String, Object> values) {}

  /** The types of options as records have them. */
  private record Types(
      Optional<String> text,
      Optional<Boolean> bool,
      Optional<Integer> number,
      Optional<Double> decimal,
      Optional<List<String>> texts,
      Optional<Map<String, Value>> map,
      Optional<Value> any) {}

  private GroovyModule(String name, ModuleFile file) {
    this.file = file;
    List<OptionSpec> options = file.options().stream().map(GroovyModule::option).toList();
    this.spec =
        Spec.made(name, file.summary(), Options.class, options, values -> options(file, values));
  }

  /**
   * Reads it.
   *
   * @throws dev.molt.dsl.source.DiagnosticException with the place of every mistake
   */
  public static GroovyModule load(String name, Path file) {
    return new GroovyModule(name, ModuleFile.load(file));
  }

  private static OptionSpec option(OptionDefinition option) {
    return new OptionSpec(
        option.name(),
        option.aliases(),
        option.doc(),
        option.required(),
        Optional.empty(),
        option.defaultValue(),
        option.sensitive(),
        false,
        option.choices(),
        type(option.type()));
  }

  private static Type type(Class<?> type) {
    List<Class<?>> order =
        List.of(
            String.class,
            Boolean.class,
            Integer.class,
            Double.class,
            List.class,
            Map.class,
            Object.class);
    RecordComponent[] components = Types.class.getRecordComponents();
    return components[order.indexOf(type)].getGenericType();
  }

  private static Options options(ModuleFile file, List<Object> values) {
    Map<String, Object> options = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      OptionDefinition option = file.options().get(i);
      Object value = ((Optional<?>) values.get(i)).map(GroovyModule::plain).orElse(null);
      options.put(option.name(), value);
    }
    return new Options(options);
  }

  private static Object plain(Object value) {
    if (value instanceof Value known) {
      return Plain.of(known);
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((key, item) -> plain.put(key.toString(), plain(item)));
      return plain;
    } else if (value instanceof List<?> list) {
      List<Object> plain = new ArrayList<>();
      list.forEach(item -> plain.add(plain(item)));
      return plain;
    }
    return value;
  }

  /** Whether its results may hold facts, of names that nobody knows before. */
  public boolean findsFacts() {
    return file.findsFacts();
  }

  @Override
  public Spec<Options> spec() {
    return spec;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    ModuleCall call = new ModuleCall(target, true);
    MapValue result = call(() -> file.plan(call, options.values()), call);
    if (call.unknown().isPresent()) {
      return new Plan.Unknown(call.unknown().get(), result);
    } else if (call.diffs().isEmpty()) {
      return Plan.unchanged(result);
    }
    return new Plan.Change(call.diffs(), options, result, List.of());
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    if (!file.applies()) {
      throw new ModuleException(
          spec.name() + " has a plan that changes something, and no apply that does it");
    }
    ModuleCall call = new ModuleCall(target, false);
    MapValue result = call(() -> file.apply(call, options.values()), call);
    MapValue all = MapValue.empty();
    all.entries().putAll(plan.result().entries());
    all.entries().putAll(result.entries());
    return Applied.of(all);
  }

  @FunctionalInterface
  private interface Code {
    MapValue run();
  }

  private static MapValue call(Code code, ModuleCall call)
      throws ModuleException, UnreachableException, InterruptedException {
    try {
      MapValue given = code.run();
      MapValue result = call.result();
      result.entries().putAll(given.entries());
      return result;
    } catch (PassedException e) {
      if (e.getCause() instanceof ModuleException failed) {
        throw failed;
      } else if (e.getCause() instanceof UnreachableException lost) {
        throw lost;
      } else if (e.getCause() instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw e;
    }
  }
}
