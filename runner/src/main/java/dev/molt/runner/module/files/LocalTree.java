package dev.molt.runner.module.files;

import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.ModuleException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A directory of the controller.
 *
 * @param prefix what comes before the paths of its entries; empty or a name
 */
public record LocalTree(Path directory, String prefix, List<TreeEntry> entries)
    implements TreeSource {

  /**
   * Reads a directory and digests its files.
   *
   * @param preserve whether modes matter
   * @param follow whether links stand for what they lead to
   */
  public static LocalTree of(Path directory, String prefix, boolean preserve, boolean follow)
      throws ModuleException {
    List<TreeEntry> entries = new ArrayList<>();
    Set<FileVisitOption> options = follow ? Set.of(FileVisitOption.FOLLOW_LINKS) : Set.of();
    try (Stream<Path> walk = Files.walk(directory, options.toArray(FileVisitOption[]::new))) {
      for (Path path : (Iterable<Path>) walk::iterator) {
        entries.add(entry(directory, prefix, path, preserve, follow));
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new ModuleException(
          "cannot read " + directory + " on the controller: " + e.getMessage(), e);
    }
    return new LocalTree(directory, prefix, entries);
  }

  private static TreeEntry entry(
      Path directory, String prefix, Path path, boolean preserve, boolean follow)
      throws IOException {
    String below = directory.relativize(path).toString();
    String name = prefix.isEmpty() || below.isEmpty() ? prefix + below : prefix + "/" + below;
    boolean link = !follow && Files.isSymbolicLink(path);
    Kind kind = link ? Kind.LINK : Files.isDirectory(path) ? Kind.DIRECTORY : Kind.FILE;
    if (kind == Kind.FILE && !Files.isRegularFile(path)) {
      throw new IOException(path + " is neither file, directory nor link");
    }
    Optional<Integer> mode =
        preserve && !link
            ? Optional.of((Integer) Files.getAttribute(path, "unix:mode") & 07777)
            : Optional.empty();
    long modified = System.currentTimeMillis() / 1000;
    String sha256 = "";
    long size = 0;
    if (kind == Kind.FILE) {
      MessageDigest digest = Digests.sha256();
      try (InputStream in = Files.newInputStream(path)) {
        size = Digests.update(in, digest);
      }
      sha256 = Digests.hex(digest);
    }
    Optional<String> target =
        link ? Optional.of(Files.readSymbolicLink(path).toString()) : Optional.empty();
    return new TreeEntry(name, kind, mode, Optional.empty(), size, sha256, target, modified);
  }

  @Override
  public void stream(Predicate<TreeEntry> wanted, Sink sink) throws IOException {
    for (TreeEntry entry : entries) {
      if (entry.isFile() && wanted.test(entry)) {
        String below =
            prefix.isEmpty() ? entry.path() : entry.path().substring(prefix.length() + 1);
        try (InputStream in = Files.newInputStream(directory.resolve(below))) {
          sink.file(entry, in);
        }
      }
    }
  }
}
