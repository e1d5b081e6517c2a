package dev.molt.runner.cli;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Suggestions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what a bare name on the command line means. */
public final class Names {
  private static final List<String> ENDINGS = List.of("", ".yml", ".yaml", ".ini");

  private Names() {}

  /**
   * The path of this name, else in {@code folder} here, else in {@code folder} where Molt is.
   *
   * @param what for the error, such as {@code playbook}
   */
  public static Path find(String what, String folder, String name) {
    List<Path> places = new ArrayList<>(List.of(Path.of(""), Path.of(folder)));
    String home = System.getProperty("molt.home");
    if (home != null) {
      places.add(Path.of(home).resolve(folder));
    }
    for (Path place : places) {
      for (String ending : ENDINGS) {
        Path candidate = place.resolve(name + ending);
        // A folder of the name of a playbook is not the playbook.
        if (what.equals("inventory") ? Files.exists(candidate) : Files.isRegularFile(candidate)) {
          return candidate;
        }
      }
    }
    Set<String> known = new LinkedHashSet<>();
    places.subList(1, places.size()).forEach(p -> list(p, known));
    throw Diagnostic.error("there is no " + what + " '" + name + "'")
        .withHint(
            Suggestions.hint(name, known)
                .orElse(
                    "looked for it as a path, then in "
                        + folder
                        + "/"
                        + (known.isEmpty() ? "" : ", which has: " + String.join(", ", known))))
        .asException();
  }

  private static void list(Path folder, Set<String> into) {
    try (Stream<Path> entries = Files.list(folder)) {
      entries.map(p -> p.getFileName().toString()).sorted().forEach(into::add);
    } catch (IOException e) {
      // A folder that is not there has no names to suggest.
    }
  }
}
