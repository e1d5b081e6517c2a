package dev.molt.runner.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Files on this machine whose path begins so. */
final class FileOffers {
  private static final int MOST = 500;

  private final Path folder;

  FileOffers(Path folder) {
    this.folder = folder;
  }

  /** Files and folders. */
  List<Offer> any(String begun) {
    return of(begun, folder, p -> true);
  }

  /** Playbooks by path, and those of {@code playbooks/} by their name. */
  List<Offer> playbooks(String begun) {
    Predicate<Path> yaml = p -> p.toString().matches(".*\\.ya?ml");
    List<Offer> found = new ArrayList<>(of(begun, folder, yaml));
    if (!begun.contains("/")) {
      of(begun, folder.resolve("playbooks"), yaml).stream()
          .filter(o -> o.done() && found.stream().noneMatch(f -> f.value().equals(o.value())))
          .forEach(found::add);
    }
    return found;
  }

  private static List<Offer> of(String begun, Path from, Predicate<Path> wanted) {
    int slash = begun.lastIndexOf('/');
    String parent = begun.substring(0, slash + 1);
    String start = begun.substring(slash + 1);
    List<Offer> offers = new ArrayList<>();
    try (Stream<Path> entries = Files.list(resolved(parent, from))) {
      entries
          .filter(p -> p.getFileName().toString().startsWith(start))
          .filter(p -> !start.isEmpty() || !p.getFileName().toString().startsWith("."))
          .filter(p -> Files.isDirectory(p) || wanted.test(p))
          .sorted()
          .limit(MOST)
          .forEach(
              p -> {
                boolean inner = Files.isDirectory(p);
                String value = parent + p.getFileName() + (inner ? "/" : "");
                offers.add(new Offer(value, "", !inner));
              });
    } catch (IOException | InvalidPathException e) {
      // There is no such folder, so that nothing in it can be meant.
    }
    return offers;
  }

  private static Path resolved(String parent, Path from) {
    return parent.startsWith("~/")
        ? Path.of(System.getProperty("user.home") + parent.substring(1))
        : from.resolve(parent);
  }
}
