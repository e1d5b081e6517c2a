package dev.molt.runner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shortens lists of hosts for people: {@code n1-n4, n7}. */
public final class HostNames {
  private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})(\\D*)");

  private HostNames() {}

  /** In their order. */
  public static String of(List<String> hosts) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < hosts.size(); ) {
      int end = i;
      while (end + 1 < hosts.size() && follows(hosts.get(end), hosts.get(end + 1))) {
        end++;
      }
      if (end - i >= 2) {
        parts.add(hosts.get(i) + "-" + hosts.get(end));
      } else {
        parts.addAll(hosts.subList(i, end + 1));
      }
      i = end + 1;
    }
    return String.join(", ", parts);
  }

  /** As wide, as in {@code n01}, unless it no longer fits. */
  private static String next(String number) {
    return ("%0" + number.length() + "d").formatted(Long.parseLong(number) + 1);
  }

  private static boolean follows(String a, String b) {
    Matcher first = NUMBERED.matcher(a);
    Matcher second = NUMBERED.matcher(b);
    return first.matches()
        && second.matches()
        && first.group(1).equals(second.group(1))
        && first.group(3).equals(second.group(3))
        && second.group(2).equals(next(first.group(2)));
  }
}
