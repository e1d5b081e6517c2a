package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Position;
import java.nio.file.Path;
import java.util.List;

/**
 * One play.
 *
 * @param file the file it stands in; relative paths are meant from its folder
 * @param keywords all its keywords but the lists of tasks, checked by name, not yet evaluated
 * @param roles run after the pre_tasks and before the tasks
 * @param handlers blocks of them keep their order; those of roles are not among them
 */
public record Play(
    Position position,
    Path file,
    Keywords keywords,
    List<Statement> preTasks,
    List<RoleBlock> roles,
    List<Statement> tasks,
    List<Statement> postTasks,
    List<Statement> handlers) {
  public Play {
    preTasks = List.copyOf(preTasks);
    roles = List.copyOf(roles);
    tasks = List.copyOf(tasks);
    postTasks = List.copyOf(postTasks);
    handlers = List.copyOf(handlers);
  }
}
