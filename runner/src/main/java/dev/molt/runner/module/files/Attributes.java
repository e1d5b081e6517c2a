package dev.molt.runner.module.files;

import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.remote.ShellQuote;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Owner, group, mode and flags as a task asks for them; what it leaves out stays as it is.
 *
 * @param flags as chattr(1) takes them: letters after {@code +}, {@code -}, {@code =} or nothing,
 *     which is {@code =}
 */
public record Attributes(
    Optional<String> owner,
    Optional<String> group,
    Optional<FileMode> mode,
    Optional<String> flags) {

  public static final Attributes NONE =
      new Attributes(Optional.empty(), Optional.empty(), Optional.empty());

  /** Flags that the file system sets by itself, whatever it is asked for. */
  private static final String OWN_FLAGS = "eEIhNVB";

  public Attributes(Optional<String> owner, Optional<String> group, Optional<FileMode> mode) {
    this(owner, group, mode, Optional.empty());
  }

  public Attributes {
    flags = flags.filter(f -> !f.replaceFirst("^[-+=]", "").isEmpty());
  }

  /** The same, and no mode. */
  public Attributes withMode(Optional<FileMode> other) {
    return new Attributes(owner, group, other, flags);
  }

  public boolean isEmpty() {
    return equals(NONE);
  }

  /** Adds what {@link #diffs} needs to know of the host. */
  public FileQuery ask(FileQuery query) {
    query.user(owner).group(group);
    return flags.isPresent() ? query.flags() : query;
  }

  /** The permission bits that come of these ones. */
  public int bits(int current, boolean directory, int umask) {
    return mode.map(m -> m.apply(current, directory, umask)).orElse(current);
  }

  /**
   * Refuses an owner or group that the host does not know.
   *
   * @throws ModuleException in Ansible's words
   */
  public void requireKnown(HostFiles host) throws ModuleException {
    if (owner.isPresent() && host.uid(owner.get()).isEmpty()) {
      throw new ModuleException("chown failed: failed to look up user " + owner.get());
    }
    if (group.isPresent() && host.gid(group.get()).isEmpty()) {
      throw new ModuleException("chgrp failed: failed to look up group " + group.get());
    }
  }

  /** What of these differs from what is there. */
  public List<FieldDiff> diffs(String path, HostFiles host, HostFile now) {
    List<FieldDiff> diffs = new ArrayList<>();
    if (owner.isPresent() && !same(owner.get(), host.uid(owner.get()), now.uid(), owner(now))) {
      diffs.add(FieldDiff.of(path, "owner", owner(now), owner.get()));
    }
    if (group.isPresent() && !same(group.get(), host.gid(group.get()), now.gid(), group(now))) {
      diffs.add(FieldDiff.of(path, "group", group(now), group.get()));
    }
    // A link's own mode means nothing on Linux and cannot be changed.
    int bits = bits(now.mode(), now.isDirectory(), host.umask());
    if (!now.isLink() && bits != now.mode()) {
      diffs.add(FieldDiff.of(path, "mode", FileMode.octal(now.mode()), FileMode.octal(bits)));
    }
    if (flags.isPresent() && !now.isLink()) {
      Optional<String> known = now.isForeseen() ? Optional.of("") : host.flags(path);
      if (known.isEmpty() || !flagsFit(letters(known.get()))) {
        diffs.add(FieldDiff.of(path, "attributes", known.orElse(""), operator() + wantedFlags()));
      }
    }
    return diffs;
  }

  private char operator() {
    char first = flags.orElse("=").charAt(0);
    return "+-=".indexOf(first) < 0 ? '=' : first;
  }

  private String wantedFlags() {
    return flags.orElse("").replaceFirst("^[-+=]", "");
  }

  private boolean flagsFit(TreeSet<Integer> now) {
    TreeSet<Integer> wanted = letters(wantedFlags());
    return switch (operator()) {
      case '+' -> now.containsAll(wanted);
      case '-' -> now.stream().noneMatch(wanted::contains);
      default -> now.equals(wanted);
    };
  }

  private static TreeSet<Integer> letters(String text) {
    return text.chars()
        .filter(c -> OWN_FLAGS.indexOf(c) < 0)
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean same(String wanted, OptionalLong number, long now, String nowName) {
    boolean comparable = number.isPresent() && now >= 0;
    return comparable ? number.getAsLong() == now : wanted.equals(nowName);
  }

  private static String owner(HostFile file) {
    return file.state().owner();
  }

  private static String group(HostFile file) {
    return file.state().group();
  }

  /** The same file with these attributes. */
  public FileState applied(FileState now, int umask) {
    String newOwner = owner.orElse(now.owner());
    String newGroup = group.orElse(now.group());
    boolean directory = now.kind() == Kind.DIRECTORY;
    // The kernel drops a file's capabilities when its owner or group is set anew.
    boolean moved = !newOwner.equals(now.owner()) || !newGroup.equals(now.group());
    return new FileState(
        now.kind(),
        now.kind() == Kind.LINK ? now.mode() : bits(now.mode(), directory, umask),
        newOwner,
        newGroup,
        now.size(),
        now.sha256(),
        now.link(),
        moved && now.kind() == Kind.FILE ? Optional.of("") : now.capabilities(),
        now.content());
  }

  /**
   * The commands that put right what differs. Owner first: chown drops the set-ID bits.
   *
   * @param diffs what {@link #diffs} found
   */
  public static String commands(String path, List<FieldDiff> diffs) {
    StringBuilder script = new StringBuilder();
    diffs.forEach(
        diff ->
            command(diff, false)
                .ifPresent(
                    command ->
                        script
                            .append(command)
                            .append(' ')
                            .append(ShellQuote.quote(path))
                            .append('\n')));
    return script.toString();
  }

  /**
   * The command that puts one difference right, up to the path; empty for other differences.
   *
   * @param follow whether what a link leads to is meant
   */
  static Optional<String> command(FieldDiff diff, boolean follow) {
    String chown = follow ? "chown " : "chown -h ";
    return Optional.ofNullable(
        switch (diff.field()) {
          case "owner" -> chown + ShellQuote.quote(diff.after()) + " --";
          case "group" -> chown + ShellQuote.quote(":" + diff.after()) + " --";
          case "mode" -> chmod(Integer.parseInt(diff.after(), 8));
          case "attributes" -> "chattr " + ShellQuote.quote(diff.after());
          default -> null;
        });
  }

  /** With fewer than five digits chmod leaves a directory its set-ID bits. */
  static String chmod(int bits) {
    return String.format(Locale.ROOT, "chmod %05o --", bits);
  }
}
