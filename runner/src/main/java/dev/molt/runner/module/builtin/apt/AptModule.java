package dev.molt.runner.module.builtin.apt;

import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;

/**
 * Installs, upgrades and removes packages. What would change, dependencies and all, apt-get itself
 * says; where nothing is to be done it is not even asked.
 */
public final class AptModule implements Module<AptOptions> {
  private static final Spec<AptOptions> SPEC =
      Spec.of(
          "apt", "Install, upgrade and remove packages of Debian and its kin", AptOptions.class);

  @Override
  public Spec<AptOptions> spec() {
    return SPEC;
  }

  @Override
  public Plan plan(AptOptions options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return new Apt(options, target).plan();
  }

  @Override
  public Applied apply(AptOptions options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return new Apt(options, target).apply(plan);
  }
}
