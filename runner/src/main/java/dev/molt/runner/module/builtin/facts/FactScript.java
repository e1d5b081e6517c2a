package dev.molt.runner.module.builtin.facts;

import dev.molt.runner.remote.ShellQuote;
import java.util.List;

/**
 * The one script that finds facts out. The sources' scripts run in it one after the other, and have
 * these functions:
 *
 * <pre>
 * s NAME          begins a section
 * f FILE...       prints every file that can be read, each as a section of its path
 * e PATH...       prints the paths that exist
 * has PROGRAM     whether there is a program
 * within PROGRAM ARGUMENT...
 *                 runs it, but no longer than gather_timeout
 * </pre>
 *
 * {@code $T} is {@code gather_timeout} in seconds, {@code $P} the directory of local facts.
 */
final class FactScript {
  private static final String FUNCTIONS =
      """
      s() { printf '\\n%s%s\\n' "$M" "$1"; }
      f() { for f; do [ -f "$f" ] && [ -r "$f" ] && { s "$f"; cat "$f"; }; done; }
      e() { for f; do [ -e "$f" ] && printf '%s\\n' "$f"; done; }
      has() { command -v "$1" >/dev/null 2>&1; }
      within() { timeout "$T" "$@"; }
      case $P in '~/'*) P=$HOME/${P#??} ;; esac
      """;

  /** Comes after what shows or passes on the user's own environment. */
  private static final String OWN_ENVIRONMENT =
      "LC_ALL=C; export LC_ALL\nPATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin\nexec 2>/dev/null\n";

  private FactScript() {}

  /**
   * The script.
   *
   * @param mark what tells a section's name from all that a host could print; no blanks, no quotes
   */
  static String of(List<FactSource> sources, String mark, int timeout, String factPath) {
    StringBuilder script = new StringBuilder("M=" + mark + "; T=" + timeout + "\n");
    script.append("P=").append(ShellQuote.quote(factPath)).append('\n').append(FUNCTIONS);
    for (FactSource source : sources) {
      script.append(source.script());
    }
    return script.append("exit 0\n").toString();
  }

  /** What the sources after those of the user's environment need first. */
  static FactSource ownEnvironment() {
    return new FactSource(OWN_ENVIRONMENT, (reply, facts) -> {});
  }
}
