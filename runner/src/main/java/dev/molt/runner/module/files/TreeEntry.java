package dev.molt.runner.module.files;

import dev.molt.runner.module.FileState.Kind;
import java.util.Optional;

/**
 * One thing that a tree is to have.
 *
 * @param path relative to the tree's root, without leading or trailing slash; empty for the root
 * @param kind file, directory or link
 * @param mode permission bits of the source, where they matter
 * @param owner of the source, where it matters
 * @param sha256 of a file; empty otherwise
 * @param link where a link leads; for a file, the path of an earlier entry it is a hard link to
 * @param modified seconds since 1970
 */
public record TreeEntry(
    String path,
    Kind kind,
    Optional<Integer> mode,
    Optional<Owner> owner,
    long size,
    String sha256,
    Optional<String> link,
    long modified) {

  /** Who owns it, as archives say it; a name counts where the host knows it. */
  public record Owner(long uid, String user, long gid, String group) {}

  /** A directory nobody says anything about but that has to be there. */
  static TreeEntry directory(String path) {
    return new TreeEntry(
        path, Kind.DIRECTORY, Optional.empty(), Optional.empty(), 0, "", Optional.empty(), 0);
  }

  public boolean isFile() {
    return kind == Kind.FILE;
  }

  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  boolean isHardLink() {
    return isFile() && link.isPresent();
  }
}
