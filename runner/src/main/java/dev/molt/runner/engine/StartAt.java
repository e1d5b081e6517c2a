package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Role;
import dev.molt.dsl.playbook.Task;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code --start-at-task}: leaves out all tasks before the first one of that name. Thread-safe.
 *
 * <p>The name may hold the wildcards {@code *} and {@code ?}, and the role's name before it.
 */
final class StartAt {
  private final Optional<Pattern> wanted;
  private volatile boolean reached;

  StartAt(Optional<String> name) {
    this.wanted = name.map(StartAt::pattern);
    this.reached = name.isEmpty();
  }

  private static Pattern pattern(String name) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /** Whether the task is to be left out. */
  boolean leavesOut(Task task, Frame frame) {
    if (reached) {
      return false;
    }
    String name = task.label();
    String full = frame.nearestRole().map(Role::name).map(r -> r + " : " + name).orElse(name);
    Pattern pattern = wanted.orElseThrow();
    reached = pattern.matcher(name).matches() || pattern.matcher(full).matches();
    return !reached;
  }
}
