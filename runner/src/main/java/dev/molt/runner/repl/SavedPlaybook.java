package dev.molt.runner.repl;

import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The lines of a session as a playbook. Those that only evaluated an expression are among them
 * where a later line uses the result, or what they set; those that failed are not, nor are those
 * that use what came of one: in their place is a comment.
 *
 * @param tasks how many there are
 * @param failed how many lines failed
 * @param lost how many others use what came of those
 */
record SavedPlaybook(String text, int tasks, int failed, int lost) {
  /** A variable that Groovy sets. */
  private static final Pattern SET = Pattern.compile("\\bset\\s*\\(?\\s*['\"](\\w+)['\"]");

  /** A line, and the result that it would need and that there will not be. */
  private record Considered(Finished line, String written, Optional<String> missing) {
    boolean well() {
      return line.status() == 0 && missing.isEmpty();
    }
  }

  static SavedPlaybook of(List<Finished> lines) {
    List<Considered> all = considered(lines);
    Set<Integer> needed = needed(all);
    StringBuilder text = new StringBuilder();
    StringBuilder comments = new StringBuilder();
    int tasks = 0;
    Mood play = null;
    for (Considered each : all) {
      Finished line = each.line();
      each.missing().ifPresent(m -> comments.append(comment(line, m)));
      if (!each.well() || (line.expression() && !needed.contains(line.number()))) {
        continue;
      }
      if (play == null || !same(play, line.mood())) {
        play = line.mood();
        text.append(text.length() == 0 ? "" : "\n").append(head(play));
      }
      text.append(comments);
      comments.setLength(0);
      for (Node task : line.tasks()) {
        Node written = needed.contains(line.number()) ? task : without(task, SavedPlaybook::ours);
        text.append("    - ").append(indented(NodeText.of(written))).append('\n');
        tasks++;
      }
    }
    text.append(comments);
    int failed = (int) lines.stream().filter(l -> l.status() != 0).count();
    int lost = (int) all.stream().filter(c -> c.missing().isPresent()).count();
    return new SavedPlaybook(text.toString(), tasks, failed, lost);
  }

  /** Goes through the lines as they were run, since a name may be given to a result again. */
  private static List<Considered> considered(List<Finished> lines) {
    Set<String> gone = new HashSet<>();
    List<Considered> all = new ArrayList<>();
    for (Finished line : lines) {
      String written =
          line.tasks().stream()
              .map(t -> NodeText.of(without(t, name -> true)))
              .collect(Collectors.joining("\n"));
      Optional<String> missing =
          line.status() == 0
              ? gone.stream().filter(v -> uses(written, v)).min(String::compareTo)
              : Optional.empty();
      Considered each = new Considered(line, written, missing);
      line.variable().ifPresent(each.well() ? gone::remove : gone::add);
      all.add(each);
    }
    return all;
  }

  /** The numbers of those whose result another one uses that is saved. */
  private static Set<Integer> needed(List<Considered> all) {
    Set<Integer> needed = new HashSet<>();
    StringBuilder later = new StringBuilder();
    for (int i = all.size() - 1; i >= 0; i--) {
      Considered each = all.get(i);
      if (!each.well()) {
        continue;
      }
      boolean used =
          each.line().variable().filter(v -> uses(later, v)).isPresent()
              || setBy(each.line()).stream().anyMatch(v -> uses(later, v));
      if (used) {
        needed.add(each.line().number());
      }
      if (used || !each.line().expression()) {
        later.append(each.written()).append('\n');
      }
    }
    return needed;
  }

  /** The variables that a few words of Groovy set. */
  private static Set<String> setBy(Finished line) {
    Set<String> names = new HashSet<>();
    Matcher name = SET.matcher(line.groovy() ? line.line() : "");
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }

  private static boolean uses(CharSequence text, String variable) {
    return Pattern.compile("\\b" + Pattern.quote(variable) + "\\b").matcher(text).find();
  }

  private static String comment(Finished line, String missing) {
    String which =
        missing.startsWith(Runs.PREFIX) ? "$" + missing.substring(Runs.PREFIX.length()) : missing;
    String typed =
        line.line().strip().replaceAll("\\s*\\R\\s*", " / ").replaceAll("\\p{Cntrl}", " ");
    return "    # left out, because " + which + " is not saved: " + typed + "\n";
  }

  private static boolean same(Mood a, Mood b) {
    return a.hosts().equals(b.hosts())
        && a.become().equals(b.become())
        && a.becomeUser().equals(b.becomeUser())
        && a.looksOnly() == b.looksOnly();
  }

  private static String head(Mood play) {
    StringBuilder head = new StringBuilder("- hosts: ").append(NodeText.scalar(play.hosts()));
    play.become().ifPresent(b -> head.append("\n  become: ").append(b));
    play.becomeUser().ifPresent(u -> head.append("\n  become_user: ").append(NodeText.scalar(u)));
    head.append(play.looksOnly() ? "\n  check_mode: true" : "");
    return head.append("\n  tasks:\n").toString();
  }

  private static String indented(String text) {
    return text.strip().replace("\n", "\n      ");
  }

  /** Nobody reads it under the name that the session gave it. */
  private static boolean ours(String name) {
    return name.startsWith(Runs.PREFIX);
  }

  /** The same without names for results. */
  private static Node without(Node node, Predicate<String> names) {
    if (node instanceof SequenceNode list) {
      return new SequenceNode(
          list.position(), list.items().stream().map(i -> without(i, names)).toList());
    } else if (node instanceof MappingNode mapping) {
      return new MappingNode(
          mapping.position(),
          mapping.entries().stream()
              .filter(e -> !registers(e, names))
              .map(e -> new MappingNode.Entry(e.key(), without(e.value(), names)))
              .toList());
    }
    return node;
  }

  private static boolean registers(MappingNode.Entry entry, Predicate<String> names) {
    return entry.key().text().equals("register")
        && entry.value() instanceof ScalarNode name
        && names.test(name.text());
  }
}
