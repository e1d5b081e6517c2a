package dev.molt.runner.remote.shell;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A request on its way. A small one goes at once; a larger one on a thread of its own, because it
 * waits for the script to read, and the caller has a deadline to watch meanwhile.
 */
final class Sending implements Runnable {
  private static final int BUFFER = 1 << 16;

  private final Request request;
  private final OutputStream out;
  private volatile boolean done;
  private volatile IOException failure;

  private Sending(Request request, OutputStream out) {
    this.request = request;
    this.out = out;
  }

  static Sending start(Request request, OutputStream out) {
    Sending sending = new Sending(request, out);
    if (request.small()) {
      sending.run();
    } else {
      Threads.start("molt-send", sending);
    }
    return sending;
  }

  @Override
  public void run() {
    try {
      // Archives are written in pieces of 512 bytes, and each piece would be a packet of its own.
      OutputStream buffered = new BufferedOutputStream(out, BUFFER);
      request.writeTo(buffered);
      buffered.flush();
      done = true;
    } catch (IOException e) {
      failure = e;
      try {
        // Half a request: the host must see the end of input, kill what runs and go.
        out.close();
      } catch (IOException alreadyGone) {
        // The end of the streams tells the shell.
      }
    }
  }

  boolean done() {
    return done;
  }

  /** Why what was to be sent could not be read on this side. */
  Optional<IOException> contentFailure() {
    return failure instanceof Request.ContentException e ? Optional.of(e) : Optional.empty();
  }
}
