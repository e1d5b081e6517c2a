package dev.molt.runner.remote.ssh;

import java.io.Closeable;

/** What can fall silent, and then be cut. */
interface LastHeard extends Closeable {
  /** When the peer was last heard, by {@link System#nanoTime}. */
  long heardNanos();
}
