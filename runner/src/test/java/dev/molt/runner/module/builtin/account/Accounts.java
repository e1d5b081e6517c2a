package dev.molt.runner.module.builtin.account;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** Users and groups of this machine with names that nobody else uses, and what removes them. */
final class Accounts implements AutoCloseable {
  private final String suffix = Integer.toString(new SecureRandom().nextInt(1 << 20), 36);

  /** Whether this machine's users may be changed. */
  static boolean root() {
    return run("[ $(id -u) = 0 ] && command -v useradd").startsWith("/");
  }

  /** A name of this test's own. */
  String name(String stem) {
    return "molt" + stem + suffix;
  }

  /** What a command prints on stdout, without the line break at its end. */
  static String run(String command) {
    try {
      Process process =
          new ProcessBuilder("sh", "-c", command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return out.stripTrailing();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A field of the user's entry in shadow, from 0 on. */
  static String shadow(String user, int field) {
    return run("getent shadow " + user + " | cut -d: -f" + (field + 1));
  }

  @Override
  public void close() {
    run(
        "for u in $(cut -d: -f1 /etc/passwd | grep '^molt.*"
            + suffix
            + "$'); do userdel -rf $u; done;"
            + " for g in $(cut -d: -f1 /etc/group | grep '^molt.*"
            + suffix
            + "$'); do groupdel -f $g; done");
  }
}
