package dev.molt.runner.cli.ansible;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticFormatter;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The two streams, in the order in which things are said. Each warning and error is said once. Not
 * thread-safe.
 */
final class Screen {
  private static final int FEWEST_STARS = 3;

  private final PrintStream out;
  private final PrintStream err;
  private final DisplayOptions options;
  private final Set<String> said = new HashSet<>();

  Screen(PrintStream out, PrintStream err, DisplayOptions options) {
    this.out = out;
    this.err = err;
    this.options = options;
  }

  void line(String text, Colour colour) {
    out.print(painted(text, colour) + "\n");
  }

  /** For failures, which a setting sends to the other stream. */
  void failure(String text, Colour colour) {
    if (options.failedStderr()) {
      toErr(text, colour);
    } else {
      line(text, colour);
    }
  }

  String painted(String text, Colour colour) {
    return options.colours() ? colour.paint(text) : text;
  }

  /** A heading with stars up to the end of the line. */
  void banner(String text) {
    String title = text.strip();
    int stars = Math.max(FEWEST_STARS, options.columns() - TextWidth.of(title));
    out.print("\n" + title + " " + "*".repeat(stars) + "\n");
  }

  void warning(String message) {
    once(wrapped("[WARNING]: " + message), Colour.WARN);
  }

  void warning(Diagnostic diagnostic) {
    once(wrapped("[WARNING]: " + diagnostic.message()) + place(diagnostic), Colour.WARN);
  }

  /**
   * @param version in which it is gone
   * @param date after which it is gone, where no version is known
   */
  void deprecated(
      String message, Optional<String> version, Optional<String> date, Optional<String> from) {
    if (!options.deprecations()) {
      return;
    }
    String text = message.strip();
    String end = text.isEmpty() || ".!?".indexOf(text.charAt(text.length() - 1)) >= 0 ? "" : ".";
    String when =
        date.map(d -> "in a release after " + d + ".")
            .or(() -> version.map(v -> "in version " + v + "."))
            .orElse("in a future release.");
    once(
        wrapped(
            "[DEPRECATION WARNING]: "
                + text
                + end
                + " This feature will be removed "
                + from.map(f -> "from " + f + " ").orElse("")
                + when
                + " Deprecation warnings can be disabled by setting deprecation_warnings=False in"
                + " ansible.cfg."),
        Colour.DEPRECATE);
  }

  /** A mistake that stops a host, or the run, with the lines where it stands. */
  void error(Diagnostic diagnostic) {
    once(words(diagnostic), Colour.ERROR);
  }

  static String words(Diagnostic diagnostic) {
    return "ERROR! " + diagnostic.message() + "\n" + place(diagnostic);
  }

  void error(String message) {
    once(wrapped("[ERROR]: " + message), Colour.ERROR);
  }

  /** Everything is out, so that the streams stay in order also where both end in one file. */
  void flush() {
    out.flush();
  }

  /**
   * The line where it is, and the hint: all but the message. Not the lines around it: programs look
   * for texts that a playbook holds, and that are only to be there if a task said them.
   */
  private static String place(Diagnostic diagnostic) {
    String all = DiagnosticFormatter.format(diagnostic, 0);
    int message = all.indexOf(diagnostic.message()) + diagnostic.message().length();
    return all.substring(Math.min(all.length(), message + 1));
  }

  private String wrapped(String text) {
    List<String> lines = TextWrap.wrap(text, options.columns());
    return String.join("\n", lines) + "\n";
  }

  private void once(String text, Colour colour) {
    if (said.add(text)) {
      toErr(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text, colour);
    }
  }

  private void toErr(String text, Colour colour) {
    out.flush();
    err.print(painted(text, colour) + "\n");
    err.flush();
  }
}
