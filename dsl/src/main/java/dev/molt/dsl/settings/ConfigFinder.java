package dev.molt.dsl.settings;

import dev.molt.dsl.source.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds {@code ansible.cfg}: the first of Ansible's places at which there is one. */
final class ConfigFinder {
  private static final String NAME = "ansible.cfg";

  private final Map<String, String> environment;
  private final Path here;
  private final List<Diagnostic> warnings = new ArrayList<>();

  ConfigFinder(Map<String, String> environment, Path here) {
    this.environment = environment;
    this.here = here;
  }

  List<Diagnostic> warnings() {
    return warnings;
  }

  Optional<Path> find() {
    Places places = new Places(here, environment);
    String named = environment.get("ANSIBLE_CONFIG");
    if (named != null && !named.isEmpty()) {
      Path path = places.path(named);
      path = Files.isDirectory(path) ? path.resolve(NAME) : path;
      if (Files.isReadable(path)) {
        return Optional.of(path);
      }
    }
    Path beside = here.resolve(NAME);
    if (Files.isReadable(beside)) {
      if (!othersMayWrite(here)) {
        return Optional.of(beside);
      }
      warnings.add(
          Diagnostic.warning(
                  beside + " is not read: everybody may write to the folder that it is in")
              .withHint("chmod o-w " + here + ", or name the file in ANSIBLE_CONFIG"));
    }
    for (Path path : List.of(places.path("~/.ansible.cfg"), Path.of("/etc/ansible", NAME))) {
      if (Files.isReadable(path)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  private static boolean othersMayWrite(Path folder) {
    try {
      return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
