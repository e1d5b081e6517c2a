package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.vault.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Finds and reads the files that an inventory consists of. */
final class SourceFiles {
  private static final Set<String> TEXT_EXTENSIONS =
      Set.of(".yml", ".yaml", ".json", ".config", ".ini");
  private static final Pattern YAML_START = Pattern.compile("---.*|[\\w.\"'-]+:(\\s.*)?|\\{.*");

  private SourceFiles() {}

  /**
   * The files that a source stands for: itself, or those in it, sorted, deep.
   *
   * @throws dev.molt.dsl.source.DiagnosticException where there is none
   */
  static List<Path> find(String name, Path path, IgnoredFiles ignoring) {
    if (!Files.exists(path)) {
      throw missing(name, path).asException();
    } else if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> found = new ArrayList<>();
    List<String> ignored = new ArrayList<>();
    collect(path, ignoring, found, ignored);
    if (found.isEmpty()) {
      String note =
          ignored.isEmpty() ? "it is empty" : "passed over: " + String.join(", ", ignored);
      throw Diagnostic.error("no inventory file in the directory " + shown(path))
          .withHint(note + "; put a hosts.yml or a hosts.ini there")
          .asException();
    }
    return found;
  }

  private static void collect(
      Path directory, IgnoredFiles ignoring, List<Path> found, List<String> ignored) {
    for (Path entry : VarsDirectory.list(directory)) {
      String name = String.valueOf(entry.getFileName());
      if (ignoring.covers(name)) {
        ignored.add(name);
      } else if (Files.isDirectory(entry)) {
        collect(entry, ignoring, found, ignored);
      } else {
        found.add(entry);
      }
    }
  }

  private static Diagnostic missing(String name, Path path) {
    Diagnostic error = Diagnostic.error("no inventory at '" + name + "': there is no such file");
    Path parent = path.toAbsolutePath().normalize().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return error.withHint("there is no directory " + parent + " either");
    }
    List<String> siblings =
        VarsDirectory.list(parent).stream().map(p -> String.valueOf(p.getFileName())).toList();
    Optional<String> near =
        Suggestions.nearest(String.valueOf(path.getFileName()), siblings)
            .map(s -> "did you mean '" + shown(parent.resolve(s)) + "'?");
    return error.withHint(
        near.orElse(
            "looked in " + parent + "; to name hosts instead, end with a comma: -i " + name + ","));
  }

  /** Reads a file, or says why not. */
  static Source read(Path path) {
    try {
      return Source.file(path);
    } catch (AccessDeniedException e) {
      throw Diagnostic.error("cannot read " + shown(path) + ": permission denied").asException();
    } catch (IOException e) {
      throw Diagnostic.error("cannot read " + shown(path) + ": " + e.getMessage()).asException();
    }
  }

  /** Reads a file and decrypts it where it is encrypted. */
  static Source unlocked(Path path, UnaryOperator<Source> unlock) {
    return unlocked(read(path), unlock);
  }

  /** Decrypts a file where it is encrypted. */
  static Source unlocked(Source source, UnaryOperator<Source> unlock) {
    return Vault.isEncrypted(source.text()) ? unlock.apply(source) : source;
  }

  /**
   * Whether a file is to be run: it is executable, and a program. (A list of hosts whose executable
   * bit some file system has set is none; Java would hand it to a shell.)
   *
   * @throws dev.molt.dsl.source.DiagnosticException for a script that is not executable, and so is
   *     never run
   */
  static boolean isProgram(Path path) {
    byte[] start = start(path);
    boolean script = start.length >= 2 && start[0] == '#' && start[1] == '!';
    boolean binary =
        start.length >= 4
            && start[0] == 0x7f
            && start[1] == 'E'
            && start[2] == 'L'
            && start[3] == 'F';
    if (!script && !binary) {
      return false;
    } else if (!Files.isExecutable(path)) {
      throw Diagnostic.error("the inventory " + shown(path) + " is a script that is not executable")
          .withHint("chmod +x " + shown(path) + "; if it is no script, take its first line away")
          .asException();
    }
    return true;
  }

  private static byte[] start(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(4);
    } catch (IOException e) {
      return new byte[0]; // Whoever reads all of it says what is wrong.
    }
  }

  static void refuseToml(Path path) {
    if (extension(path).equals(".toml")) {
      throw Diagnostic.error("the inventory " + shown(path) + " is TOML, which is not supported")
          .withHint("write it as YAML or INI")
          .asException();
    }
  }

  /** Whether the file is YAML; by its extension, or where that does not tell, by its first line. */
  static boolean isYaml(Path path, Source source) {
    String extension = extension(path);
    if (!extension.isEmpty()) {
      return TEXT_EXTENSIONS.contains(extension) && !extension.equals(".ini");
    }
    return source
        .text()
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";"))
        .findFirst()
        .filter(line -> YAML_START.matcher(line).matches())
        .isPresent();
  }

  private static String extension(Path path) {
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(dot) : "";
  }

  /** The path relative to the working directory where it lies below that. */
  static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) && !absolute.equals(here)
        ? here.relativize(absolute).toString()
        : path.toString();
  }
}
