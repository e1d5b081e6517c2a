package dev.molt.runner.module.files;

import dev.molt.runner.module.FileState;
import dev.molt.runner.module.FileState.Kind;
import java.util.Optional;

/**
 * What lstat(2) and a few more say of a path on a host.
 *
 * @param state the part that modules compare and foresee
 * @param uid -1 where only the name is known, which is so for what is foreseen
 * @param gid likewise
 * @param rawMode {@code st_mode} with the type bits; 0 where it is only foreseen
 * @param times seconds since 1970 with fractions: atime, mtime, ctime
 * @param readable whether the task's user can; likewise the next two
 */
public record HostFile(
    FileState state,
    long uid,
    long gid,
    int rawMode,
    long device,
    long inode,
    long links,
    long blocks,
    Times times,
    boolean readable,
    boolean writable,
    boolean executable) {

  /** As stat(1) prints them, so that no digit is lost. */
  public record Times(String access, String modification, String change) {
    static final Times NONE = new Times("0", "0", "0");
  }

  public static final HostFile ABSENT = foreseen(FileState.ABSENT);

  /**
   * What earlier tasks of a check would have left. Where they only touched the attributes of a
   * file, what they say nothing about stays as it is now.
   */
  static HostFile foreseen(FileState state, HostFile now) {
    if (state.kind() != Kind.FILE || !now.isFile()) {
      return foreseen(state);
    }
    return foreseen(
        new FileState(
            state.kind(),
            state.mode(),
            state.owner(),
            state.group(),
            state.size(),
            state.sha256().or(now.state::sha256),
            state.link(),
            state.capabilities().or(now.state::capabilities)));
  }

  /** What is about to be made; the numbers of its owner are those of what is there now. */
  static HostFile planned(FileState state, HostFile now) {
    HostFile file = foreseen(state);
    boolean keep = now.isFile();
    return new HostFile(
        state,
        keep ? now.uid : file.uid,
        keep ? now.gid : file.gid,
        0,
        0,
        0,
        1,
        0,
        Times.NONE,
        true,
        true,
        true);
  }

  private static HostFile foreseen(FileState state) {
    boolean some = state.exists();
    return new HostFile(
        state,
        number(state.owner()),
        number(state.group()),
        0,
        0,
        0,
        some ? 1 : 0,
        0,
        Times.NONE,
        some,
        some,
        some && (state.mode() & 0111) != 0);
  }

  private static long number(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Long.parseLong(name)
        : -1;
  }

  public boolean exists() {
    return state.exists();
  }

  public boolean isFile() {
    return state.kind() == Kind.FILE;
  }

  public boolean isDirectory() {
    return state.kind() == Kind.DIRECTORY;
  }

  public boolean isLink() {
    return state.kind() == Kind.LINK;
  }

  /** Whether it is only what earlier tasks of a check would have left. */
  boolean isForeseen() {
    return rawMode == 0;
  }

  public int mode() {
    return state.mode();
  }

  HostFile withSha256(String digest) {
    return with(
        new FileState(
            state.kind(),
            state.mode(),
            state.owner(),
            state.group(),
            state.size(),
            Optional.of(digest),
            state.link(),
            state.capabilities()));
  }

  HostFile withAccess(boolean read, boolean write, boolean execute) {
    return new HostFile(
        state, uid, gid, rawMode, device, inode, links, blocks, times, read, write, execute);
  }

  private HostFile with(FileState other) {
    return new HostFile(
        other,
        uid,
        gid,
        rawMode,
        device,
        inode,
        links,
        blocks,
        times,
        readable,
        writable,
        executable);
  }
}
