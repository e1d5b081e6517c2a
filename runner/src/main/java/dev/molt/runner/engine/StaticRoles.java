package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Block;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.playbook.Role;
import dev.molt.dsl.playbook.RoleBlock;
import dev.molt.dsl.playbook.Statement;
import java.util.ArrayList;
import java.util.List;

/** The roles that a play has before it begins: those under {@code roles}, then those imported. */
final class StaticRoles {
  private StaticRoles() {}

  static List<Role> of(Play play) {
    List<Role> roles = new ArrayList<>();
    play.roles().forEach(r -> roles.add(r.role()));
    play.roles().forEach(r -> imported(r.tasks(), roles));
    imported(play.preTasks(), roles);
    imported(play.tasks(), roles);
    imported(play.postTasks(), roles);
    imported(play.handlers(), roles);
    return roles;
  }

  private static void imported(List<Statement> statements, List<Role> roles) {
    for (Statement statement : statements) {
      if (statement instanceof RoleBlock role) {
        roles.add(role.role());
        imported(role.tasks(), roles);
      } else if (statement instanceof Block block) {
        imported(block.body(), roles);
        imported(block.rescue(), roles);
        imported(block.always(), roles);
      }
    }
  }
}
