package dev.molt.runner.cli.ansible;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the stretches of lines that two texts share, as Python's {@code difflib} does: the longest
 * first, then those before and after it.
 */
final class LineMatcher {
  /** From this many lines on, one that makes up more than a hundredth of them starts no match. */
  private static final int MANY_LINES = 200;

  private final List<String> before;
  private final List<String> after;
  private final Map<String, List<Integer>> places = new HashMap<>();

  /** As many lines from here in the one and from there in the other are the same. */
  record Match(int before, int after, int size) {}

  private record Range(int beforeFrom, int beforeTo, int afterFrom, int afterTo) {}

  LineMatcher(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
    for (int i = 0; i < after.size(); i++) {
      places.computeIfAbsent(after.get(i), l -> new ArrayList<>()).add(i);
    }
    if (after.size() >= MANY_LINES) {
      int most = after.size() / 100 + 1;
      places.values().removeIf(p -> p.size() > most);
    }
  }

  /** In order, none empty but the last, which stands at the end of both. */
  List<Match> matches() {
    List<Match> found = new ArrayList<>();
    List<Range> open = new ArrayList<>();
    open.add(new Range(0, before.size(), 0, after.size()));
    while (!open.isEmpty()) {
      Range range = open.remove(open.size() - 1);
      Match longest = longest(range);
      if (longest.size > 0) {
        found.add(longest);
        if (range.beforeFrom < longest.before && range.afterFrom < longest.after) {
          open.add(new Range(range.beforeFrom, longest.before, range.afterFrom, longest.after));
        }
        int beforeEnd = longest.before + longest.size;
        int afterEnd = longest.after + longest.size;
        if (beforeEnd < range.beforeTo && afterEnd < range.afterTo) {
          open.add(new Range(beforeEnd, range.beforeTo, afterEnd, range.afterTo));
        }
      }
    }
    found.sort(Comparator.comparingInt(Match::before));
    return joined(found);
  }

  private List<Match> joined(List<Match> found) {
    List<Match> joined = new ArrayList<>();
    for (Match next : found) {
      Match last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null
          && last.before + last.size == next.before
          && last.after + last.size == next.after) {
        joined.set(joined.size() - 1, new Match(last.before, last.after, last.size + next.size));
      } else {
        joined.add(next);
      }
    }
    joined.add(new Match(before.size(), after.size(), 0));
    return joined;
  }

  private Match longest(Range range) {
    int bestBefore = range.beforeFrom;
    int bestAfter = range.afterFrom;
    int size = 0;
    Map<Integer, Integer> lengths = new HashMap<>();
    for (int i = range.beforeFrom; i < range.beforeTo; i++) {
      Map<Integer, Integer> next = new HashMap<>();
      for (int j : places.getOrDefault(before.get(i), List.of())) {
        if (j >= range.afterFrom && j < range.afterTo) {
          int length = lengths.getOrDefault(j - 1, 0) + 1;
          next.put(j, length);
          if (length > size) {
            bestBefore = i - length + 1;
            bestAfter = j - length + 1;
            size = length;
          }
        }
      }
      lengths = next;
    }
    // Lines that start no match may still belong to one.
    while (bestBefore > range.beforeFrom
        && bestAfter > range.afterFrom
        && before.get(bestBefore - 1).equals(after.get(bestAfter - 1))) {
      bestBefore--;
      bestAfter--;
      size++;
    }
    while (bestBefore + size < range.beforeTo
        && bestAfter + size < range.afterTo
        && before.get(bestBefore + size).equals(after.get(bestAfter + size))) {
      size++;
    }
    return new Match(bestBefore, bestAfter, size);
  }
}
