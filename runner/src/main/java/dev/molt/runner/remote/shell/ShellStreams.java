package dev.molt.runner.remote.shell;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Both output streams of a shell, each read by a thread: hands a script's output to its {@link
 * Run}, keeps what comes before the shell is ready, and drops what comes between scripts.
 */
final class ShellStreams {
  private static final int MAX_PREAMBLE = 16 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ByteArrayOutputStream outPreamble = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errPreamble = new ByteArrayOutputStream();
  private int ready;
  private int open = 2;
  private String missing = "";
  private volatile boolean ended;
  private volatile Run run;

  ShellStreams(String name, ShellChannel channel, String nonce) {
    Threads.start(name + " stdout", new Frames(channel.stdout(), nonce, new Side(false)));
    Threads.start(name + " stderr", new Frames(channel.stderr(), nonce, new Side(true)));
  }

  /** What the host has said so far, before the shell is ready. */
  record Progress(boolean ready, boolean ended, String out, String err, String missing) {}

  /** Waits until the progress satisfies, or for as long as given; returns it as it then is. */
  Progress await(Duration atMost, Predicate<Progress> enough) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      Progress now = progress();
      while (!enough.test(now) && left > 0) {
        left = changed.awaitNanos(left);
        now = progress();
      }
      return now;
    } finally {
      lock.unlock();
    }
  }

  private Progress progress() {
    return new Progress(
        ready == 2,
        open == 0,
        outPreamble.toString(StandardCharsets.UTF_8),
        errPreamble.toString(StandardCharsets.UTF_8),
        missing);
  }

  void expect(Run next) {
    run = next;
    if (ended) {
      next.lose();
    }
  }

  boolean ended() {
    return ended;
  }

  /** One of the two streams; its methods are called on that stream's thread only. */
  private final class Side implements Frames.Listener {
    private final boolean stderr;
    private Run inside;
    private boolean prepared;

    Side(boolean stderr) {
      this.stderr = stderr;
    }

    @Override
    public void bytes(byte[] buffer, int offset, int length) {
      if (inside != null) {
        (stderr ? inside.stderr : inside.stdout).add(buffer, offset, length);
      } else if (!prepared) {
        change(
            () -> {
              ByteArrayOutputStream preamble = stderr ? errPreamble : outPreamble;
              preamble.write(buffer, offset, Math.min(length, MAX_PREAMBLE - preamble.size()));
            });
      }
    }

    @Override
    public void frame(char kind, String rest) {
      String id = rest.substring(0, Math.max(0, rest.indexOf(':')));
      String value = rest.substring(rest.indexOf(':') + 1);
      Run expected = run;
      switch (kind) {
        case 'R' -> {
          prepared = true;
          change(
              () -> {
                ready++;
                missing = value.strip();
              });
        }
        case 'S' -> {
          if (expected != null && id.equals(Long.toString(expected.id))) {
            inside = expected;
          }
        }
        case 'E' -> {
          if (inside != null && id.equals(Long.toString(inside.id))) {
            Run over = inside;
            inside = null;
            over.end(stderr, OptionalInt.of(Integer.parseInt(value)));
          }
        }
        default -> {
          // A tick: nothing is to be done on this side.
        }
      }
    }

    @Override
    public void ended() {
      change(
          () -> {
            open--;
            // The other stream may still hold the end of an answer.
            ended = open == 0;
          });
      Run expected = run;
      if (ended && expected != null) {
        expected.lose();
      }
    }

    private void change(Runnable change) {
      lock.lock();
      try {
        change.run();
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
