package dev.molt.dsl.template.library;

import dev.molt.dsl.value.ValueException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/** The regular files whose paths match a pattern, in which any part may have wildcards. */
final class FileGlob {
  private static final int MAX = 100_000;

  private FileGlob() {}

  static List<String> find(String pattern) {
    boolean absolute = pattern.startsWith("/");
    List<Path> found = List.of(Path.of(absolute ? "/" : ""));
    for (String part : pattern.split("/+")) {
      if (part.isEmpty()) {
        continue;
      }
      List<Path> next = new ArrayList<>();
      for (Path directory : found) {
        next.addAll(part.matches(".*[*?\\[].*") ? matching(directory, part) : one(directory, part));
      }
      if (next.size() > MAX) {
        throw new ValueException("more than " + MAX + " paths match '" + pattern + "'");
      }
      found = next;
    }
    TreeSet<String> files = new TreeSet<>();
    found.stream().filter(Files::isRegularFile).forEach(file -> files.add(file.toString()));
    return List.copyOf(files);
  }

  private static List<Path> one(Path directory, String name) {
    Path path = directory.resolve(name);
    return Files.exists(path) ? List.of(path) : List.of();
  }

  private static List<Path> matching(Path directory, String part) {
    List<Path> out = new ArrayList<>();
    Path listed = directory.toString().isEmpty() ? Path.of(".") : directory;
    String glob = part.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}");
    if (!Files.isDirectory(listed)) {
      return out;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(listed, glob)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!name.startsWith(".") || part.startsWith(".")) {
          out.add(directory.resolve(name));
        }
      }
    } catch (PatternSyntaxException e) {
      throw new ValueException("the pattern '" + part + "' is wrong");
    } catch (IOException e) {
      // As in a shell: what cannot be listed has nothing that matches.
      return List.of();
    }
    return out;
  }
}
