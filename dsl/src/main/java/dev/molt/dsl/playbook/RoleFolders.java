package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Finds roles by name (Ansible's page "Roles", storing and finding). */
record RoleFolders(List<Path> rolesPath, List<Path> collectionsPath) {
  /** A role's folder and the name it goes by. */
  record Found(Path directory, String name) {}

  /**
   * The folder of a role.
   *
   * @throws dev.molt.dsl.source.DiagnosticException where there is none, with where it was looked
   *     for
   */
  Found find(RoleUse use, LoadContext context) {
    String name = use.name();
    List<Path> places = new ArrayList<>();
    places.add(context.base().resolve("roles"));
    places.addAll(rolesPath);
    context.role().map(Path::getParent).ifPresent(places::add);
    places.add(context.base());
    String[] parts = name.split("\\.", -1);
    if (parts.length >= 3) {
      for (Path collections : collections(context)) {
        String inner = name.substring(parts[0].length() + parts[1].length() + 2);
        Path folder =
            collections
                .resolve("ansible_collections")
                .resolve(parts[0])
                .resolve(parts[1])
                .resolve("roles")
                .resolve(inner.replace('.', '/'));
        if (Files.isDirectory(folder)) {
          return new Found(folder.normalize(), name);
        }
      }
    }
    for (Path place : places) {
      Path folder = place.resolve(name).toAbsolutePath().normalize();
      if (Files.exists(folder)) {
        return new Found(folder, name);
      }
    }
    Path direct = Path.of(name).toAbsolutePath().normalize();
    if (Files.isDirectory(direct)) {
      return new Found(direct, direct.getFileName().toString());
    }
    throw Diagnostic.error(use.position(), "there is no role '" + name + "'")
        .withHint(
            "looked in "
                + places.stream()
                    .map(p -> p.toAbsolutePath().normalize().toString())
                    .distinct()
                    .collect(Collectors.joining(", ")))
        .asException();
  }

  /** Whether there is such a role now. */
  boolean has(RoleUse use, LoadContext context) {
    try {
      find(use, context);
      return true;
    } catch (DiagnosticException e) {
      return false;
    }
  }

  private List<Path> collections(LoadContext context) {
    List<Path> all = new ArrayList<>();
    all.add(context.base().resolve("collections"));
    all.addAll(collectionsPath);
    return all;
  }
}
