package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Role;
import dev.molt.dsl.playbook.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where files that a task names are looked for, in this order: the role and those around it, the
 * folders of the task's file and of what included it, the playbook's.
 */
final class SearchFolders {
  private SearchFolders() {}

  /** The folders for the task that a frame stands for. */
  static List<Path> of(PlayContext play, Frame frame) {
    Task task = frame.task();
    Set<Path> folders = new LinkedHashSet<>();
    for (Role role : frame.roles()) {
      folders.add(role.directory());
    }
    if (task != null) {
      folders.add(directory(task.file()));
      folders.addAll(task.includedFrom());
    }
    folders.add(play.directory());
    return new ArrayList<>(folders);
  }

  static Path directory(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    return parent == null ? Path.of("/") : parent;
  }
}
