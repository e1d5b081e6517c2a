package dev.molt.runner.cli;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that a vault command reads or replaces. Links are followed. It is replaced as a whole or
 * not at all, and keeps its owner, its group and its mode; a new one is for its owner only.
 */
final class VaultFile {
  private static final int WIPE = 1 << 16;

  private final String name;
  private final Path path;

  private VaultFile(String name, Path path) {
    this.name = name;
    this.path = path;
  }

  /** The file of this name, whether it exists or not. */
  static VaultFile of(String name) {
    Path path = UserPath.of(name);
    try {
      return new VaultFile(name, path.toRealPath());
    } catch (IOException e) {
      return new VaultFile(name, path.toAbsolutePath().normalize());
    }
  }

  /** As the user named it. */
  String name() {
    return name;
  }

  Path path() {
    return path;
  }

  boolean exists() {
    return Files.exists(path);
  }

  byte[] read() {
    try {
      if (Files.isDirectory(path)) {
        throw new IOException("it is a directory");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw error("Unable to read source file (" + name + "): " + reason(e));
    }
  }

  /** Refuses before any work is done what could not be replaced after it. */
  void requireWritable() {
    Path folder = path.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw error("Destination '" + folder + "' does not exist");
    } else if (!Files.isWritable(folder)) {
      throw error("Destination '" + folder + "' not writable");
    }
  }

  /** Puts other content in its place, which is as readable as the old one. */
  void replace(byte[] content) {
    replace(content, false);
  }

  /** The same, and what it held before is overwritten, unless another name leads to it. */
  void replaceAndWipe(byte[] content) {
    replace(content, true);
  }

  private void replace(byte[] content, boolean wipe) {
    requireWritable();
    Path fresh = null;
    try {
      fresh =
          Files.createTempFile(
              path.getParent(),
              "." + path.getFileName() + ".",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        write(out, content);
      }
      if (exists()) {
        likeBefore(fresh);
      }
      try (FileChannel before = wipe && exists() ? onlyName() : null) {
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        if (before != null) {
          wipe(before);
        }
      }
    } catch (IOException e) {
      throw error("cannot write " + name + ": " + reason(e));
    } finally {
      remove(fresh);
    }
  }

  private void likeBefore(Path fresh) throws IOException {
    PosixFileAttributes before = Files.readAttributes(path, PosixFileAttributes.class);
    PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
    PosixFileAttributes now = view.readAttributes();
    if (!now.owner().equals(before.owner())) {
      view.setOwner(before.owner());
    }
    if (!now.group().equals(before.group())) {
      view.setGroup(before.group());
    }
    view.setPermissions(before.permissions());
  }

  /** The open file, or null where others may hold on to it. */
  private FileChannel onlyName() throws IOException {
    return Integer.valueOf(1).equals(Files.getAttribute(path, "unix:nlink"))
            && Files.isWritable(path)
        ? FileChannel.open(path, StandardOpenOption.WRITE)
        : null;
  }

  /** Overwrites a file's content and removes it; what is gone already is well. */
  static void wipeAndRemove(Path file) {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      wipe(out);
    } catch (IOException e) {
      // Not a file that can be written: it can still be removed.
    }
    remove(file);
  }

  private static void wipe(FileChannel out) throws IOException {
    long left = out.size();
    out.position(0);
    while (left > 0) {
      int now = (int) Math.min(WIPE, left);
      write(out, new byte[now]);
      left -= now;
    }
  }

  private static void write(FileChannel out, byte[] content) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(content);
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
    out.force(true);
  }

  private static void remove(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // Nobody can do more about it than the user, who is told of what failed before.
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      return "no such file";
    } else if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e.getMessage();
  }

  private static DiagnosticException error(String message) {
    return Diagnostic.error(message).asException();
  }
}
