package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Task;

/** A task and where it stands. */
record TaskPlace(Task task, Frame frame) {}
