package dev.molt.runner.cli;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets the user edit a text that nobody else may see: in a file of its own name, in a folder that
 * only the user may enter, which is overwritten and removed whatever happens, also where the
 * process is stopped by a signal. In memory where the system offers that. One use.
 */
final class VaultEditor {
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  private final String editor;
  private final Path place;
  private Process running;
  private boolean stopped;

  /**
   * @param editor a shell command to which the name of the file is added
   * @param place where the folder is to be made
   */
  VaultEditor(String editor, Path place) {
    this.editor = editor;
    this.place = place;
  }

  /** A folder of the user's own in memory, else the system's for temporary files. */
  static Path privatePlace() {
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    if (runtime != null
        && !runtime.isEmpty()
        && Files.isDirectory(Path.of(runtime))
        && Files.isWritable(Path.of(runtime))) {
      return Path.of(runtime);
    }
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /**
   * What the user made of a text.
   *
   * @param name the last part of the file's name, by which editors know what it holds
   * @throws DiagnosticException where the editor could not be run, or did not end well: then the
   *     user may not want what it left behind
   */
  byte[] edit(String name, byte[] content) {
    Path folder = null;
    Thread cleaner = null;
    try {
      folder =
          Files.createTempDirectory(
              place,
              "molt-vault-",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path made = folder;
      cleaner = new Thread(() -> stop(made), "vault-editor");
      Runtime.getRuntime().addShutdownHook(cleaner);
      Path file =
          Files.createFile(
              folder.resolve(name),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, content);
      run(file);
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw error("cannot edit " + name + " in " + place + ": " + e.getMessage());
    } finally {
      wipe(folder);
      if (cleaner != null) {
        forget(cleaner);
      }
    }
  }

  private void run(Path file) throws IOException {
    int status;
    try {
      status = start(file).waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopEditor();
      throw error("interrupted while the editor ran");
    }
    if (status == NOT_FOUND || status == NOT_EXECUTABLE) {
      throw Diagnostic.error("Unable to execute the command \"" + editor + "\"")
          .withHint("EDITOR names the editor: EDITOR=nano molt vault edit FILE")
          .asException();
    } else if (status != 0) {
      throw Diagnostic.error(
              "the editor \"" + editor + "\" ended with status " + status + ": nothing was saved")
          .asException();
    }
  }

  /** Whoever stops it waits until it is known. */
  private synchronized Process start(Path file) throws IOException {
    if (stopped) {
      throw error("interrupted before the editor ran");
    }
    running =
        new ProcessBuilder("/bin/sh", "-c", editor + " \"$1\"", "sh", file.toString())
            .inheritIO()
            .start();
    return running;
  }

  private void stop(Path folder) {
    stopEditor();
    wipe(folder);
  }

  /** It must not write again after the folder is gone. */
  private synchronized void stopEditor() {
    stopped = true;
    if (running != null) {
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly();
    }
  }

  private static void wipe(Path folder) {
    if (folder == null) {
      return;
    }
    // Also what the editor put there: its own backups, and what it keeps for a crash.
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      deepestFirst.forEach(VaultFile::wipeAndRemove);
    } catch (IOException e) {
      // It is gone already.
    }
  }

  private static void forget(Thread cleaner) {
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException e) {
      // The process is being stopped, and the cleaner runs.
    }
  }

  private static DiagnosticException error(String message) {
    return Diagnostic.error(message).asException();
  }
}
