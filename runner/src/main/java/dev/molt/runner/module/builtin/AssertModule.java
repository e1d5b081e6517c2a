package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import dev.molt.runner.module.Expression;
import dev.molt.runner.module.InternalKeys;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Fails unless all conditions hold. Conditions are taken in order; the first that fails is told.
 */
public final class AssertModule implements Module<AssertModule.Options> {
  private static final Spec<Options> SPEC =
      Spec.of("assert", "Fail unless conditions hold", Options.class);

  /** See {@link Option} on each. */
  public record Options(
      @Option(value = "Conditions, written as in when.", required = true) List<Expression> that,
      @Option(value = "What to say where one does not hold: a text or lines.", aliases = "msg")
          Optional<Value> failMsg,
      @Option("What to say where all hold.") Optional<Value> successMsg,
      @Option(value = "Show less where all hold.", defaultValue = "false") boolean quiet) {}

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
    // A condition that a check cannot know must not hide one further down that fails for certain.
    Optional<Expression> unknown = Optional.empty();
    for (Expression condition : options.that()) {
      if (condition.text().isBlank()) {
        continue; // It asks for nothing, as in Ansible.
      }
      Value value = Unknowns.evaluate(condition);
      if (value instanceof UndefinedValue undefined && undefined.unknown()) {
        unknown = unknown.or(() -> Optional.of(condition));
      } else if (!holds(value, condition)) {
        throw failure(condition, options);
      }
    }
    if (unknown.isPresent()) {
      return new Plan.Unknown("would assert: " + unknown.get().text(), MapValue.empty());
    }
    MapValue result = result(options);
    result.put("msg", options.successMsg().orElse(new StrValue("All assertions passed")));
    return Plan.unchanged(result);
  }

  private static MapValue result(Options options) {
    MapValue result = MapValue.empty();
    return options.quiet() ? result : result.put(InternalKeys.VERBOSE_ALWAYS, BoolValue.TRUE);
  }

  private static boolean holds(Value value, Expression condition) throws ModuleException {
    try {
      return Truth.of(value);
    } catch (ValueException e) {
      throw new ModuleException(e.getMessage() + " (in: " + condition.text() + ")", e);
    }
  }

  private static ModuleException failure(Expression condition, Options options) {
    MapValue result =
        result(options)
            .put("assertion", new StrValue(condition.text()))
            .put("evaluated_to", BoolValue.FALSE)
            .put("msg", options.failMsg().orElse(new StrValue("Assertion failed")));
    String said =
        options
            .failMsg()
            .map(AssertModule::lines)
            .orElse("Assertion failed (does not hold: " + condition.text() + ")");
    return new ModuleException(said, result);
  }

  private static String lines(Value message) {
    if (message instanceof ListValue list) {
      return list.items().stream().map(AssertModule::lines).collect(Collectors.joining("\n"));
    }
    return message instanceof StrValue text ? text.text() : message.toString();
  }
}
