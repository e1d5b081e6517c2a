package dev.molt.dsl.template.lookup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/** Files of one directory whose names match. */
final class Globs {
  private Globs() {}

  static List<String> find(SearchPath path, String pattern) throws IOException {
    int slash = pattern.lastIndexOf('/');
    String name = pattern.substring(slash + 1);
    String directory = slash < 0 ? "" : slash == 0 ? "/" : pattern.substring(0, slash);
    Optional<Path> found = path.find("files", directory.isEmpty() ? "." : directory);
    TreeSet<String> matches = new TreeSet<>();
    if (found.isPresent() && Files.isDirectory(found.get())) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(found.get(), name)) {
        for (Path entry : entries) {
          if (Files.isRegularFile(entry)) {
            matches.add(entry.toString());
          }
        }
      } catch (PatternSyntaxException e) {
        throw new IOException("the pattern '" + name + "' is wrong", e);
      }
    }
    return List.copyOf(matches);
  }
}
