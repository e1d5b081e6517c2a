package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.MapValue;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Gathers facts in one round trip. */
final class Gathering {
  private Gathering() {}

  /**
   * The facts of some subsets, without {@code ansible_}.
   *
   * @param timeout seconds that one program, or one file system, may take to answer
   * @param factPath the directory of local facts
   * @throws ModuleException if the host gave no answer
   */
  static MapValue gather(Target target, Set<Subset> subsets, int timeout, String factPath)
      throws ModuleException, UnreachableException, InterruptedException {
    List<FactSource> sources = new ArrayList<>();
    boolean own = false;
    for (Subset subset : subsets) {
      if (!own && subset.compareTo(Subset.LOCAL) > 0) {
        sources.add(FactScript.ownEnvironment());
        own = true;
      }
      sources.add(subset.source());
    }
    MapValue facts = MapValue.empty();
    Reply reply =
        Probe.ask(
            target,
            mark -> FactScript.of(sources, mark, timeout, factPath),
            "facts could not be gathered");
    for (FactSource source : sources) {
      source.reader().accept(reply, facts);
    }
    return facts;
  }
}
