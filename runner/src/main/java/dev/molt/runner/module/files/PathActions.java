package dev.molt.runner.module.files;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.remote.ShellQuote;
import java.util.ArrayList;
import java.util.List;

/** Decides about files and directories: what is missing, and which attributes differ. */
final class PathActions {
  private final PathState wanted;
  private final PathState.Question question;
  private final PathDraft draft;
  private final HostFiles host;
  private final boolean made;

  /**
   * A decision about to be made.
   *
   * @param made whether the change was made already, so that times that are "now" have been
   */
  PathActions(PathState wanted, PathState.Question question, PathDraft draft, boolean made) {
    this.wanted = wanted;
    this.question = question;
    this.draft = draft;
    this.host = draft.host;
    this.made = made;
  }

  private String followed() {
    return wanted.follow() ? host.real(question.path()) : question.path();
  }

  void file() throws ModuleException {
    String real = followed();
    HostFile now = host.at(real);
    if (!now.isFile() && now.state().kind() != Kind.OTHER) {
      MapValue result = MapValue.empty().put("path", Value.of(real));
      result.put("state", Value.of(Results.stateName(now)));
      throw new ModuleException(
          "file ("
              + real
              + ") is "
              + Results.stateName(now)
              + ", cannot continue (state: file only sets attributes; copy, template or state:"
              + " touch make a file)",
          result);
    }
    attributes(real, now);
  }

  void directory() throws ModuleException {
    String real = followed();
    HostFile now = host.at(real);
    if (now.exists() && !now.isDirectory()) {
      throw new ModuleException(
          real + " already exists as a " + Results.stateName(now),
          MapValue.empty().put("path", Value.of(real)));
    }
    if (!now.exists()) {
      make(real);
      return;
    }
    attributes(real, now);
    if (wanted.recurse()) {
      below(real);
    }
  }

  private void make(String real) throws ModuleException {
    List<String> missing = new ArrayList<>();
    for (String up = real; !host.behind(up).exists(); up = HostPath.parent(up)) {
      missing.add(0, up);
    }
    HostFile first = host.behind(HostPath.parent(missing.get(0)));
    if (!first.isDirectory()) {
      throw new ModuleException(
          "There was an issue creating "
              + missing.get(0)
              + " as requested: "
              + HostPath.parent(missing.get(0))
              + " is a file, not a directory",
          MapValue.empty().put("path", Value.of(question.path())));
    }
    for (String each : missing) {
      if (each.equals(real)) {
        draft.state(each, HostFile.ABSENT, "directory");
      } else {
        draft.diffs.add(FieldDiff.of(each, "state", "absent", "directory"));
      }
      HostFile fresh = fresh(Kind.DIRECTORY, 0777, each);
      draft.becomes(
          each,
          wanted.attributes().applied(fresh.state(), host.umask()),
          "mkdir -- "
              + ShellQuote.quote(each)
              + "\n"
              + Attributes.commands(each, wanted.attributes().diffs(each, host, fresh)));
    }
    times(real, HostFile.ABSENT);
  }

  /** New names in a directory whose group is set on them get that group. */
  private HostFile fresh(Kind kind, int mode, String path) {
    HostFile fresh = PathState.fresh(kind, mode, host);
    HostFile parent = host.behind(HostPath.parent(path));
    return parent.isDirectory() && (parent.mode() & 02000) != 0
        ? HostFile.planned(inherited(fresh.state(), parent), HostFile.ABSENT)
        : fresh;
  }

  private static FileState inherited(FileState fresh, HostFile parent) {
    return new FileState(
        fresh.kind(),
        fresh.mode() | (fresh.kind() == Kind.DIRECTORY ? 02000 : 0),
        fresh.owner(),
        parent.state().group(),
        fresh.size(),
        fresh.sha256(),
        fresh.link(),
        fresh.capabilities(),
        fresh.content());
  }

  private void below(String real) throws ModuleException {
    for (var each : host.tree(question.path()).entrySet()) {
      if (!each.getKey().equals(question.path())) {
        entry(each.getKey(), each.getValue(), false);
      }
    }
    for (var each : host.followed(question.path()).entrySet()) {
      boolean link = host.at(each.getKey()).isLink() || !host.at(each.getKey()).exists();
      if (link && !each.getValue().isLink() && !each.getKey().equals(real)) {
        entry(each.getKey(), each.getValue(), true);
      }
    }
  }

  private void entry(String path, HostFile now, boolean follow) throws ModuleException {
    List<FieldDiff> diffs = wanted.attributes().diffs(path, host, now);
    diffs.addAll(question.times().diffs(path, host, now, made));
    FileState result = wanted.attributes().applied(now.state(), host.umask());
    draft.attributesBelow(path, diffs, result, follow);
  }

  void touch() throws ModuleException {
    String real = host.real(question.path());
    HostFile now = host.at(real);
    if (now.exists()) {
      if (!made) {
        draft.shown("state", Value.of(Results.stateName(now)), Value.of("touch"));
      }
      attributes(wanted.follow() ? real : question.path(), now);
      return;
    }
    HostFile parent = host.behind(HostPath.parent(real));
    if (!parent.isDirectory()) {
      throw new ModuleException(
          "Error, could not touch target: the directory "
              + HostPath.parent(real)
              + " does not exist",
          MapValue.empty().put("path", Value.of(question.path())));
    }
    HostFile fresh = fresh(Kind.FILE, 0666, real);
    draft.state(real, now, "touch");
    String quoted = ShellQuote.quote(real);
    List<FieldDiff> diffs = wanted.attributes().diffs(real, host, fresh);
    diffs.addAll(question.times().diffs(real, host, HostFile.ABSENT, true));
    // A file that is not given to whom it is to belong is not left behind.
    draft.becomes(
        real,
        wanted.attributes().applied(fresh.state(), host.umask()),
        "set -C\n: >"
            + quoted
            + "\nset +C\nt="
            + quoted
            + "\n"
            + Attributes.commands(real, diffs)
            + PathTimes.commands(real, diffs)
            + "t=");
  }

  /** Sets what differs of a path that is there. */
  void attributes(String path, HostFile now) throws ModuleException {
    wanted.attributes().requireKnown(host);
    List<FieldDiff> diffs = wanted.attributes().diffs(path, host, now);
    diffs.addAll(question.times().diffs(path, host, now, made));
    draft.attributes(path, now, diffs, wanted.attributes().applied(now.state(), host.umask()));
  }

  /** Sets the times of a path that was just made. */
  private void times(String path, HostFile now) throws ModuleException {
    List<FieldDiff> diffs = question.times().diffs(path, host, now, true);
    if (!diffs.isEmpty()) {
      draft.diffs.addAll(diffs);
      draft.becomes(path, draft.planned(path).orElse(now.state()), PathTimes.commands(path, diffs));
    }
  }
}
