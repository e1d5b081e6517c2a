package dev.molt.runner.remote.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Tells the frames in one of a shell's two output streams from what scripts print, whatever that is
 * and however the stream is cut into pieces. Runs on a thread of its own until the stream ends;
 * holds one buffer.
 */
final class Frames implements Runnable {
  private static final int BUFFER = 64 * 1024;
  private static final int MAX_FRAME = 128;

  /** Is told what the stream holds, in order, on the reading thread. */
  interface Listener {
    void bytes(byte[] buffer, int offset, int length);

    /** A frame: its letter, and what follows the letter. */
    void frame(char kind, String rest);

    /** The end of the stream. */
    void ended();
  }

  private final InputStream in;
  private final byte[] mark;
  private final Listener listener;
  private final byte[] frame = new byte[MAX_FRAME];
  private int matched;
  private int frameLength;

  Frames(InputStream in, String nonce, Listener listener) {
    this.in = in;
    this.mark = ("\0" + nonce + ":").getBytes(StandardCharsets.US_ASCII);
    this.listener = listener;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[BUFFER];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        accept(buffer, n);
      }
    } catch (IOException lost) {
      // What it means is for the shell to say, which knows what it was waiting for.
    } finally {
      listener.ended();
    }
  }

  void accept(byte[] buffer, int length) {
    int from = 0; // the first byte that is neither passed on nor part of a frame
    int start = -1; // where the mark began that is being matched; -1: in an earlier buffer
    int earlier = matched; // how much of it came in earlier ones
    int i = 0;
    while (i < length) {
      byte b = buffer[i];
      if (matched == mark.length) {
        i++;
        from = i;
        if (b == '\n' || frameLength == MAX_FRAME) {
          emitFrame();
        } else {
          frame[frameLength++] = b;
        }
      } else if (b == mark[matched]) {
        start = matched == 0 ? i : start;
        matched++;
        i++;
        if (matched == mark.length) {
          pass(buffer, from, start);
          from = i;
        }
      } else if (matched > 0) {
        // The mark has its only NUL in front: nothing of what was matched can begin another.
        if (start < 0) {
          listener.bytes(mark, 0, earlier);
        }
        matched = 0;
      } else {
        i++;
      }
    }
    if (matched == 0) {
      pass(buffer, from, length);
    } else if (matched < mark.length) {
      pass(buffer, from, start);
    }
  }

  private void pass(byte[] buffer, int from, int to) {
    if (to > from) {
      listener.bytes(buffer, from, to - from);
    }
  }

  private void emitFrame() {
    String text = new String(frame, 0, frameLength, StandardCharsets.UTF_8);
    matched = 0;
    frameLength = 0;
    if (!text.isEmpty()) {
      listener.frame(text.charAt(0), text.substring(1));
    }
  }
}
