package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Position;
import java.util.List;

/**
 * One use of a role: by {@code roles:}, by an import or include, or as a dependency of another.
 *
 * @param keywords what stands at the use, such as {@code when} and {@code tags}; it holds for the
 *     dependencies too
 * @param role whose tasks these are
 * @param dependencies run before its tasks, each with what its own use says
 * @param tasks the role's own
 * @param handlers the role's own
 */
public record RoleBlock(
    Position position,
    Keywords keywords,
    Role role,
    List<RoleBlock> dependencies,
    List<Statement> tasks,
    List<Statement> handlers)
    implements Statement {
  public RoleBlock {
    dependencies = List.copyOf(dependencies);
    tasks = List.copyOf(tasks);
    handlers = List.copyOf(handlers);
  }
}
