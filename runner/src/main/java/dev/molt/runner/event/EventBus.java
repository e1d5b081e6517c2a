package dev.molt.runner.event;

import dev.molt.dsl.source.Diagnostic;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Hands events to listeners on one thread of its own, in the order in which they were published, so
 * that what parallel hosts say never interleaves. Thread-safe. A full queue makes publishers wait.
 */
public final class EventBus implements AutoCloseable {
  private static final int CAPACITY = 10_000;

  private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final List<RunListener> listeners;
  private final Secrets secrets;
  private final Thread thread;
  private volatile boolean closed;

  public EventBus(List<RunListener> listeners, Secrets secrets) {
    this.listeners = List.copyOf(listeners);
    this.secrets = secrets;
    this.thread = new Thread(this::deliver, "events");
    thread.setDaemon(true);
    thread.start();
  }

  /** Publishes a warning, as of now. */
  public void warn(Diagnostic warning) {
    publish(new RunEvent.Warning(Instant.now(), warning));
  }

  /** Masks the event and queues it. */
  public void publish(RunEvent event) {
    RunEvent masked = EventMask.mask(event, secrets);
    put(() -> listeners.forEach(l -> l.on(masked)));
  }

  /** Waits until everything that was published so far has been delivered. */
  public void flush() {
    CountDownLatch done = new CountDownLatch(1);
    put(done::countDown);
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(Runnable delivery) {
    boolean interrupted = false;
    while (true) {
      try {
        queue.put(delivery);
        break;
      } catch (InterruptedException e) {
        // The event that says so must not be lost.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver() {
    while (!closed || !queue.isEmpty()) {
      try {
        queue.take().run();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        // A listener that breaks must not stop the run, nor the other events.
        Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
        handler.uncaughtException(thread, e);
      }
    }
  }

  @Override
  public void close() {
    put(() -> closed = true);
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
