package dev.molt.runner.module.files.archive;

import java.io.IOException;

/** Whoever took an entry failed; the archive is not to blame. */
final class SinkException extends IOException {
  private static final long serialVersionUID = 1L;

  final IOException failure;

  SinkException(IOException failure) {
    super(failure);
    this.failure = failure;
  }
}
