package dev.molt.runner.repl;

import dev.molt.runner.cli.HostNames;
import dev.molt.runner.cli.Style;
import dev.molt.runner.cli.TextDiff;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The results of a task, hosts that agree together: {@code n1-n4: active (running)}. Of long
 * answers that differ in little, only what differs from the most frequent one is shown.
 */
final class HostGroups {
  /** Shorter answers are read faster than a comparison of them. */
  private static final int LONG = 4;

  private static final String INDENT = "    ";

  private final Style style;

  HostGroups(Style style) {
    this.style = style;
  }

  private record Key(Status status, Optional<String> delegate, Told told) {}

  /** Lines for people, those of hosts that agree together. */
  List<List<String>> blocks(List<HostResult> results, Function<HostResult, Told> telling) {
    Map<Key, List<String>> groups = new LinkedHashMap<>();
    for (HostResult result : results) {
      Key key = new Key(result.status(), result.delegate(), telling.apply(result));
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(result.host());
    }
    Optional<Key> usual =
        groups.entrySet().stream()
            .max(Comparator.comparingInt(e -> e.getValue().size()))
            .map(Map.Entry::getKey);
    List<List<String>> blocks = new ArrayList<>();
    groups.forEach((key, hosts) -> blocks.add(block(key, hosts, usual.orElseThrow(), groups)));
    return blocks;
  }

  private List<String> block(
      Key key, List<String> hosts, Key usual, Map<Key, List<String>> groups) {
    List<String> lines = new ArrayList<>();
    String delegate = key.delegate().map(d -> " on " + d).orElse("");
    String who = style.bold(HostNames.of(hosts) + delegate + ":");
    Told told = key.told();
    List<String> difference = difference(told.body(), usual.told().body());
    boolean compares = !key.equals(usual) && !difference.isEmpty();
    StringBuilder first = new StringBuilder(who);
    if (!told.word().isEmpty()) {
      first.append(' ').append(coloured(key.status(), told.word()));
    }
    if (!told.head().isEmpty()) {
      first.append(told.word().isEmpty() ? " " : "  ").append(told.head());
    }
    if (compares) {
      first.append(" differs from ").append(HostNames.of(groups.get(usual)));
    }
    lines.add(first.toString());
    (compares ? difference : told.body()).forEach(l -> lines.add(INDENT + signed(l, compares)));
    return lines;
  }

  private String signed(String line, boolean compares) {
    if (!compares) {
      return line;
    }
    return line.startsWith("+")
        ? style.green(line)
        : line.startsWith("-") ? style.red(line) : style.dim(line);
  }

  /** Empty where it would tell no less than the answer itself. */
  private static List<String> difference(List<String> body, List<String> usual) {
    if (body.size() < LONG || usual.size() < LONG || body.equals(usual)) {
      return List.of();
    }
    List<String> lines = TextDiff.lines(String.join("\n", usual), String.join("\n", body));
    return lines.size() < body.size() ? lines : List.of();
  }

  private String coloured(Status status, String word) {
    return switch (status) {
      case OK -> style.green(word);
      case CHANGED -> style.yellow(word);
      case UNKNOWN, IGNORED -> style.cyan(word);
      case SKIPPED -> style.dim(word);
      case FAILED, UNREACHABLE -> style.red(word);
    };
  }
}
