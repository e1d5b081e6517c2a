package dev.molt.runner.remote.shell;

import dev.molt.runner.remote.BecomeException;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Starts the shell of one identity: the command, the password if asked for, the first frame. */
final class ShellStarter {
  /** A wrong password costs seconds by PAM's design, and directories can be slow. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** After the first stream has ended, the other follows at once. */
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final String where;
  private final ShellOpener opener;

  ShellStarter(String where, ShellOpener opener) {
    this.where = where;
    this.opener = opener;
  }

  OpenShell start(Identity identity) throws UnreachableException, BecomeException {
    String nonce = random();
    Become become = Become.of(identity, "molt-" + random() + ":");
    ShellChannel channel;
    try {
      channel = opener.open(become.command());
    } catch (IOException e) {
      throw new UnreachableException(where + ": no shell could be opened: " + e.getMessage(), e);
    }
    boolean started = false;
    try {
      ShellStreams streams = new ShellStreams("molt " + where, channel, nonce);
      Attempt attempt = new Attempt(identity, become, channel, streams);
      if (become.prompt().isPresent()) {
        attempt.login(become.prompt().get(), identity.password());
      }
      attempt.write(nonce + "\n");
      attempt.ready();
      started = true;
      return new OpenShell(where, channel, streams);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(where + ": interrupted while a shell was starting", e);
    } finally {
      if (!started) {
        channel.close();
      }
    }
  }

  private static String random() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** What one start goes through. */
  private final class Attempt {
    private final Identity identity;
    private final Become become;
    private final ShellChannel channel;
    private final ShellStreams streams;
    private final long end = System.nanoTime() + PATIENCE.toNanos();

    Attempt(Identity identity, Become become, ShellChannel channel, ShellStreams streams) {
      this.identity = identity;
      this.become = become;
      this.channel = channel;
      this.streams = streams;
    }

    /** Gives the password when, and only when, it is asked for; once. */
    void login(Pattern prompt, Optional<String> password)
        throws UnreachableException, BecomeException, InterruptedException {
      ShellStreams.Progress asked =
          streams.await(left(), p -> p.ended() || greeted(p) || prompt.matcher(p.err()).find());
      if (greeted(asked)) {
        return;
      }
      if (!prompt.matcher(asked.err()).find()) {
        throw refused(asked);
      }
      write(password.orElseThrow() + "\n");
      int before = asked.err().length();
      ShellStreams.Progress then =
          streams.await(
              left(),
              p -> p.ended() || greeted(p) || prompt.matcher(p.err().substring(before)).find());
      if (!greeted(then)) {
        throw refused(then);
      }
    }

    void ready() throws UnreachableException, BecomeException, InterruptedException {
      ShellStreams.Progress now = streams.await(left(), p -> p.ready() || p.ended());
      if (!now.ready()) {
        throw refused(now);
      }
      if (!now.missing().isEmpty()) {
        throw new UnreachableException(
            "%s: the host has no %s; Molt needs sh and coreutils (%s) on it"
                .formatted(where, now.missing().replace(" ", ", "), Bootstrap.TOOLS));
      }
    }

    void write(String text) throws UnreachableException, BecomeException, InterruptedException {
      try {
        channel.stdin().write(text.getBytes(StandardCharsets.UTF_8));
        channel.stdin().flush();
      } catch (IOException e) {
        throw refused(streams.await(LAST_WORDS, ShellStreams.Progress::ended));
      }
    }

    private boolean greeted(ShellStreams.Progress p) {
      return p.err().contains(Bootstrap.HELLO);
    }

    private Duration left() {
      return Duration.ofNanos(end - System.nanoTime());
    }

    /** The exception for a start that failed; its own words are what the user needs most. */
    private BecomeException refused(ShellStreams.Progress p) throws UnreachableException {
      String words = words(p);
      if (!channel.connected()) {
        throw new UnreachableException(
            where + ": the connection was lost while a shell was starting" + words);
      }
      if (identity.method().isEmpty()) {
        throw new UnreachableException(
            "%s: the login shell %s%s; it must be able to run sh"
                .formatted(where, p.ended() ? "ended at once" : "did not answer in time", words));
      }
      return new BecomeException(
          "%s: cannot become %s by %s%s; %s"
              .formatted(
                  where,
                  identity.user(),
                  identity.method().get().name().toLowerCase(java.util.Locale.ROOT),
                  words.isEmpty() && !p.ended() ? ": it did not answer in time" : words,
                  Become.advice(identity, words)));
    }

    private String words(ShellStreams.Progress p) {
      String said =
          become
              .prompt()
              .map(prompt -> prompt.matcher(p.err()).replaceAll(""))
              .orElse(p.err())
              .replaceAll("molt-[0-9a-f]{32}:|" + Bootstrap.HELLO, "")
              .strip();
      String all = (said + "\n" + p.out().strip()).strip().replaceAll("\\s*\\R\\s*", "; ");
      return all.isEmpty() ? "" : ": " + all;
    }
  }
}
