package dev.molt.runner.remote.shell;

import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.Shell;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** A shell that is ready, and the controller's side of every script that it runs. */
final class OpenShell implements Shell {
  /** How long after its TERM timeout(1) sends KILL; see {@link Bootstrap}. */
  private static final Duration HOST_KILLS = Duration.ofSeconds(5);

  /** How much later than it should the host's word of a deadline may come. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration TERM_WAIT = Duration.ofSeconds(2);
  private static final Duration KILL_WAIT = Duration.ofSeconds(2);

  private final String where;
  private final ShellChannel channel;
  private final ShellStreams streams;
  private final ReentrantLock turn = new ReentrantLock(true);
  private long lastId;
  private volatile boolean closed;

  OpenShell(String where, ShellChannel channel, ShellStreams streams) {
    this.where = where;
    this.channel = channel;
    this.streams = streams;
  }

  boolean usable() {
    return !closed && !streams.ended();
  }

  @Override
  public ScriptResult run(Script script) throws UnreachableException, InterruptedException {
    turn.lockInterruptibly();
    try {
      if (!usable()) {
        throw new UnreachableException(where + ": the connection was lost");
      }
      Request request = new Request(lastId + 1, script, lastId > 0);
      Run run = new Run(++lastId, script);
      streams.expect(run);
      return run(run, request);
    } finally {
      turn.unlock();
    }
  }

  private ScriptResult run(Run run, Request request)
      throws UnreachableException, InterruptedException {
    Sending sending = Sending.start(request, channel.stdin());
    try {
      Duration patience = run.script.deadline().plus(HOST_KILLS).plus(GRACE);
      if (!run.await(patience) && !kill(run, sending)) {
        close();
        throw new UnreachableException(
            "%s: no answer %s after a script's deadline of %s; given up. What it did is not known"
                .formatted(where, text(HOST_KILLS.plus(GRACE)), text(run.script.deadline())));
      }
    } catch (InterruptedException e) {
      if (!kill(run, sending)) {
        close();
      }
      throw e;
    }
    sending.contentFailure().ifPresent(this::giveUp);
    if (run.isLost() || closed) {
      String why = channel.whyLost().map(w -> " (" + w + ")").orElse("");
      close();
      throw new UnreachableException(
          "%s: the connection was lost%s %s into a script; what it did is not known"
              .formatted(where, why, text(run.elapsed())));
    }
    if (run.timedOut()) {
      // timeout(1) is content when the script's own shell is gone; children may ignore its TERM.
      signal("K");
    }
    return run.result();
  }

  /** Says whether the script is over, in whichever way, and the shell still of use. */
  private boolean kill(Run run, Sending sending) {
    if (!sending.done()) {
      return false; // The host hears no request while it passes stdin on: only closing helps.
    }
    for (String signal : new String[] {"T", "K"}) {
      signal(signal);
      if (run.awaitRegardless(signal.equals("T") ? TERM_WAIT : KILL_WAIT)) {
        signal("K");
        return !run.isLost();
      }
    }
    return false;
  }

  private void signal(String line) {
    try {
      channel.stdin().write((line + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      channel.stdin().flush();
    } catch (IOException lost) {
      close();
    }
  }

  private void giveUp(IOException e) {
    close();
    throw new UncheckedIOException("cannot send what the script reads: " + e.getMessage(), e);
  }

  void close() {
    closed = true;
    channel.close();
  }

  private static String text(Duration d) {
    return String.format(java.util.Locale.ROOT, "%.1f s", d.toMillis() / 1000.0);
  }
}
