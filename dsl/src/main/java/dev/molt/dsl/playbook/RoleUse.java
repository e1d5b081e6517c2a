package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Position;
import dev.molt.dsl.yaml.Node;
import java.util.Map;
import java.util.Optional;

/**
 * What a use of a role says.
 *
 * @param keywords hold for all its tasks
 * @param params whatever else stands in an entry of {@code roles}
 * @param files the files to take instead of {@code main}, by {@code tasks}, {@code vars}, {@code
 *     defaults} and {@code handlers}
 * @param imported whether by an import or include, not by {@code roles} or a dependency
 * @param allowDuplicates overrides what the role itself says
 */
public record RoleUse(
    Position position,
    String name,
    Keywords keywords,
    Map<String, Node> params,
    Map<String, String> files,
    boolean imported,
    boolean isPublic,
    boolean validate,
    Optional<Boolean> allowDuplicates) {
  public RoleUse {
    files = Map.copyOf(files);
  }
}
