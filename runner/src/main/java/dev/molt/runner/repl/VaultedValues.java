package dev.molt.runner.repl;

import dev.molt.dsl.inventory.Host;
import dev.molt.dsl.inventory.VarSet;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Opens what is encrypted in the inventory and in extra variables before anything uses it, so that
 * it is known as a secret where somebody types it. On a thread of its own: each value takes its
 * time.
 */
final class VaultedValues {
  /** Longer nobody is kept waiting. */
  private static final int PATIENCE_SECONDS = 2;

  private final VaultSecrets vault;
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final CountDownLatch open = new CountDownLatch(1);

  private VaultedValues(VaultSecrets vault) {
    this.vault = vault;
  }

  /** Begins; at once done where there is no password. */
  static VaultedValues opening(Start start) {
    VaultedValues values = new VaultedValues(start.templar().vault());
    if (values.vault.isEmpty()) {
      values.open.countDown();
      return values;
    }
    Thread thread = new Thread(() -> values.all(start), "vaulted values");
    thread.setDaemon(true);
    thread.start();
    return values;
  }

  /** Waits a little until all are known; false where they are not yet. */
  boolean known() {
    try {
      return open.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void all(Start start) {
    try {
      for (Layer layer : start.options().extraVars()) {
        variables(layer.nodes().values());
      }
      for (Host host : start.inventory().get().hosts()) {
        host.vars().forEach(this::variables);
      }
    } finally {
      open.countDown();
    }
  }

  private void variables(VarSet set) {
    Map<String, Node> variables = set.variables();
    try {
      variables(variables.values());
    } catch (DiagnosticException e) {
      // A whole file that no password opens: whoever uses it is told.
    }
  }

  private void variables(Collection<Node> nodes) {
    nodes.stream().filter(seen::add).forEach(this::look);
  }

  private void look(Node node) {
    if (node instanceof MappingNode mapping) {
      mapping.entries().forEach(e -> look(e.value()));
    } else if (node instanceof SequenceNode list) {
      list.items().forEach(this::look);
    } else if (node instanceof ScalarNode scalar) {
      look(scalar);
    }
  }

  private void look(ScalarNode scalar) {
    if (scalar.isVault()) {
      try {
        vault.value(scalar.text(), scalar.origin());
      } catch (DiagnosticException e) {
        // As above.
      }
    } else if (scalar.position().source().isConfidential()
        && scalar.value() instanceof StrValue text) {
      vault.outOfFile(text);
    }
  }
}
