package dev.molt.runner.module.files.archive;

import java.io.IOException;

/** Reading an entry's content failed: the archive is to blame. */
final class SourceException extends IOException {
  private static final long serialVersionUID = 1L;

  private final IOException failure;

  SourceException(IOException failure) {
    super(failure);
    this.failure = failure;
  }

  IOException unwrap() {
    return failure;
  }
}
