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
    Inode node,
    Times times,
    boolean readable,
    boolean writable,
    boolean executable) {

  /** As stat(1) prints them, so that no digit is lost. */
  public record Times(String access, String modification, String change) {
    static final Times NONE = new Times("0", "0", "0");
  }

  /**
   * What the file system says of it.
   *
   * @param links how many names it has
   * @param blocks of 512 bytes
   * @param blockSize the best size of a read or write, in bytes
   * @param deviceType of a device, as {@code st_rdev}
   */
  public record Inode(
      long device, long inode, long links, long blocks, long blockSize, long deviceType) {
    static final Inode NONE = new Inode(0, 0, 0, 0, 0, 0);
    static final Inode ONE = new Inode(0, 0, 1, 0, 0, 0);
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
            state.capabilities().or(now.state::capabilities),
            state.content()));
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
        Inode.ONE,
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
        some ? Inode.ONE : Inode.NONE,
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

  /** Whether both are names of one thing on the host. */
  boolean isSame(HostFile other) {
    return exists()
        && other.exists()
        && node.inode != 0
        && node.inode == other.node.inode
        && node.device == other.node.device;
  }

  public int mode() {
    return state.mode();
  }

  HostFile withSha256(String digest) {
    FileState digested =
        new FileState(
            state.kind(),
            state.mode(),
            state.owner(),
            state.group(),
            state.size(),
            Optional.of(digest),
            state.link(),
            state.capabilities(),
            state.content());
    return new HostFile(digested, uid, gid, rawMode, node, times, readable, writable, executable);
  }

  HostFile withAccess(boolean read, boolean write, boolean execute) {
    return new HostFile(state, uid, gid, rawMode, node, times, read, write, execute);
  }
}
