package dev.molt.dsl.template.lookup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where lookups find files: in the role and the playbook that they stand in. */
public interface SearchPath {
  /**
   * The first file of this name.
   *
   * @param folder where files of this kind are kept, such as {@code files} or {@code templates}
   * @param name relative, or absolute; {@code ~/} is the home directory
   * @return empty where there is none
   */
  default Optional<Path> find(String folder, String name) {
    List<Path> all = all(folder, name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
  }

  /** All files and directories of this name, in the order in which they are looked for. */
  List<Path> all(String folder, String name);

  /** The directory that relative names of new files are relative to. */
  Path base();

  /** One directory, and in it the folder for the kind of file. */
  static SearchPath of(Path directory) {
    return of(List.of(directory));
  }

  /**
   * Directories, the nearest first, such as those of the role and of the playbook; in each, the
   * folder for the kind of file comes first.
   *
   * @param directories at least one; relative names of new files are relative to the last
   */
  static SearchPath of(List<Path> directories) {
    List<Path> roots = List.copyOf(directories);
    return new SearchPath() {
      @Override
      public List<Path> all(String folder, String name) {
        boolean home = name.equals("~") || name.startsWith("~/");
        String path = home ? System.getProperty("user.home") + name.substring(1) : name;
        List<Path> found = new ArrayList<>();
        for (Path root : roots) {
          for (Path candidate :
              new Path[] {root.resolve(folder).resolve(path), root.resolve(path)}) {
            Path normal = candidate.normalize();
            if (candidate.toFile().exists() && !found.contains(normal)) {
              found.add(normal);
            }
          }
        }
        return found;
      }

      @Override
      public Path base() {
        return roots.get(roots.size() - 1);
      }
    };
  }
}
