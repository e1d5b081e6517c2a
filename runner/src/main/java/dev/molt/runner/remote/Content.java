package dev.molt.runner.remote;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes to send, whose number is known before the first one goes. */
public interface Content {
  /** How many bytes {@link #writeTo} writes. */
  long length();

  /** Writes exactly {@link #length} bytes; may be called more than once. Does not close. */
  void writeTo(OutputStream out) throws IOException;

  /** UTF-8 text. */
  static Content of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes in memory; the array is not copied. */
  static Content of(byte[] bytes) {
    return new Content() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
      }
    };
  }

  /**
   * A file as it is now; should it change its length while it is sent, sending fails.
   *
   * @throws IOException if it cannot be read
   */
  static Content of(Path file) throws IOException {
    long length = Files.size(file);
    return new Content() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        if (Files.copy(file, out) != length) {
          throw new IOException(file + " changed while it was being sent");
        }
      }
    };
  }
}
