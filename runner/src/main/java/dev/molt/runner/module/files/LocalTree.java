package dev.molt.runner.module.files;

import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A directory of the controller, as it was when it was read. Immutable. */
public final class LocalTree implements TreeSource {
  /** A file's bytes: in a file, or in memory where they had to be decrypted. */
  private record Bytes(Path file, Optional<byte[]> plain) {
    InputStream open() throws IOException {
      return plain.isPresent() ? new ByteArrayInputStream(plain.get()) : Files.newInputStream(file);
    }
  }

  private final boolean preserve;
  private final boolean follow;
  private final boolean decrypt;
  private final Target target;
  private final List<TreeEntry> entries = new ArrayList<>();
  private final Map<String, Bytes> contents = new HashMap<>();
  private final Deque<Path> above = new ArrayDeque<>();

  private LocalTree(boolean preserve, boolean follow, boolean decrypt, Target target) {
    this.preserve = preserve;
    this.follow = follow;
    this.decrypt = decrypt;
    this.target = target;
  }

  /**
   * Reads a directory and digests its files.
   *
   * @param preserve whether the modes of files matter
   * @param follow whether links stand for what they lead to; one that leads nowhere, or up to a
   *     directory that it is in, stays a link
   * @param decrypt whether to decrypt vault files
   */
  public static LocalTree of(
      Path directory, boolean preserve, boolean follow, boolean decrypt, Target target)
      throws ModuleException {
    LocalTree tree = new LocalTree(preserve, follow, decrypt, target);
    try {
      tree.directory(directory, "");
    } catch (IOException e) {
      throw new ModuleException(
          "cannot read " + directory + " on the controller: " + e.getMessage(), e);
    }
    return tree;
  }

  public List<TreeEntry> entries() {
    return entries;
  }

  private void directory(Path directory, String name) throws IOException, ModuleException {
    entries.add(entry(name, Kind.DIRECTORY, Optional.empty(), 0, "", Optional.empty()));
    above.push(directory.toRealPath());
    List<Path> below;
    try (Stream<Path> list = Files.list(directory)) {
      // What is in a directory before what is in those below it, so that errors come in that order.
      below =
          list.sorted((a, b) -> rank(a) != rank(b) ? rank(a) - rank(b) : a.compareTo(b)).toList();
    }
    for (Path path : below) {
      String each = path.getFileName().toString();
      one(path, name.isEmpty() ? each : name + "/" + each);
    }
    above.pop();
  }

  private static int rank(Path path) {
    return Files.isDirectory(path) ? 1 : 0;
  }

  private void one(Path path, String name) throws IOException, ModuleException {
    boolean link = Files.isSymbolicLink(path);
    boolean followed =
        !link
            || (follow
                && (Files.isRegularFile(path)
                    || (Files.isDirectory(path) && !above.contains(path.toRealPath()))));
    if (!followed) {
      String to = Files.readSymbolicLink(path).toString();
      entries.add(entry(name, Kind.LINK, Optional.empty(), 0, "", Optional.of(to)));
    } else if (Files.isDirectory(path)) {
      directory(path, name);
    } else if (Files.isRegularFile(path)) {
      file(path, name);
    } else {
      throw new IOException(path + " is neither file, directory nor link");
    }
  }

  private void file(Path path, String name) throws IOException, ModuleException {
    Optional<byte[]> plain =
        decrypt && FileContent.isVault(path)
            ? Optional.of(target.decrypt(path, Files.readAllBytes(path)))
            : Optional.empty();
    Bytes bytes = new Bytes(path, plain);
    MessageDigest digest = Digests.sha256();
    long size;
    try (InputStream in = bytes.open()) {
      size = Digests.update(in, digest);
    }
    Optional<Integer> mode =
        preserve
            ? Optional.of((Integer) Files.getAttribute(path, "unix:mode") & 07777)
            : Optional.empty();
    contents.put(name, bytes);
    entries.add(entry(name, Kind.FILE, mode, size, Digests.hex(digest), Optional.empty()));
  }

  private static TreeEntry entry(
      String name,
      Kind kind,
      Optional<Integer> mode,
      long size,
      String sha256,
      Optional<String> link) {
    long now = System.currentTimeMillis() / 1000;
    return new TreeEntry(name, kind, mode, Optional.empty(), size, sha256, link, now);
  }

  @Override
  public void stream(Predicate<TreeEntry> wanted, Sink sink) throws IOException {
    for (TreeEntry entry : entries) {
      if (entry.isFile() && wanted.test(entry)) {
        try (InputStream in = contents.get(entry.path()).open()) {
          sink.file(entry, in);
        }
      }
    }
  }
}
