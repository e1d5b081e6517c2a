package dev.molt.runner.repl;

import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The lines of a session as a playbook. Those that only evaluated an expression are among them
 * where a later line uses the result; those that failed are not.
 *
 * @param tasks how many there are
 * @param leftOut how many lines failed
 */
record SavedPlaybook(String text, int tasks, int leftOut) {

  static SavedPlaybook of(List<Finished> lines) {
    List<Finished> well = lines.stream().filter(l -> l.status() == 0).toList();
    List<Finished> kept = new ArrayList<>();
    StringBuilder later = new StringBuilder();
    for (int i = well.size() - 1; i >= 0; i--) {
      Finished line = well.get(i);
      boolean used = line.variable().isPresent() && uses(later, line.variable().get());
      if (!line.expression() || used) {
        line.tasks().forEach(t -> later.append(NodeText.of(t)).append('\n'));
        kept.add(used ? line : withoutRegister(line));
      }
    }
    Collections.reverse(kept);
    StringBuilder text = new StringBuilder();
    int tasks = 0;
    Mood play = null;
    for (Finished line : kept) {
      if (play == null || !same(play, line.mood())) {
        play = line.mood();
        text.append(text.length() == 0 ? "" : "\n").append(head(play));
      }
      for (Node task : line.tasks()) {
        text.append("    - ").append(indented(NodeText.of(task))).append('\n');
        tasks++;
      }
    }
    int failed = lines.size() - well.size();
    return new SavedPlaybook(text.toString(), tasks, failed);
  }

  private static boolean uses(CharSequence text, String variable) {
    return java.util.regex.Pattern.compile("\\b" + variable + "\\b").matcher(text).find();
  }

  private static boolean same(Mood a, Mood b) {
    return a.hosts().equals(b.hosts())
        && a.become().equals(b.become())
        && a.becomeUser().equals(b.becomeUser());
  }

  private static String head(Mood play) {
    StringBuilder head = new StringBuilder("- hosts: ").append(NodeText.scalar(play.hosts()));
    play.become().ifPresent(b -> head.append("\n  become: ").append(b));
    play.becomeUser().ifPresent(u -> head.append("\n  become_user: ").append(NodeText.scalar(u)));
    return head.append("\n  tasks:\n").toString();
  }

  private static String indented(String text) {
    return text.strip().replace("\n", "\n      ");
  }

  /** Nobody reads it under the name that the session gave it. */
  private static Finished withoutRegister(Finished line) {
    List<Node> tasks = new ArrayList<>();
    for (Node task : line.tasks()) {
      tasks.add(
          task instanceof MappingNode mapping
              ? new MappingNode(
                  mapping.position(), mapping.entries().stream().filter(e -> !isOurs(e)).toList())
              : task);
    }
    return new Finished(
        line.number(),
        line.line(),
        line.mood(),
        tasks,
        line.variable(),
        line.expression(),
        line.status(),
        line.results());
  }

  private static boolean isOurs(MappingNode.Entry entry) {
    return entry.key().text().equals("register")
        && entry.value() instanceof ScalarNode name
        && name.text().startsWith(Runs.PREFIX);
  }
}
