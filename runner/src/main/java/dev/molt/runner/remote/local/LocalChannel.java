package dev.molt.runner.remote.local;

import dev.molt.runner.remote.shell.ShellChannel;
import dev.molt.runner.remote.shell.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child process. */
final class LocalChannel implements ShellChannel {
  /** Longer than the host's side takes from the end of input to its KILL. */
  private static final Duration LEAVE = Duration.ofSeconds(4);

  private static final Duration POLITE = Duration.ofSeconds(1);

  private final Process process;

  private LocalChannel(Process process) {
    this.process = process;
  }

  /**
   * A session of its own keeps Ctrl-C in this terminal from the shell, which has to outlive it long
   * enough to kill what it runs.
   */
  static ShellChannel start(String command) throws IOException {
    return new LocalChannel(new ProcessBuilder("setsid", "sh", "-c", command).start());
  }

  @Override
  public OutputStream stdin() {
    return process.getOutputStream();
  }

  @Override
  public InputStream stdout() {
    return process.getInputStream();
  }

  @Override
  public InputStream stderr() {
    return process.getErrorStream();
  }

  /** This machine cannot be lost. */
  @Override
  public boolean connected() {
    return true;
  }

  @Override
  public void close() {
    Threads.bounded("molt-close-local", POLITE, this::end);
  }

  private void end() {
    // Found now, while their parents live: nobody else could tell later whose they were.
    List<ProcessHandle> children = process.descendants().toList();
    Thread closing = Threads.start("molt-close-stdin", this::closeStdin);
    try {
      closing.join(POLITE.toMillis());
      if (!closing.isAlive() && process.waitFor(LEAVE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void closeStdin() {
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyGone) {
      // Its end is what was wanted.
    }
  }
}
