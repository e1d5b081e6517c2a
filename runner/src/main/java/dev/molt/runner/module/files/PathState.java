package dev.molt.runner.module.files;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Effect;
import dev.molt.runner.module.Effect.FileEffect;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a path be a directory, a link, nothing and so on.
 *
 * @param path as written
 * @param state empty for what it is already
 * @param src what a link leads to
 * @param recurse whether the attributes are those of everything in a directory
 * @param force whether links may dangle and take the place of files
 * @param follow whether a link's attributes are those of what it leads to
 */
public record PathState(
    String path,
    Optional<Wanted> state,
    Optional<String> src,
    Attributes attributes,
    boolean recurse,
    boolean force,
    boolean follow) {

  /** What a path can be asked to be. */
  public enum Wanted {
    FILE,
    DIRECTORY,
    LINK,
    HARD,
    TOUCH,
    ABSENT
  }

  private record Step(PathState wanted, String path, String commands, FileQuery query) {}

  /** What a decision adds up to while it is made. */
  private static final class Draft {
    final List<FieldDiff> diffs = new ArrayList<>();
    final List<Effect> effects = new ArrayList<>();
    final StringBuilder commands = new StringBuilder();
    final HostFiles host;

    Draft(HostFiles host) {
      this.host = host;
    }

    void becomes(String path, FileState state, String command) {
      effects.add(new FileEffect(path, state));
      commands.append(command).append('\n');
    }
  }

  /** Asks the host and compares. */
  public Plan plan(Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String asked = HostPath.through(target.foreseen(), HostPath.of("path", path), false);
    if (recurse && state.isPresent() && state.get() != Wanted.DIRECTORY) {
      throw new ModuleException("recurse is for state: directory");
    }
    if (state.equals(Optional.of(Wanted.ABSENT)) && asked.equals("/")) {
      throw new ModuleException("path is /: refusing to remove everything");
    }
    boolean link = state.equals(Optional.of(Wanted.LINK)) || state.equals(Optional.of(Wanted.HARD));
    if (link && src.isEmpty()) {
      throw new ModuleException("src is missing: what is " + path + " to be a link to?");
    }
    FileQuery query = attributes.ask(new FileQuery().named(asked).self());
    if (recurse) {
      query.tree(asked);
    } else {
      List<String> above = new ArrayList<>();
      for (String up = asked; !up.equals("/"); up = HostPath.parent(up)) {
        above.add(up);
      }
      query.bulk(above);
    }
    if (link) {
      query.named(HostPath.through(target.foreseen(), source(asked), true));
    }
    return decide(asked, query, query.ask(target), target);
  }

  private String source(String asked) {
    return HostPath.linkTarget(asked, src.orElse(""));
  }

  private Plan decide(String asked, FileQuery query, HostFiles host, Target target)
      throws ModuleException {
    HostFile now = host.at(asked);
    Draft draft = new Draft(host);
    Wanted wanted = state.orElseGet(() -> asItIs(now));
    switch (wanted) {
      case ABSENT -> absent(asked, now, draft);
      case DIRECTORY -> directory(asked, draft);
      case FILE -> file(asked, draft);
      case TOUCH -> touch(asked, draft);
      case LINK -> link(asked, now, draft, target);
      case HARD -> hard(asked, now, draft);
    }
    HostFile there = host.at(asked);
    MapValue result = MapValue.empty();
    result.put(wanted == Wanted.ABSENT ? "path" : "dest", Value.of(asked));
    result.put("path", Value.of(asked));
    src.ifPresent(s -> result.put("src", Value.of(s)));
    if (draft.diffs.isEmpty()) {
      return Plan.unchanged(Results.describe(result, there));
    }
    draft.effects.stream()
        .map(FileEffect.class::cast)
        .filter(e -> e.path().equals(asked))
        .reduce((first, last) -> last)
        .ifPresent(e -> Results.describe(result, e.state()));
    Step step = new Step(this, asked, draft.commands.toString(), query);
    return new Plan.Change(draft.diffs, step, result, draft.effects);
  }

  private Wanted asItIs(HostFile now) {
    if (recurse || now.isDirectory()) {
      return Wanted.DIRECTORY;
    }
    return src.isPresent() ? Wanted.LINK : Wanted.FILE;
  }

  private static void absent(String asked, HostFile now, Draft draft) {
    if (now.exists()) {
      draft.diffs.add(state(asked, now, "absent"));
      draft.becomes(asked, FileState.ABSENT, "rm -rf -- " + ShellQuote.quote(asked));
    }
  }

  private void file(String asked, Draft draft) throws ModuleException {
    String real = follow ? draft.host.real(asked) : asked;
    HostFile now = draft.host.at(real);
    if (now.isDirectory() || !now.exists()) {
      throw new ModuleException(
          asked
              + (now.exists() ? " is a directory" : " does not exist")
              + ": state: file only sets attributes (copy or state: touch make a file)");
    }
    attributes(real, now, draft);
  }

  private void directory(String asked, Draft draft) throws ModuleException {
    HostFiles host = draft.host;
    String real = follow || host.isLinkToDirectory(asked) ? host.real(asked) : asked;
    HostFile now = host.at(real);
    if (now.exists() && !now.isDirectory()) {
      throw new ModuleException(
          asked + " is a " + Results.stateName(now.state()) + ", not a directory: remove it first");
    }
    if (now.exists()) {
      Map<String, HostFile> all = recurse ? host.tree(asked) : Map.of(real, now);
      for (Map.Entry<String, HostFile> each : all.entrySet()) {
        attributes(each.getKey(), each.getValue(), draft);
      }
      return;
    }
    List<String> missing = new ArrayList<>();
    for (String up = real; !host.behind(up).exists(); up = HostPath.parent(up)) {
      missing.add(0, up);
    }
    for (String each : missing) {
      draft.diffs.add(state(each, HostFile.ABSENT, "directory"));
      HostFile fresh = fresh(Kind.DIRECTORY, 0777, host);
      draft.becomes(
          each,
          attributes.applied(fresh.state()),
          "mkdir -- "
              + ShellQuote.quote(each)
              + "\n"
              + attributes.commands(each, attributes.diffs(each, host, fresh)));
    }
  }

  private void touch(String asked, Draft draft) {
    String real = draft.host.real(asked);
    HostFile now = draft.host.at(real);
    String quoted = ShellQuote.quote(real);
    if (now.exists()) {
      draft.diffs.add(FieldDiff.of(real, "mtime", now.times().modification(), "now"));
      draft.becomes(real, now.state(), "touch -c -- " + quoted);
      attributes(real, now, draft);
    } else {
      HostFile fresh = fresh(Kind.FILE, 0666, draft.host);
      draft.diffs.add(state(real, now, "file"));
      draft.becomes(
          real,
          attributes.applied(fresh.state()),
          "touch -- "
              + quoted
              + "\n"
              + attributes.commands(real, attributes.diffs(real, draft.host, fresh)));
    }
  }

  private void link(String asked, HostFile now, Draft draft, Target target) throws ModuleException {
    String to = src.orElseThrow();
    String leads = HostPath.through(target.foreseen(), source(asked), true);
    HostFile behind = draft.host.behind(leads);
    if (!behind.exists() && !force) {
      throw new ModuleException(
          "src " + to + " does not exist on the host; force: true makes the link all the same");
    }
    if (!now.isLink() || !now.state().link().equals(Optional.of(to))) {
      refuse(asked, now);
      draft.diffs.add(
          now.isLink()
              ? FieldDiff.of(asked, "src", now.state().link().orElse(""), to)
              : state(asked, now, "link to " + to));
      FileState fresh = fresh(Kind.LINK, 0777, draft.host).state();
      FileState made =
          new FileState(
              Kind.LINK,
              0777,
              fresh.owner(),
              fresh.group(),
              to.getBytes(java.nio.charset.StandardCharsets.UTF_8).length,
              Optional.empty(),
              Optional.of(to),
              Optional.empty());
      draft.becomes(asked, made, beside(asked, "ln -s -- " + ShellQuote.quote(to)));
    }
    if (follow && behind.exists()) {
      attributes(draft.host.real(leads), behind, draft);
    } else if (!follow && now.isLink()) {
      attributes(asked, now, draft);
    }
  }

  private void hard(String asked, HostFile now, Draft draft) throws ModuleException {
    String from = HostPath.of("src", src.orElseThrow());
    HostFile source = draft.host.behind(from);
    if (!source.isFile()) {
      throw new ModuleException("src " + from + " is no file on the host");
    }
    boolean same = now.exists() && now.inode() == source.inode() && now.device() == source.device();
    if (!same) {
      refuse(asked, now);
      draft.diffs.add(state(asked, now, "hard link to " + from));
      draft.becomes(asked, source.state(), beside(asked, "ln -L -- " + ShellQuote.quote(from)));
    }
    attributes(asked, source, draft);
  }

  private void refuse(String asked, HostFile now) throws ModuleException {
    if (now.isDirectory() || (now.exists() && !now.isLink() && !force)) {
      throw new ModuleException(
          asked
              + " is a "
              + Results.stateName(now.state())
              + (now.isDirectory()
                  ? ": remove it first"
                  : "; force: true puts a link in its place"));
    }
  }

  /** Made under another name and renamed, so that the path never is nothing. */
  private static String beside(String asked, String make) {
    return "t="
        + ShellQuote.quote(HostPath.join(HostPath.parent(asked), HostPath.temporaryName()))
        + "\nmkdir -m 700 -- \"$t\"\n"
        + make
        + " \"$t\"/x\nmv -fT -- \"$t\"/x "
        + ShellQuote.quote(asked)
        + "\nrmdir -- \"$t\"\nt=";
  }

  private void attributes(String at, HostFile now, Draft draft) {
    List<FieldDiff> diffs = attributes.diffs(at, draft.host, now);
    if (!diffs.isEmpty()) {
      draft.diffs.addAll(diffs);
      draft.becomes(at, attributes.applied(now.state()), attributes.commands(at, diffs));
    }
  }

  private static HostFile fresh(Kind kind, int mode, HostFiles host) {
    HostFiles.Self self = host.self();
    FileState state =
        new FileState(
            kind,
            mode & ~host.umask(),
            self.user(),
            self.group(),
            0,
            kind == Kind.FILE ? Optional.of(Digests.hex(Digests.sha256())) : Optional.empty(),
            Optional.empty(),
            kind == Kind.FILE ? Optional.of("") : Optional.empty());
    return HostFile.planned(state, HostFile.ABSENT);
  }

  private static FieldDiff state(String path, HostFile now, String after) {
    return FieldDiff.of(path, "state", Results.stateName(now.state()), after);
  }

  /** Makes the planned change and proves it. */
  public static Applied apply(Plan.Change change, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Step step = (Step) change.state();
    PathState wanted = step.wanted();
    HostFiles host =
        new HostChange(
                "change " + step.path(),
                step.commands(),
                Optional.empty(),
                HostPath.parent(step.path()))
            .make(step.query(), target);
    // Touching leaves nothing to compare: the next touch is a change again, as in Ansible.
    Plan after =
        wanted.state().equals(Optional.of(Wanted.TOUCH))
            ? Plan.unchanged()
            : wanted.decide(step.path(), step.query(), host, target);
    MapValue result = change.result();
    return Applied.verified(Results.describe(result, host.at(step.path())), after);
  }
}
