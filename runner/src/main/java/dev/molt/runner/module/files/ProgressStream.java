package dev.molt.runner.module.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/** Tells somebody every so often how much has gone through. */
final class ProgressStream extends FilterOutputStream {
  /** What is sent in a moment is not worth a word. */
  private static final long STEP = 1L << 20;

  private final long total;
  private final Consumer<String> progress;
  private long sent;
  private long next = STEP;

  ProgressStream(OutputStream out, long total, Consumer<String> progress) {
    super(out);
    this.total = total;
    this.progress = progress;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    count(1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    count(length);
  }

  private void count(int bytes) {
    sent += bytes;
    if (sent >= next || (sent == total && total > STEP)) {
      next = sent + STEP;
      progress.accept("sent " + Sizes.text(sent) + " of " + Sizes.text(total));
    }
  }
}
