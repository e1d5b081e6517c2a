package dev.molt.runner.cli;

import java.util.ArrayList;
import java.util.List;

/** A unified diff of two texts, three lines of context, without the file header. */
public final class TextDiff {
  private static final int CONTEXT = 3;
  private static final int MAX_CELLS = 4_000_000;

  private TextDiff() {}

  /** Each line with its sign in front; empty where the texts are equal. */
  public static List<String> lines(String before, String after) {
    List<String> a = split(before);
    List<String> b = split(after);
    if ((long) a.size() * b.size() > MAX_CELLS) {
      return List.of("(" + a.size() + " lines become " + b.size() + " lines)");
    }
    return hunks(script(a, b));
  }

  private static List<String> split(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return List.of(body.split("\n", -1));
  }

  /** Every line with its sign in front, by the longest common subsequence. */
  private static List<String> script(List<String> a, List<String> b) {
    int[][] longest = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        longest[i][j] =
            a.get(i).equals(b.get(j))
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    List<String> script = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
        script.add(" " + a.get(i++));
        j++;
      } else if (j == b.size() || (i < a.size() && longest[i + 1][j] >= longest[i][j + 1])) {
        script.add("-" + a.get(i++));
      } else {
        script.add("+" + b.get(j++));
      }
    }
    return script;
  }

  private static List<String> hunks(List<String> script) {
    List<String> out = new ArrayList<>();
    int lastShown = -2;
    for (int i = 0; i < script.size(); i++) {
      if (!nearChange(script, i)) {
        continue;
      }
      if (i > lastShown + 1) {
        out.add("@@ line " + lineInBefore(script, i) + " @@");
      }
      out.add(script.get(i));
      lastShown = i;
    }
    return out;
  }

  private static boolean nearChange(List<String> script, int at) {
    for (int i = Math.max(0, at - CONTEXT); i <= Math.min(script.size() - 1, at + CONTEXT); i++) {
      if (script.get(i).charAt(0) != ' ') {
        return true;
      }
    }
    return false;
  }

  private static long lineInBefore(List<String> script, int at) {
    return 1 + script.subList(0, at).stream().filter(l -> l.charAt(0) != '+').count();
  }
}
