package dev.molt.runner.module.files.archive;

import dev.molt.runner.module.ModuleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Archives that have been read, so that a hundred hosts that want the same release cost one reading
 * of it. Thread-safe; those that come while it is being read wait.
 */
public final class ArchiveCache {
  private static final int KEPT = 16;

  private record Key(Path file, FileTime modified, long size) {}

  private final Map<Key, FutureTask<Archive>> read = new LinkedHashMap<>();

  /**
   * The archive, read if it has not been or has changed since.
   *
   * @throws ModuleException as {@link Archive#read}
   */
  public Archive get(Path file) throws ModuleException, InterruptedException {
    FutureTask<Archive> task;
    Key key;
    try {
      key = new Key(file.toRealPath(), Files.getLastModifiedTime(file), Files.size(file));
    } catch (IOException e) {
      throw new ModuleException("cannot read " + file + ": " + e.getMessage(), e);
    }
    synchronized (read) {
      task = read.computeIfAbsent(key, k -> new FutureTask<>(() -> Archive.read(file)));
      if (read.size() > KEPT) {
        read.remove(read.keySet().iterator().next());
      }
    }
    task.run();
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ModuleException known) {
        // One for each host: an exception that several threads throw shows the wrong trace.
        throw new ModuleException(known.getMessage(), known);
      }
      throw new IllegalStateException(e.getCause());
    } catch (CancellationException e) {
      throw new IllegalStateException(e);
    }
  }
}
