package dev.molt.dsl.template.lookup;

import java.nio.file.Path;
import java.util.Optional;

/** Where lookups find files: in the role and the playbook that they stand in. */
public interface SearchPath {
  /**
   * The first file of this name.
   *
   * @param folder where files of this kind are kept, such as {@code files} or {@code templates}
   * @param name relative, or absolute
   * @return empty where there is none
   */
  Optional<Path> find(String folder, String name);

  /** The directory that relative names of new files are relative to. */
  Path base();

  /** One directory, and in it the folder for the kind of file. */
  static SearchPath of(Path directory) {
    return new SearchPath() {
      @Override
      public Optional<Path> find(String folder, String name) {
        for (Path candidate :
            new Path[] {directory.resolve(folder).resolve(name), directory.resolve(name)}) {
          if (candidate.toFile().exists()) {
            return Optional.of(candidate.normalize());
          }
        }
        return Optional.empty();
      }

      @Override
      public Path base() {
        return directory;
      }
    };
  }
}
