package dev.molt.runner.module.files;

import dev.molt.runner.remote.ShellQuote;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that the host expands: {@code ~} and variables, and nothing else that sh would do. */
public final class Expansion {
  private static final Pattern HOME = Pattern.compile("~[A-Za-z0-9._-]*(?=/|$)");
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)\\})");

  private Expansion() {}

  /** Whether there is anything to expand. */
  public static boolean isNeeded(String text) {
    return text.startsWith("~") || VARIABLE.matcher(text).find();
  }

  /**
   * A word for sh in which a leading {@code ~} and variables are expanded by the host. As with
   * Ansible, a variable that is not set stays as it is written.
   */
  public static String shell(String text) {
    StringBuilder out = new StringBuilder();
    Matcher home = HOME.matcher(text);
    int from = 0;
    if (home.lookingAt()) {
      out.append(home.group());
      from = home.end();
      if (from < text.length()) {
        // A quote before the first slash would end the expansion.
        out.append('/');
        from++;
      }
    }
    Matcher variable = VARIABLE.matcher(text);
    while (variable.find(from)) {
      literal(out, text.substring(from, variable.start()));
      String name = variable.group(1) != null ? variable.group(1) : variable.group(2);
      out.append("\"${").append(name).append('-').append(escaped(variable.group())).append("}\"");
      from = variable.end();
    }
    literal(out, text.substring(from));
    return out.length() == 0 ? "''" : out.toString();
  }

  private static void literal(StringBuilder out, String text) {
    if (!text.isEmpty()) {
      out.append(ShellQuote.quote(text));
    }
  }

  /** A variable as written, for within double quotes inside an expansion. */
  private static String escaped(String variable) {
    return variable.replace("$", "\\$").replace("}", "\\}");
  }
}
