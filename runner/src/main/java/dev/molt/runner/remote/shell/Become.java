package dev.molt.runner.remote.shell;

import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.ShellQuote;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How one user becomes another: the command, how it asks for a password, and what its refusals
 * mean.
 *
 * @param command what starts the shell, for the login shell to read
 * @param prompt finds a wait for the password at the end of what was printed; empty where none is
 *     to be given
 */
record Become(String command, Optional<Pattern> prompt) {
  private static final String SHELL = "sh -c '" + Bootstrap.TEXT + "'";

  /**
   * @param promptMark what sudo is to ask with; nothing else prints it
   */
  static Become of(Identity identity, String promptMark) {
    String user = ShellQuote.quote(identity.user());
    boolean password = identity.password().isPresent();
    if (identity.method().isEmpty()) {
      return new Become("exec " + SHELL, Optional.empty());
    }
    return switch (identity.method().orElseThrow()) {
      case SUDO ->
          password
              ? new Become(
                  "exec sudo -S -H -p " + promptMark + " -u " + user + " " + SHELL,
                  Optional.of(Pattern.compile(Pattern.quote(promptMark) + "\\s*\\z")))
              : new Become("exec sudo -n -H -u " + user + " " + SHELL, Optional.empty());
      // PAM's misc_conv asks on stderr, in the host's language, and reads stdin byte by byte.
      case SU ->
          new Become(
              "exec su -s /bin/sh -c " + nested() + " " + user,
              password ? Optional.of(Pattern.compile("[:：]\\s*\\z")) : Optional.empty());
      // doas asks the terminal and nothing else, so that a password cannot be given without one.
      case DOAS -> new Become("exec doas -n -u " + user + " " + SHELL, Optional.empty());
    };
  }

  /** su wants one argument that its shell reads: the program within a second pair of quotes. */
  private static String nested() {
    return ShellQuote.quote("exec " + SHELL);
  }

  /** What to do about a refusal, from the program's own words. */
  static String advice(Identity identity, String words) {
    boolean password = identity.password().isPresent();
    String text = words.toLowerCase(java.util.Locale.ROOT);
    if (text.contains("not found") || text.contains("no such file")) {
      return "install it on the host, or choose another become_method";
    }
    if (text.contains("tty") || (text.contains("terminal") && !text.contains("a password is"))) {
      return "no terminal is given to it; remove requiretty for this account from sudoers";
    }
    if (text.contains("unknown user") || text.contains("does not exist")) {
      return "create the user " + identity.user() + " or correct become_user";
    }
    if (text.contains("not in the sudoers") || text.contains("not allowed")) {
      return "allow it in the host's sudoers";
    }
    if (identity.method().filter(m -> m == Identity.Method.DOAS).isPresent()) {
      return "doas takes passwords from a terminal only: add nopass to the rule in doas.conf";
    }
    return password
        ? "check the become password (ansible_become_password)"
        : "give a become password (ansible_become_password, or --ask-become-pass), or let the"
            + " account do it without one";
  }
}
