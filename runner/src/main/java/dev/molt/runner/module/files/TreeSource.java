package dev.molt.runner.module.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/** Where the contents of a tree's files come from. Used by many hosts at once: thread-safe. */
@FunctionalInterface
public interface TreeSource {
  /** Takes the files one after the other. */
  @FunctionalInterface
  interface Sink {
    /** A file; the stream is only good until this returns, and need not be read to its end. */
    void file(TreeEntry entry, InputStream in) throws IOException;
  }

  /** Gives the wanted files to the sink, each once, in the source's own order. */
  void stream(Predicate<TreeEntry> wanted, Sink sink) throws IOException;
}
