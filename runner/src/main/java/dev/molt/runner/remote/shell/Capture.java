package dev.molt.runner.remote.shell;

import dev.molt.runner.remote.Script.LineListener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One stream of a script's output: kept up to a limit, counted beyond, and told line by line to who
 * wants to watch. Filled by one thread, then read by another that has waited for it.
 */
final class Capture {
  /** A line past this is told in pieces, so that an endless line needs no endless memory. */
  private static final int MAX_LINE = 64 * 1024;

  private final boolean stderr;
  private final long limit;
  private final Optional<LineListener> onLine;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean truncated;
  private boolean watched;

  Capture(boolean stderr, long limit, Optional<LineListener> onLine) {
    this.stderr = stderr;
    // An array cannot be longer, whatever a caller asks for.
    this.limit = Math.max(0, Math.min(limit, Integer.MAX_VALUE - 1024));
    this.onLine = onLine;
    this.watched = onLine.isPresent();
  }

  void add(byte[] buffer, int offset, int length) {
    int room = (int) Math.min(length, limit - kept.size());
    kept.write(buffer, offset, room);
    truncated |= room < length;
    if (watched) {
      for (int i = offset; i < offset + length; i++) {
        if (buffer[i] == '\n') {
          tell();
        } else {
          line.write(buffer[i]);
          if (line.size() >= MAX_LINE) {
            tell();
          }
        }
      }
    }
  }

  void finish() {
    if (line.size() > 0) {
      tell();
    }
  }

  private void tell() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    try {
      onLine.orElseThrow().line(stderr, text);
    } catch (RuntimeException e) {
      // Whoever watches must not cost the script its result.
      watched = false;
    }
  }

  byte[] bytes() {
    return kept.toByteArray();
  }

  boolean truncated() {
    return truncated;
  }
}
