package dev.molt.runner.module.files.archive;

import java.io.IOException;
import java.io.InputStream;

/** Marks failures of an archive's own stream, so that they are told from those of a sink. */
final class SourceStream extends InputStream {
  private final InputStream in;

  SourceStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      return in.read(into, offset, length);
    } catch (IOException e) {
      throw new SourceException(e);
    }
  }
}
