package dev.molt.runner.module.builtin;

import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Expression;
import dev.molt.runner.module.InternalKeys;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import java.util.Optional;

/** Shows a message or a variable; touches no host, so a check shows the same. */
public final class DebugModule implements Module<DebugModule.Options> {
  private static final Spec<Options> SPEC =
      Spec.of("debug", "Show a message or a variable", Options.class);

  /** See {@link Option} on each. */
  public record Options(
      @Option(value = "What to show.", defaultValue = "Hello world!") Value msg,
      @Option("A variable or expression to show, without braces; not together with msg.")
          Optional<Expression> var,
      @Option(value = "Show only from this -v level on.", defaultValue = "0") int verbosity) {}

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
    if (options.verbosity() > target.verbosity()) {
      return Plan.unchanged(
          MapValue.empty()
              .put("skipped", BoolValue.TRUE)
              .put("skipped_reason", new StrValue("Verbosity threshold not met.")));
    }
    if (options.var().isEmpty()) {
      return shown(MapValue.empty().put("msg", options.msg()));
    }
    Expression shown = options.var().get();
    Value value;
    try {
      value = Unknowns.evaluate(shown);
    } catch (UndefinedException e) {
      if (e.unknown()) {
        throw e;
      }
      value = UndefinedValue.of(shown.text());
    }
    if (value instanceof UndefinedValue undefined) {
      if (undefined.unknown()) {
        return new Plan.Unknown("would show " + shown.text(), MapValue.empty());
      }
      value = new StrValue("VARIABLE IS NOT DEFINED!");
    }
    return shown(MapValue.empty().put(shown.text(), value));
  }

  private static Plan shown(MapValue result) {
    return Plan.unchanged(result.put(InternalKeys.VERBOSE_ALWAYS, BoolValue.TRUE));
  }
}
