package dev.molt.runner.module.files;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
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
 * @param dest as written: where it ends in a slash or is a directory, the source's name is added
 * @param backup whether to keep the file that is replaced
 * @param force whether to replace a file that differs
 * @param validate a command with {@code %s} for the new file, which must succeed before it is put
 *     in place
 * @param follow whether a link at dest stays and what it leads to is replaced
 * @param sensitive whether the content must not be shown
 */
public record FileInstall(
    String dest,
    FileContent source,
    Attributes attributes,
    boolean backup,
    boolean force,
    Optional<String> validate,
    boolean follow,
    boolean sensitive) {

  /** What apply needs to know. */
  record Step(
      FileInstall install,
      String path,
      HostFile now,
      boolean replace,
      boolean makeParent,
      FileState after,
      List<FieldDiff> diffs,
      FileQuery query) {}

  /** Asks the host and compares. */
  public Plan plan(Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    FileQuery query = ask(new FileQuery(), target);
    return decide(query.ask(target), query, target);
  }

  /** Adds to a query what {@link #decide} needs. */
  @SuppressWarnings("OrphanedFormatString") // the placeholder is Ansible's
  FileQuery ask(FileQuery query, Target target) throws ModuleException {
    if (validate.isPresent() && !validate.get().contains("%s")) {
      throw new ModuleException("validate must contain %s, which stands for the new file");
    }
    String asked = asked(target);
    query.named(asked);
    source.name().ifPresent(name -> query.named(HostPath.join(asked, name)));
    query.digests("sha256").self();
    query.contentUnless(source.sha256(), FileContent.TEXT_LIMIT);
    return attributes.ask(query);
  }

  private String asked(Target target) throws ModuleException {
    return HostPath.through(target.foreseen(), HostPath.of("dest", dest), false);
  }

  /** Compares. */
  Plan decide(HostFiles host, FileQuery query, Target target) throws ModuleException {
    String path = asked(target);
    if (dest.endsWith("/") || host.behind(path).isDirectory()) {
      if (source.name().isEmpty()) {
        throw new ModuleException(
            path + " is a directory: name the file in it that is to have the content");
      }
      path = HostPath.join(path, source.name().get());
    }
    path = follow && host.at(path).isLink() ? host.real(path) : path;
    HostFile now = host.at(path);
    if (now.isDirectory() || now.state().kind() == Kind.OTHER) {
      throw new ModuleException(
          path + (now.isDirectory() ? " is a directory" : " is a device, FIFO or socket"));
    }
    if (now.isFile() && now.state().sha256().isEmpty()) {
      throw new ModuleException("may not read " + path + " to compare it (is become missing?)");
    }
    HostFile parent = host.behind(HostPath.parent(path));
    boolean makeParent = !now.exists() && !parent.exists();
    if (makeParent && !dest.endsWith("/")) {
      throw new ModuleException(
          "directory " + HostPath.parent(path) + " does not exist, so " + path + " cannot");
    }
    boolean differs = !now.isFile() || !now.state().sha256().orElse("").equals(source.sha256());
    if (!force && now.exists() && differs) {
      return Plan.unchanged(result(path, now.state(), now));
    }
    HostFile base = differs ? HostFile.planned(fresh(now, parent, host), now) : now;
    List<FieldDiff> diffs = new ArrayList<>();
    if (differs) {
      if (!now.isFile()) {
        diffs.add(FieldDiff.of(path, "state", Results.stateName(now.state()), "file"));
      }
      diffs.add(new FieldDiff(path, "content", before(now, host, path), source.shown(), sensitive));
    }
    diffs.addAll(wanted().diffs(path, host, base));
    FileState after = wanted().applied(base.state());
    if (diffs.isEmpty()) {
      return Plan.unchanged(result(path, now.state(), now));
    }
    Step step = new Step(this, path, now, differs, makeParent, after, diffs, query);
    return new Plan.Change(
        diffs, step, result(path, after, null), List.of(new FileEffect(path, after)));
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
        Optional.of(""));
  }

  private Attributes wanted() {
    Optional<FileMode> mode =
        attributes.mode().equals(Optional.of(FileMode.PRESERVE))
            ? source.mode().map(bits -> new FileMode(FileMode.octal(bits)))
            : attributes.mode();
    return new Attributes(attributes.owner(), attributes.group(), mode);
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
    source.hostPath().ifPresent(src -> result.put("src", Value.of(src)));
    source.sha1().ifPresent(sha1 -> result.put("checksum", Value.of(sha1)));
    state.sha256().ifPresent(sha256 -> result.put("checksum_sha256", Value.of(sha256)));
    return known == null ? Results.describe(result, state) : Results.describe(result, known);
  }

  /** Makes the planned change and proves it. */
  public static Applied apply(Plan.Change change, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Step step = (Step) change.state();
    FileInstall install = step.install();
    HostChange act =
        new HostChange(
            "write " + step.path(),
            step.replace()
                ? new FileReplacement(step, install.wanted()).commands()
                : install.wanted().commands(step.path(), step.diffs()),
            step.replace() ? install.source.content() : Optional.empty(),
            step.makeParent() ? "/" : HostPath.parent(step.path()));
    HostFiles host = act.make(step.query(), target);
    Plan after = install.decide(host, step.query(), target);
    MapValue result = install.result(step.path(), step.after(), host.at(step.path()));
    host.backup().ifPresent(backup -> result.put("backup_file", Value.of(backup)));
    return Applied.verified(result, after);
  }
}
