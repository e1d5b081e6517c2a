package dev.molt.runner.module.files;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Effect;
import dev.molt.runner.module.Effect.FileEffect;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes one file on a host hold a content, replacing it atomically: readers see the old file or the
 * new one. Serves copy, template and whatever else writes a file.
 *
 * @param dest where it ends in a slash or is a directory, the source's name is added
 */
public record FileInstall(
    Destination dest, FileContent source, Attributes attributes, Manner manner) {

  /**
   * How to go about it.
   *
   * @param backup whether to keep the file that is replaced
   * @param force whether to replace a file that differs
   * @param validate a command with {@code %s} for the new file, which must succeed before it is put
   *     in place
   * @param follow whether a link at dest stays and what it leads to is replaced
   * @param makeParents whether to make the directory that the file is in, with the attributes of
   *     any new one
   * @param directoryMode of directories that are made
   * @param unsafeWrites whether to write into a file that cannot be replaced; empty to let the
   *     host's environment say so
   */
  public record Manner(
      boolean backup,
      boolean force,
      Optional<String> validate,
      boolean follow,
      boolean makeParents,
      Optional<FileMode> directoryMode,
      Optional<Boolean> unsafeWrites) {

    /** Replaces, and nothing else. */
    public static final Manner PLAIN =
        new Manner(false, true, Optional.empty(), false, false, Optional.empty(), Optional.empty());
  }

  /** What apply needs to know. */
  record Step(
      FileInstall install,
      String path,
      HostFile now,
      boolean replace,
      List<String> parents,
      FileState after,
      List<FieldDiff> diffs,
      HostFiles before,
      FileQuery query) {}

  /** Asks the host and compares. */
  public Plan plan(Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    FileQuery query = ask(new FileQuery(), target);
    return decide(query.ask(target), query, target);
  }

  /** Adds to a query what {@link #decide} needs. */
  @SuppressWarnings("OrphanedFormatString") // the placeholder is Ansible's
  public FileQuery ask(FileQuery query, Target target) throws ModuleException {
    Optional<String> validate = manner.validate();
    if (validate.isPresent() && !validate.get().contains("%s")) {
      throw new ModuleException("validate must contain %s: " + validate.get());
    }
    String asked = dest.in(target.foreseen());
    query.named(asked);
    source.name().ifPresent(name -> query.named(HostPath.join(asked, name)));
    query.few(HostPath.upwards(asked));
    query.digests("sha256").self();
    query.contentUnless(source.sha256(), FileContent.TEXT_LIMIT);
    return attributes.ask(query);
  }

  /** Compares. */
  public Plan decide(HostFiles host, FileQuery query, Target target) throws ModuleException {
    String path = path(host, target);
    HostFile now = host.at(path);
    if (now.isDirectory() || now.state().kind() == Kind.OTHER) {
      throw new ModuleException(
          path + (now.isDirectory() ? " is a directory" : " is a device, FIFO or socket"));
    }
    if (now.isFile() && now.state().sha256().isEmpty()) {
      throw new ModuleException("may not read " + path + " to compare it (is become missing?)");
    }
    boolean differs = !now.isFile() || !now.state().sha256().orElse("").equals(source.sha256());
    if (!manner.force() && now.exists() && differs) {
      MapValue result = result(path, now.state(), now);
      return Plan.unchanged(result.put("msg", Value.of("file already exists")));
    }
    PathDraft draft = new PathDraft(host);
    List<String> parents = now.exists() ? List.of() : parents(path, draft);
    HostFile parent = host.behind(HostPath.parent(path));
    HostFile base = differs ? HostFile.planned(fresh(now, parent, host), now) : now;
    List<FieldDiff> diffs = draft.diffs;
    if (differs) {
      if (!now.isFile()) {
        diffs.add(FieldDiff.of(path, "state", Results.stateName(now), "file"));
      }
      diffs.add(
          new FieldDiff(path, "content", before(now, host, path), source.shown(), source.secret()));
    }
    diffs.addAll(wanted().diffs(path, host, base));
    FileState after = wanted().applied(base.state(), host.umask());
    if (diffs.isEmpty()) {
      return Plan.unchanged(result(path, now.state(), now));
    }
    List<Effect> effects = new ArrayList<>(draft.effects);
    effects.add(new FileEffect(path, after));
    Step step = new Step(this, path, now, differs, parents, after, diffs, host, query);
    MapValue result = result(path, after, null);
    if (differs && !source.secret()) {
      result.put("diff", TextDiffs.list(path, now, host, source));
    }
    return new Plan.Change(diffs, step, result, effects);
  }

  private String path(HostFiles host, Target target) throws ModuleException {
    String path = dest.in(target.foreseen());
    if (dest.directory() || host.behind(path).isDirectory()) {
      if (source.name().isEmpty()) {
        throw new ModuleException(
            "can not use content with a dir as dest: " + path + " is a directory");
      }
      path = HostPath.join(path, source.name().get());
    }
    return manner.follow() && host.at(path).isLink() ? host.real(path) : path;
  }

  /** The directories that are missing above a path, from the top. */
  private List<String> parents(String path, PathDraft draft) throws ModuleException {
    List<String> missing = new ArrayList<>();
    HostFiles host = draft.host;
    for (String up = HostPath.parent(path); !host.behind(up).exists(); up = HostPath.parent(up)) {
      missing.add(0, up);
    }
    if (!missing.isEmpty() && !dest.directory() && !manner.makeParents()) {
      throw new ModuleException(
          "Destination directory "
              + HostPath.parent(path)
              + " does not exist"
              + (host.at(HostPath.parent(path)).isLink()
                  ? ": it is a link that leads nowhere"
                  : ""));
    }
    for (String each : missing) {
      FileState made = PathState.fresh(Kind.DIRECTORY, 0777, host).state();
      draft.diffs.add(FieldDiff.of(each, "state", "absent", "directory"));
      draft.effects.add(new FileEffect(each, ofParents().applied(made, host.umask())));
    }
    return missing;
  }

  /** What directories get that are made for the file. */
  Attributes ofParents() {
    return manner.makeParents() ? Attributes.NONE : attributes.withMode(manner.directoryMode());
  }

  /** What a replaced file is before attributes are asked for: as the old one, or as any new one. */
  private FileState fresh(HostFile now, HostFile parent, HostFiles host) {
    FileState old = now.state();
    boolean keep = now.isFile();
    boolean inherit = (parent.mode() & 02000) != 0;
    return new FileState(
        Kind.FILE,
        keep ? old.mode() : 0666 & ~host.umask(),
        keep ? old.owner() : host.self().user(),
        keep ? old.group() : inherit ? parent.state().group() : host.self().group(),
        source.size(),
        Optional.of(source.sha256()),
        Optional.empty(),
        Optional.of(""),
        source.bytes());
  }

  Attributes wanted() {
    return attributes.mode().equals(Optional.of(FileMode.PRESERVE))
        ? attributes.withMode(source.mode().map(FileMode::of))
        : attributes;
  }

  private static String before(HostFile now, HostFiles host, String path) {
    if (!now.isFile()) {
      return "";
    }
    return host.content(path)
        .orElseGet(() -> FileContent.summary(now.state().sha256().orElse("?"), now.state().size()));
  }

  private MapValue result(String path, FileState state, HostFile known) {
    MapValue result = MapValue.empty();
    result.put("dest", Value.of(path));
    source.src().ifPresent(src -> result.put("src", Value.of(src)));
    source.hashes().sha1().ifPresent(sha1 -> result.put("checksum", Value.of(sha1)));
    source.hashes().md5().ifPresent(md5 -> result.put("md5sum", Value.of(md5)));
    state.sha256().ifPresent(sha256 -> result.put("checksum_sha256", Value.of(sha256)));
    return known == null ? Results.describe(result, state) : Results.describe(result, known);
  }

  /** Makes the planned change and proves it. */
  public static Applied apply(Plan.Change change, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Step step = (Step) change.state();
    FileInstall install = step.install();
    install.attributes.requireKnown(step.before());
    HostChange act =
        new HostChange(
            "write " + step.path(),
            step.replace()
                ? new FileReplacement(step).commands()
                : Attributes.commands(step.path(), step.diffs()),
            step.replace() ? install.source.content() : Optional.empty(),
            step.parents().isEmpty() ? HostPath.parent(step.path()) : "/");
    HostFiles host = act.make(step.query(), target);
    Plan after = install.decide(host, step.query(), target);
    MapValue result = install.result(step.path(), step.after(), host.at(step.path()));
    Optional.ofNullable(change.result().get("diff")).ifPresent(diff -> result.put("diff", diff));
    host.backup().ifPresent(backup -> result.put("backup_file", Value.of(backup)));
    return Applied.verified(result, after);
  }
}
