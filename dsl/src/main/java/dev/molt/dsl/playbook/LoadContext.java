package dev.molt.dsl.playbook;

import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Variables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a list of tasks stands while it is loaded. Immutable.
 *
 * @param base the folder of the playbook
 * @param file the file that is being read
 * @param includedFrom the folders of the files that led here, nearest first
 * @param role the folder of the role that the tasks belong to
 * @param names the variables that names of imported files may use: no host's are among them
 * @param handlers whether these are handlers
 * @param conditional whether something around decides if the tasks run at all
 * @param depth how many imports led here
 */
public record LoadContext(
    Path base,
    Path file,
    List<Path> includedFrom,
    Optional<Path> role,
    Variables names,
    boolean handlers,
    boolean conditional,
    int depth) {

  public LoadContext {
    includedFrom = List.copyOf(includedFrom);
  }

  static LoadContext ofPlay(Path playbook, Variables names) {
    return new LoadContext(
        directory(playbook), playbook, List.of(), Optional.empty(), names, false, false, 0);
  }

  static Path directory(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    return parent == null ? Path.of("/") : parent;
  }

  /** The same place, for handlers. */
  public LoadContext asHandlers() {
    return new LoadContext(base, file, includedFrom, role, names, true, conditional, depth);
  }

  LoadContext under(Keywords keywords) {
    return keywords.has("when")
        ? new LoadContext(base, file, includedFrom, role, names, handlers, true, depth)
        : this;
  }

  LoadContext with(Layer strongest) {
    return new LoadContext(
        base, file, includedFrom, role, names.with(strongest), handlers, conditional, depth);
  }

  /** In a file that this one names. */
  LoadContext in(Path imported) {
    List<Path> from = new ArrayList<>();
    from.add(directory(file));
    from.addAll(includedFrom);
    return new LoadContext(base, imported, from, role, names, handlers, conditional, depth + 1);
  }

  /** In a file of a role. */
  LoadContext inRole(Path directory, Path roleFile, Variables roleNames) {
    List<Path> from = new ArrayList<>();
    from.add(directory(file));
    from.addAll(includedFrom);
    return new LoadContext(
        base, roleFile, from, Optional.of(directory), roleNames, handlers, conditional, depth + 1);
  }

  /** Where a file of tasks of this name may be, in the order in which to look. */
  List<Path> candidates(String name) {
    List<Path> found = new ArrayList<>();
    String kind = handlers ? "handlers" : "tasks";
    role.ifPresent(r -> found.add(r.resolve(kind).resolve(name).normalize()));
    if (handlers) {
      role.ifPresent(r -> found.add(r.resolve("tasks").resolve(name).normalize()));
    }
    found.add(directory(file).resolve(name).normalize());
    includedFrom.forEach(d -> found.add(d.resolve(name).normalize()));
    found.add(base.resolve(name).normalize());
    return found.stream().distinct().toList();
  }
}
