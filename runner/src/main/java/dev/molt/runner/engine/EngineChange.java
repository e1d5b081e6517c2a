package dev.molt.runner.engine;

import java.util.List;

/**
 * What a task changes in the run itself, such as a new host in the inventory. Made after the task,
 * host by host in their order, so that it does not depend on which host was faster.
 */
@FunctionalInterface
interface EngineChange {
  void make(RunContext run);

  static void take(RunContext run, List<EngineChange> changes) {
    changes.forEach(c -> c.make(run));
  }
}
