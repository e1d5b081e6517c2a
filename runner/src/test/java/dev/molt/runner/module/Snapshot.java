package dev.molt.runner.module;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Names, kinds, modes, owners, times and bytes of all that is below some directories. */
final class Snapshot {
  private Snapshot() {}

  static Map<String, String> of(List<Path> directories) {
    Map<String, String> entries = new TreeMap<>();
    for (Path directory : directories) {
      try (Stream<Path> all = Files.walk(directory)) {
        all.forEach(path -> entries.put(path.toString(), describe(path)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return entries;
  }

  private static String describe(Path path) {
    try {
      Map<String, Object> attributes =
          new TreeMap<>(
              Files.readAttributes(
                  path, "unix:mode,uid,gid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS));
      String content =
          Files.isSymbolicLink(path)
              ? Files.readSymbolicLink(path).toString()
              : Files.isRegularFile(path)
                  ? Integer.toString(Arrays.hashCode(Files.readAllBytes(path)))
                  : "";
      return attributes + " " + content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
