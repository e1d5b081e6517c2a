package dev.molt.runner.module.builtin.apt;

import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;
import java.util.Set;

/** Installs and removes packages with what the host has for that, so far apt. */
public final class PackageModule implements Module<PackageModule.Options> {
  /** See {@link Option} on each. */
  public record Options(
      @Option(value = "What manages packages: auto or apt.", defaultValue = "auto") String use,
      AptOptions apt) {}

  private static final Spec<Options> SPEC =
      Spec.of("package", "Install and remove packages", Options.class);

  private static final Set<String> KNOWN =
      Set.of("auto", "apt", "ansible.builtin.apt", "ansible.legacy.apt");

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  private static Apt apt(Options options, Target target) throws ModuleException {
    if (!KNOWN.contains(options.use())) {
      throw new ModuleException(
          "use names '" + options.use() + "'; there is only apt so far: use command or shell");
    }
    return new Apt(options.apt(), target);
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return apt(options, target).plan();
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return apt(options, target).apply(plan);
  }
}
