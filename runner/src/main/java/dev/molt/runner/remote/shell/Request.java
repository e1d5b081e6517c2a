package dev.molt.runner.remote.shell;

import dev.molt.runner.remote.Content;
import dev.molt.runner.remote.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** A script as it goes over the channel; {@link Bootstrap} says what is in it. */
final class Request {
  /** What is no longer than this is written by the caller itself, in one piece. */
  private static final int SMALL = 32 * 1024;

  private final byte[] head;
  private final Optional<Content> stdin;

  /**
   * @param later whether another request came before, whose answer this one acknowledges
   * @throws IllegalArgumentException if the text holds NUL, which no shell can read
   */
  Request(long id, Script script, boolean later) {
    if (script.text().indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a script cannot hold NUL characters");
    }
    byte[] text = (script.text() + "#molt#" + id).getBytes(StandardCharsets.UTF_8);
    this.stdin = script.stdin();
    String line =
        "%s%d %s %d %s\n"
            .formatted(
                later ? "E\n" : "",
                id,
                seconds(script.deadline()),
                text.length,
                stdin.map(c -> Long.toString(c.length())).orElse("-"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(line.length() + text.length);
    bytes.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(text);
    this.head = bytes.toByteArray();
  }

  boolean small() {
    return head.length + stdin.map(Content::length).orElse(0L) <= SMALL;
  }

  /**
   * Writes everything and flushes once, or as often as buffers fill.
   *
   * @throws ContentException if the content failed or has another length than it said
   */
  void writeTo(OutputStream out) throws IOException {
    out.write(head);
    if (stdin.isPresent()) {
      Counted counted = new Counted(out, stdin.get().length());
      try {
        stdin.get().writeTo(counted);
      } catch (IOException e) {
        if (counted.failed) {
          throw e;
        }
        throw new ContentException(e);
      } catch (RuntimeException e) {
        throw new ContentException(e);
      }
      counted.check();
      out.write("P\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.flush();
  }

  /** For timeout(1), to which 0 would mean for ever. */
  private static String seconds(Duration deadline) {
    long millis = Math.max(1, deadline.toMillis());
    return millis % 1000 == 0
        ? Long.toString(millis / 1000)
        : String.format(Locale.ROOT, "%d.%03d", millis / 1000, millis % 1000);
  }

  /** What was to be sent could not be read here; nothing is wrong with the host. */
  static final class ContentException extends IOException {
    private static final long serialVersionUID = 1L;

    ContentException(Exception cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** Passes on what it gets, but never more than was announced. */
  private static final class Counted extends OutputStream {
    private final OutputStream out;
    private long left;
    boolean failed;

    Counted(OutputStream out, long length) {
      this.out = out;
      this.left = length;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
      if (len > left) {
        throw new IOException("the content is longer than it said");
      }
      left -= len;
      try {
        out.write(b, off, len);
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }

    void check() throws ContentException {
      if (left > 0) {
        throw new ContentException(new IOException("the content is shorter than it said"));
      }
    }
  }
}
