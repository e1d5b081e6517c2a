package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;

/** Fails, in a check too: what stands before a change must stop the check of that change. */
public final class FailModule implements Module<FailModule.Options> {
  private static final Spec<Options> SPEC = Spec.of("fail", "Fail with a message", Options.class);

  /** See {@link Option} on each. */
  public record Options(
      @Option(value = "What to say.", defaultValue = "Failed as requested from task") String msg) {}

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
    throw new ModuleException(
        options.msg(), MapValue.empty().put("msg", new StrValue(options.msg())));
  }
}
