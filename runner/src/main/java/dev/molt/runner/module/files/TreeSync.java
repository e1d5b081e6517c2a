package dev.molt.runner.module.files;

import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.ModuleException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares a wanted tree with what a host has. Never removes anything.
 *
 * @param root where the tree goes on the host
 * @param entries what it is to have, by path, so that directories come before what is in them
 * @param attributes of everything; the mode of files only, unless {@link #modeOfDirectories}
 * @param directoryMode of directories that are new
 * @param modeOfDirectories whether the mode holds for directories, too, new or not
 * @param modeOfNew whether the modes of the source are only for what is made, exactly
 * @param force whether to replace files that differ
 * @param keepNewer whether to leave alone what is newer on the host
 */
public record TreeSync(
    String root,
    TreeMap<String, TreeEntry> entries,
    Attributes attributes,
    Optional<FileMode> directoryMode,
    boolean modeOfDirectories,
    boolean modeOfNew,
    boolean force,
    boolean keepNewer) {

  /**
   * What is to be done about one entry.
   *
   * @param make whether it is made anew; only attributes differ otherwise
   */
  record Step(
      TreeEntry entry,
      String path,
      HostFile now,
      boolean make,
      FileState after,
      Attributes wanted,
      List<FieldDiff> diffs) {}

  /** Entries by path, the last of a name winning, directories added where none is said. */
  public static TreeMap<String, TreeEntry> index(Collection<TreeEntry> entries) {
    TreeMap<String, TreeEntry> index = new TreeMap<>();
    for (TreeEntry entry : entries) {
      index.put(entry.path(), entry);
      String path = entry.path();
      while (path.contains("/")) {
        path = path.substring(0, path.lastIndexOf('/'));
        index.putIfAbsent(path, TreeEntry.directory(path));
      }
    }
    return index;
  }

  /** Adds to a query what {@link #steps} needs. */
  public FileQuery ask(FileQuery query) {
    List<String> paths = new ArrayList<>();
    for (String up = root; !up.equals("/"); up = HostPath.parent(up)) {
      paths.add(up);
    }
    paths.add("/");
    for (String path : entries.keySet()) {
      paths.add(HostPath.join(root, path));
    }
    entries.values().stream()
        .flatMap(e -> e.owner().stream())
        .distinct()
        .forEach(
            owner -> {
              query.user(Optional.of(owner.user()).filter(n -> !n.isEmpty()));
              query.group(Optional.of(owner.group()).filter(n -> !n.isEmpty()));
            });
    return attributes.ask(query.bulk(paths).digests("sha256").self());
  }

  /** The nearest directory that is there, from the root of the tree upwards. */
  String anchor(HostFiles host) {
    String up = root;
    while (!host.at(up).exists()) {
      up = HostPath.parent(up);
    }
    return up;
  }

  /** What differs. */
  List<Step> steps(HostFiles host) throws ModuleException {
    List<Step> steps = new ArrayList<>();
    for (TreeEntry entry : entries.values()) {
      Step step = step(entry, host);
      if (!step.diffs().isEmpty()) {
        steps.add(step);
      }
    }
    return steps;
  }

  private Step step(TreeEntry entry, HostFiles host) throws ModuleException {
    String path = HostPath.join(root, entry.path());
    HostFile now = host.at(path);
    boolean make = !now.exists();
    if (now.exists()) {
      // The root may be anything, such as /etc: nobody means to give that to another user.
      boolean there =
          entry.path().isEmpty()
              && now.isDirectory()
              && !modeOfDirectories
              && (entry.mode().isEmpty() || modeOfNew);
      if (entry.isDirectory()
          && (there || host.isLinkToDirectory(path) || (entry.path().isEmpty() && now.isLink()))) {
        return unchanged(entry, path, now);
      }
      refuseOtherKind(entry, path, now);
      make = !isLike(entry, path, now);
      if (make && (!force || (keepNewer && mtime(now) > entry.modified()))) {
        return unchanged(entry, path, now);
      }
    }
    HostFile base = make ? HostFile.planned(fresh(entry, now, host), now) : now;
    Attributes wanted = wanted(entry, now, make, host);
    List<FieldDiff> diffs = new ArrayList<>();
    if (make) {
      diffs.add(difference(entry, path, now));
    }
    if (entry.kind() != Kind.LINK) {
      diffs.addAll(make && !now.exists() ? List.of() : wanted.diffs(path, host, base));
    }
    return new Step(
        entry, path, now, make, wanted.applied(base.state(), host.umask()), wanted, diffs);
  }

  private static Step unchanged(TreeEntry entry, String path, HostFile now) {
    return new Step(entry, path, now, false, now.state(), Attributes.NONE, List.of());
  }

  private static double mtime(HostFile file) {
    return Double.parseDouble(file.times().modification());
  }

  private static void refuseOtherKind(TreeEntry entry, String path, HostFile now)
      throws ModuleException {
    boolean fits = entry.isDirectory() ? now.isDirectory() : now.isFile() || now.isLink();
    if (!fits) {
      throw new ModuleException(
          path
              + " is a "
              + Results.stateName(now)
              + " on the host and would have to become a "
              + entry.kind().name().toLowerCase(java.util.Locale.ROOT)
              + ": remove it first");
    }
  }

  private static boolean isLike(TreeEntry entry, String path, HostFile now) throws ModuleException {
    if (now.isFile() && entry.isFile() && now.state().sha256().isEmpty()) {
      throw new ModuleException("may not read " + path + " to compare it (is become missing?)");
    }
    return switch (entry.kind()) {
      case FILE -> now.isFile() && now.state().sha256().get().equals(entry.sha256());
      case LINK -> now.isLink() && now.state().link().equals(entry.link());
      default -> now.isDirectory();
    };
  }

  private static FieldDiff difference(TreeEntry entry, String path, HostFile now) {
    if (now.isFile() && entry.isFile()) {
      return FieldDiff.of(
          path,
          "content",
          FileContent.summary(now.state().sha256().orElse("?"), now.state().size()),
          FileContent.summary(entry.sha256(), entry.size()));
    }
    if (now.isLink() && entry.kind() == Kind.LINK) {
      return FieldDiff.of(path, "link", now.state().link().orElse(""), entry.link().orElse(""));
    }
    return FieldDiff.of(
        path,
        "state",
        Results.stateName(now),
        entry.kind().name().toLowerCase(java.util.Locale.ROOT));
  }

  private static FileState fresh(TreeEntry entry, HostFile now, HostFiles host) {
    boolean keep = now.isFile() && entry.isFile();
    int mode =
        switch (entry.kind()) {
          case DIRECTORY -> 0777 & ~host.umask();
          case LINK -> 0777;
          default -> keep ? now.mode() : 0666 & ~host.umask();
        };
    return new FileState(
        entry.kind(),
        mode,
        keep ? now.state().owner() : host.self().user(),
        keep ? now.state().group() : host.self().group(),
        entry.isFile() ? entry.size() : 0,
        entry.isFile() ? Optional.of(entry.sha256()) : Optional.empty(),
        entry.kind() == Kind.LINK ? entry.link() : Optional.empty(),
        entry.isFile() ? Optional.of("") : Optional.empty());
  }

  private Attributes wanted(TreeEntry entry, HostFile now, boolean make, HostFiles host) {
    boolean root = host.self().uid() == 0;
    Optional<String> owner = attributes.owner();
    Optional<String> group = attributes.group();
    if (root && entry.owner().isPresent()) {
      TreeEntry.Owner own = entry.owner().get();
      owner =
          owner.or(
              () -> Optional.of(known(own.user(), own.uid(), host.uid(own.user()).isPresent())));
      group =
          group.or(
              () -> Optional.of(known(own.group(), own.gid(), host.gid(own.group()).isPresent())));
    }
    Optional<FileMode> option =
        !entry.isDirectory() || modeOfDirectories
            ? attributes.mode()
            : now.exists() ? Optional.empty() : directoryMode;
    boolean none =
        entry.mode().isEmpty() && (option.isEmpty() || option.get().equals(FileMode.PRESERVE));
    if (none || (modeOfNew && !make)) {
      return new Attributes(owner, group, Optional.empty(), attributes.flags());
    }
    boolean exact = modeOfNew || option.equals(Optional.of(FileMode.PRESERVE));
    boolean same = now.exists() && now.state().kind() == entry.kind();
    int base =
        entry
            .mode()
            .map(mode -> root || exact ? mode : mode & ~host.umask())
            .orElseGet(() -> same ? now.mode() : fresh(entry, HostFile.ABSENT, host).mode());
    int bits = option.map(m -> m.apply(base, entry.isDirectory(), host.umask())).orElse(base);
    return new Attributes(owner, group, Optional.of(FileMode.of(bits)), attributes.flags());
  }

  private static String known(String name, long number, boolean isKnown) {
    return isKnown ? name : Long.toString(number);
  }

  /** How many bytes the files hold that would be sent. */
  static long bytes(List<Step> steps) {
    return steps.stream().filter(Step::make).mapToLong(s -> s.entry().size()).sum();
  }

  /** By path, for whoever needs to find one. */
  static Map<String, Step> byPath(List<Step> steps) {
    Map<String, Step> map = new TreeMap<>();
    steps.forEach(step -> map.put(step.entry().path(), step));
    return map;
  }
}
