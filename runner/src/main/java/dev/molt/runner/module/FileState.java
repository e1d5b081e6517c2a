package dev.molt.runner.module;

import java.util.Objects;
import java.util.Optional;

/**
 * What is at a path on a host. In what a check foresees, an empty {@code sha256} or {@code
 * capabilities} means that it stays as it is on the host.
 *
 * @param mode permission bits, 0 to 07777
 * @param owner user name, or the number where it has none
 * @param group group name, or the number where it has none
 * @param size in bytes
 * @param sha256 of a regular file's content in lower-case hex, where it was asked for
 * @param link where a symbolic link leads, exactly as stored
 * @param capabilities as getcap prints them, where they were asked for; empty text for none
 * @param content the bytes of a file that is about to be written, each as one char (ISO-8859-1),
 *     where they are few enough to be kept for later tasks of a check
 */
public record FileState(
    Kind kind,
    int mode,
    String owner,
    String group,
    long size,
    Optional<String> sha256,
    Optional<String> link,
    Optional<String> capabilities,
    Optional<String> content) {

  /** What kind of thing it is. */
  public enum Kind {
    ABSENT,
    FILE,
    DIRECTORY,
    LINK,
    OTHER
  }

  public static final FileState ABSENT =
      new FileState(
          Kind.ABSENT, 0, "", "", 0, Optional.empty(), Optional.empty(), Optional.empty());

  public FileState {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(content);
  }

  /** The same of a file whose bytes are not at hand. */
  public FileState(
      Kind kind,
      int mode,
      String owner,
      String group,
      long size,
      Optional<String> sha256,
      Optional<String> link,
      Optional<String> capabilities) {
    this(kind, mode, owner, group, size, sha256, link, capabilities, Optional.empty());
  }

  public boolean exists() {
    return kind != Kind.ABSENT;
  }
}
