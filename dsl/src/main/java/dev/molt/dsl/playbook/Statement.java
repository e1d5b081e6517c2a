package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Position;

/** What stands in a list of tasks. */
public sealed interface Statement permits Block, Task {
  Position position();

  Keywords keywords();
}
