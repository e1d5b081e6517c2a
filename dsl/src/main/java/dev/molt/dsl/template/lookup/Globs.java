package dev.molt.dsl.template.lookup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/** Files of one directory whose names match. */
final class Globs {
  private Globs() {}

  /** Those of the first directory on the path that has any, in order. */
  static List<String> find(SearchPath path, String pattern) throws IOException {
    int slash = pattern.lastIndexOf('/');
    String name = pattern.substring(slash + 1);
    String directory = slash < 0 ? "." : slash == 0 ? "/" : pattern.substring(0, slash);
    for (Path candidate : path.all("files", directory)) {
      List<String> matches = within(candidate, name);
      if (!matches.isEmpty()) {
        return matches;
      }
    }
    return List.of();
  }

  private static List<String> within(Path directory, String name) throws IOException {
    TreeSet<String> matches = new TreeSet<>();
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, translated(name))) {
      for (Path entry : entries) {
        // As in a shell, a star does not match the dot that hides a file.
        boolean hidden = entry.getFileName().toString().startsWith(".") && !name.startsWith(".");
        if (!hidden && Files.isRegularFile(entry)) {
          matches.add(entry.toString());
        }
      }
    } catch (PatternSyntaxException e) {
      throw new IOException("the pattern '" + name + "' is wrong", e);
    }
    return List.copyOf(matches);
  }

  /** Braces are no pattern in Python; a backslash is a character. */
  private static String translated(String name) {
    return name.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}");
  }
}
