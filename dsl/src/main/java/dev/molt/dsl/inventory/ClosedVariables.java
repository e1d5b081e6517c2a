package dev.molt.dsl.inventory;

import dev.molt.dsl.vault.VaultException;
import dev.molt.dsl.yaml.Node;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

/**
 * The variables of a file that cannot be decrypted. Whoever asks for any of them is told so; hosts
 * that are not asked for, such as those of another system with another password, do no harm.
 */
final class ClosedVariables extends AbstractMap<String, Node> {
  private final VaultException problem;

  ClosedVariables(VaultException problem) {
    this.problem = problem;
  }

  @Override
  public Set<Map.Entry<String, Node>> entrySet() {
    throw problem.with(problem.diagnostics());
  }
}
