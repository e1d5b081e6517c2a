package dev.molt.runner.cli.ansible;

import java.util.ArrayList;
import java.util.List;

/** Two texts as a unified diff, with headers, hunks and lines of context. */
final class UnifiedDiff {
  private static final String NO_NEWLINE = "\n\\ No newline at end of file\n";

  private final List<String> before;
  private final List<String> after;
  private final int context;
  private final List<String> out = new ArrayList<>();

  /** A stretch that is the same ({@code same}) or not. */
  private record Change(boolean same, int a1, int a2, int b1, int b2) {}

  private UnifiedDiff(List<String> before, List<String> after, int context) {
    this.before = before;
    this.after = after;
    this.context = context;
  }

  /**
   * Every line with its sign in front and its line break at the end.
   *
   * @param context lines around a difference, from 0 on
   * @return no line where both are the same
   */
  static List<String> lines(
      String before, String after, String beforeName, String afterName, int context) {
    UnifiedDiff diff = new UnifiedDiff(split(before), split(after), context);
    for (List<Change> hunk : diff.hunks()) {
      if (diff.out.isEmpty()) {
        diff.out.add("--- " + beforeName + "\n");
        diff.out.add("+++ " + afterName + "\n");
      }
      diff.write(hunk);
    }
    return diff.out;
  }

  private static List<String> split(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !pair)) {
        lines.add(text.substring(start, i + 1));
        start = i + 1;
      }
    }
    if (start < text.length()) {
      lines.add(text.substring(start) + NO_NEWLINE);
    }
    return lines;
  }

  private List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    int a = 0;
    int b = 0;
    for (LineMatcher.Match match : new LineMatcher(before, after).matches()) {
      if (a < match.before() || b < match.after()) {
        changes.add(new Change(false, a, match.before(), b, match.after()));
      }
      a = match.before() + match.size();
      b = match.after() + match.size();
      if (match.size() > 0) {
        changes.add(new Change(true, match.before(), a, match.after(), b));
      }
    }
    return changes;
  }

  private List<List<Change>> hunks() {
    List<List<Change>> hunks = new ArrayList<>();
    List<Change> hunk = new ArrayList<>();
    List<Change> all = changes();
    for (int i = 0; i < all.size(); i++) {
      Change change = all.get(i);
      if (!change.same) {
        hunk.add(change);
        continue;
      }
      boolean first = i == 0;
      boolean last = i == all.size() - 1;
      int length = change.a2 - change.a1;
      if (!first && !last && length <= 2 * context) {
        hunk.add(change);
        continue;
      }
      if (!first) {
        hunk.add(head(change));
        hunks.add(hunk);
        hunk = new ArrayList<>();
      }
      if (!last) {
        hunk.add(tail(change));
      }
    }
    if (hunk.stream().anyMatch(c -> !c.same)) {
      hunks.add(hunk);
    }
    return hunks;
  }

  private Change head(Change c) {
    return new Change(
        true, c.a1, Math.min(c.a2, c.a1 + context), c.b1, Math.min(c.b2, c.b1 + context));
  }

  private Change tail(Change c) {
    return new Change(
        true, Math.max(c.a1, c.a2 - context), c.a2, Math.max(c.b1, c.b2 - context), c.b2);
  }

  private void write(List<Change> hunk) {
    Change first = hunk.get(0);
    Change last = hunk.get(hunk.size() - 1);
    out.add("@@ -" + range(first.a1, last.a2) + " +" + range(first.b1, last.b2) + " @@\n");
    for (Change change : hunk) {
      if (change.same) {
        before.subList(change.a1, change.a2).forEach(l -> out.add(" " + l));
      } else {
        before.subList(change.a1, change.a2).forEach(l -> out.add("-" + l));
        after.subList(change.b1, change.b2).forEach(l -> out.add("+" + l));
      }
    }
  }

  private static String range(int from, int to) {
    int length = to - from;
    if (length == 1) {
      return String.valueOf(from + 1);
    }
    return (length == 0 ? from : from + 1) + "," + length;
  }
}
