package dev.molt.dsl.inventory;

import dev.molt.dsl.yaml.Node;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables that one place defines, in the order in which they were written. Immutable. Those
 * of an encrypted file that cannot be decrypted throw a {@link dev.molt.dsl.vault.VaultException}
 * at whoever looks at them.
 */
public record VarSet(Origin origin, Map<String, Node> variables) {
  public VarSet {
    if (!(variables instanceof ClosedVariables)) {
      variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }
  }

  /** One by one. */
  public List<VarDefinition> definitions() {
    return variables.entrySet().stream()
        .map(e -> new VarDefinition(e.getKey(), e.getValue(), origin))
        .toList();
  }
}
