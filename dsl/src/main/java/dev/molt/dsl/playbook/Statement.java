package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Position;

/** Something in a list of tasks. */
public sealed interface Statement permits Block, RoleBlock, Task {
  Position position();

  Keywords keywords();
}
