package dev.molt.runner.module.files;

import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.remote.ShellQuote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Owner, group and mode as a task asks for them; what it leaves out stays as it is. */
public record Attributes(Optional<String> owner, Optional<String> group, Optional<FileMode> mode) {

  public static final Attributes NONE =
      new Attributes(Optional.empty(), Optional.empty(), Optional.empty());

  /** Adds what {@link #diffs} needs to know of the host. */
  public FileQuery ask(FileQuery query) {
    return query.user(owner).group(group);
  }

  /** The permission bits that come of these ones. */
  public int bits(int current, boolean directory) {
    return mode.map(m -> m.apply(current, directory)).orElse(current);
  }

  /** What of these differs from what is there. */
  public List<FieldDiff> diffs(String subject, HostFiles host, HostFile now) {
    List<FieldDiff> diffs = new ArrayList<>();
    if (owner.isPresent() && !same(owner.get(), host.uid(owner.get()), now.uid(), owner(now))) {
      diffs.add(FieldDiff.of(subject, "owner", owner(now), owner.get()));
    }
    if (group.isPresent() && !same(group.get(), host.gid(group.get()), now.gid(), group(now))) {
      diffs.add(FieldDiff.of(subject, "group", group(now), group.get()));
    }
    // A link's own mode means nothing on Linux and cannot be changed.
    int bits = bits(now.mode(), now.isDirectory());
    if (!now.isLink() && bits != now.mode()) {
      diffs.add(FieldDiff.of(subject, "mode", FileMode.octal(now.mode()), FileMode.octal(bits)));
    }
    return diffs;
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
  public FileState applied(FileState now) {
    String newOwner = owner.orElse(now.owner());
    String newGroup = group.orElse(now.group());
    boolean directory = now.kind() == Kind.DIRECTORY;
    // The kernel drops a file's capabilities when its owner or group is set anew.
    boolean moved = !newOwner.equals(now.owner()) || !newGroup.equals(now.group());
    return new FileState(
        now.kind(),
        now.kind() == Kind.LINK ? now.mode() : bits(now.mode(), directory),
        newOwner,
        newGroup,
        now.size(),
        now.sha256(),
        now.link(),
        moved && now.kind() == Kind.FILE ? Optional.of("") : now.capabilities());
  }

  /**
   * The commands that put right what differs. Owner first: chown drops the set-ID bits.
   *
   * @param diffs what {@link #diffs} found
   */
  public String commands(String path, List<FieldDiff> diffs) {
    StringBuilder script = new StringBuilder();
    String quoted = ShellQuote.quote(path);
    for (FieldDiff diff : diffs) {
      if (diff.field().equals("owner")) {
        script.append(chown(quoted, diff.after()));
      } else if (diff.field().equals("group")) {
        script.append(chown(quoted, ":" + diff.after()));
      } else if (diff.field().equals("mode")) {
        script.append("chmod ").append(diff.after()).append(" -- ").append(quoted).append('\n');
      }
    }
    return script.toString();
  }

  private static String chown(String quoted, String whom) {
    return "chown -h " + ShellQuote.quote(whom) + " -- " + quoted + "\n";
  }
}
