package dev.molt.dsl.source;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Suggestions {
  private Suggestions() {}

  /**
   * The valid name nearest to what was written, by edit distance with transpositions (optimal
   * string alignment), if it is near enough to be a typing mistake: at most a third of the length.
   */
  public static Optional<String> nearest(String written, Collection<String> valid) {
    String wanted = written.toLowerCase(Locale.ROOT);
    String best = null;
    // With as many mistakes as letters, nothing is like anything.
    int bestDistance = Math.min(written.length(), Math.max(1, (written.length() + 1) / 3) + 1);
    for (String candidate : valid) {
      if (Math.abs(candidate.length() - wanted.length()) > bestDistance) {
        continue;
      }
      int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance
          || (distance == bestDistance
              && best != null
              && before(candidate, best, wanted, distance))) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Of two that are as near: letters swapped, then letters left out ("taks"), then others. */
  private static boolean before(String one, String other, String wanted, int distance) {
    int rank = rank(one, wanted, distance);
    int otherRank = rank(other, wanted, distance);
    return rank == otherRank ? one.compareTo(other) < 0 : rank < otherRank;
  }

  private static int rank(String candidate, String wanted, int distance) {
    if (Arrays.equals(candidate.chars().sorted().toArray(), wanted.chars().sorted().toArray())) {
      return 0;
    }
    return candidate.length() - wanted.length() == distance ? 1 : 2;
  }

  /** {@code did you mean 'x'?}, where there is something near. */
  public static Optional<String> hint(String written, Collection<String> valid) {
    return nearest(written, valid).map(name -> "did you mean '" + name + "'?");
  }

  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = row;
      row = spare;
    }
    return last[b.length()];
  }
}
