package dev.molt.runner.module.files;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a path be a directory, a link, nothing and so on.
 *
 * @param path as written
 * @param state empty for what it is already
 * @param src what a link leads to
 * @param recurse whether the attributes are those of everything in a directory
 * @param force whether links may dangle and take the place of files and empty directories
 * @param follow whether a link's attributes are those of what it leads to
 * @param modified the time of its last change; likewise of its last use
 */
public record PathState(
    String path,
    Optional<Wanted> state,
    Optional<String> src,
    Attributes attributes,
    boolean recurse,
    boolean force,
    boolean follow,
    PathTimes.Wanted modified,
    PathTimes.Wanted accessed) {

  /** How many names of a directory that goes away a result holds at most. */
  private static final int MAX_LISTED = 1000;

  /** What a path can be asked to be. */
  public enum Wanted {
    ABSENT,
    DIRECTORY,
    FILE,
    HARD,
    LINK,
    TOUCH
  }

  /**
   * What is asked of the host, and of which path.
   *
   * @param source what a link is to lead to, in full
   */
  record Question(String path, Optional<String> source, FileQuery query, PathTimes times) {}

  private record Step(PathState wanted, Question question, String commands, HostFiles before) {}

  /** Asks the host and compares. */
  public Plan plan(Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Question question = question(HostPath.on(target, "path", path), target);
    HostFiles host = question.query().ask(target);
    boolean inside = state.isPresent() && !is(Wanted.LINK) && !is(Wanted.ABSENT);
    if (inside && src.isPresent() && host.behind(question.path()).isDirectory()) {
      question = question(HostPath.join(question.path(), HostPath.name(src.get())), target);
      host = question.query().ask(target);
    }
    return decide(question, host, false);
  }

  boolean is(Wanted wanted) {
    return state.equals(Optional.of(wanted));
  }

  private Question question(String named, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String asked = HostPath.through(target.foreseen(), named, false);
    if (is(Wanted.ABSENT) && asked.equals("/")) {
      throw new ModuleException("path is /: refusing to remove everything");
    }
    FileQuery query = attributes.ask(new FileQuery().named(asked).self());
    query.names(attributes.owner(), attributes.group());
    if (recurse) {
      query.tree(asked);
      if (follow) {
        query.followedTree(asked);
      }
    } else {
      query.few(HostPath.upwards(asked));
    }
    if (is(Wanted.ABSENT) || is(Wanted.LINK)) {
      query.listing(asked, MAX_LISTED);
    }
    Optional<String> source = Optional.empty();
    if (src.isPresent()) {
      String full =
          is(Wanted.HARD)
              ? HostPath.on(target, "src", src.get())
              : HostPath.linkTarget(asked, src.get());
      source = Optional.of(HostPath.through(target.foreseen(), full, true));
      query.named(source.get());
    }
    PathTimes times =
        PathTimes.of(
            modified, accessed, is(Wanted.TOUCH) ? Optional.of(PathTimes.NOW) : Optional.empty());
    times.ask(query);
    return new Question(asked, source, query, times);
  }

  /**
   * Compares.
   *
   * @param made whether the change was made already
   */
  private Plan decide(Question question, HostFiles host, boolean made) throws ModuleException {
    String asked = question.path();
    HostFile now = host.at(asked);
    Wanted wanted = state.orElseGet(() -> asItIs(now));
    refuse(wanted, asked);
    PathDraft draft = new PathDraft(host);
    List<String> unknown = wanted == Wanted.ABSENT ? List.of() : unknown(host);
    try {
      PathActions actions = new PathActions(this, question, draft, made);
      switch (wanted) {
        case ABSENT -> absent(asked, now, draft);
        case DIRECTORY -> actions.directory();
        case FILE -> actions.file();
        case TOUCH -> actions.touch();
        case LINK -> new PathLinks(this, question, actions, draft).symbolic();
        case HARD -> new PathLinks(this, question, actions, draft).hard();
      }
    } catch (ModuleException e) {
      warned(e.result(), unknown);
      throw e;
    }
    MapValue result = MapValue.empty();
    if (wanted != Wanted.ABSENT) {
      result.put("dest", Value.of(asked));
      src.ifPresent(s -> result.put("src", Value.of(s)));
    }
    result.put("path", Value.of(asked));
    if (wanted != Wanted.ABSENT || now.exists()) {
      result.put("diff", draft.diff(asked));
    }
    if (draft.diffs.isEmpty()) {
      return Plan.unchanged(Results.describe(warned(result, draft.warnings), now));
    }
    FileState planned = draft.planned(asked).orElse(null);
    if (planned == null) {
      Results.describe(result, now);
    } else {
      Results.describe(result, planned);
    }
    draft.warnings.addAll(0, unknown);
    Step step = new Step(this, question, draft.commands(), host);
    return new Plan.Change(draft.diffs, step, warned(result, draft.warnings), draft.effects);
  }

  private static MapValue warned(MapValue result, List<String> warnings) {
    return warnings.isEmpty() ? result : result.put("warnings", ListValue.ofStrings(warnings));
  }

  private Wanted asItIs(HostFile now) {
    if (!now.exists()) {
      return recurse ? Wanted.DIRECTORY : Wanted.FILE;
    } else if (now.isLink()) {
      return Wanted.LINK;
    } else if (now.isDirectory()) {
      return Wanted.DIRECTORY;
    }
    return now.node().links() > 1 ? Wanted.HARD : Wanted.FILE;
  }

  private void refuse(Wanted wanted, String asked) throws ModuleException {
    MapValue result = MapValue.empty().put("path", Value.of(asked));
    if (recurse && wanted != Wanted.DIRECTORY) {
      throw new ModuleException("recurse option requires state to be 'directory'", result);
    }
    if (src.isPresent() && wanted != Wanted.LINK && wanted != Wanted.HARD) {
      throw new ModuleException("src option requires state to be 'link' or 'hard'", result);
    }
  }

  /** Warnings about whom the host does not know: in a check they may yet be made by then. */
  private List<String> unknown(HostFiles host) {
    List<String> warnings = new ArrayList<>();
    attributes
        .owner()
        .filter(o -> !host.isUser(o))
        .ifPresent(o -> warnings.add(unknown("user", o, FileQuery.numeric(o) ? "uid" : "")));
    attributes
        .group()
        .filter(g -> !host.isGroup(g))
        .ifPresent(g -> warnings.add(unknown("group", g, FileQuery.numeric(g) ? "gid" : "")));
    return warnings;
  }

  private static String unknown(String kind, String name, String number) {
    return "failed to look up "
        + kind
        + (number.isEmpty() ? " " : " with " + number + " ")
        + name
        + ". Create "
        + kind
        + " up to this point in real play";
  }

  private static void absent(String asked, HostFile now, PathDraft draft) {
    if (now.exists()) {
      draft.state(asked, now, "absent");
      if (now.isDirectory()) {
        draft.contents();
      }
      draft.becomes(asked, FileState.ABSENT, "rm -rf -- " + ShellQuote.quote(asked));
    }
  }

  /** Something new, before attributes are asked for. */
  static HostFile fresh(Kind kind, int mode, HostFiles host) {
    HostFiles.Self self = host.self();
    boolean file = kind == Kind.FILE;
    FileState state =
        new FileState(
            kind,
            mode & ~host.umask(),
            self.user(),
            self.group(),
            0,
            file ? Optional.of(Digests.hex(Digests.sha256())) : Optional.empty(),
            Optional.empty(),
            file ? Optional.of("") : Optional.empty(),
            file ? Optional.of("") : Optional.empty());
    return HostFile.planned(state, HostFile.ABSENT);
  }

  /** Makes the planned change and proves it. */
  public static Applied apply(Plan.Change change, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Step step = (Step) change.state();
    PathState wanted = step.wanted();
    String path = step.question().path();
    if (!wanted.is(Wanted.ABSENT)) {
      wanted.attributes.requireKnown(step.before());
    }
    HostFiles host =
        new HostChange("change " + path, step.commands(), Optional.empty(), HostPath.parent(path))
            .make(step.question().query(), target);
    Plan after = wanted.decide(step.question(), host, true);
    MapValue result = MapValue.empty();
    result.entries().putAll(change.result().entries());
    result.entries().remove(Value.of("warnings"));
    return Applied.verified(Results.describe(result, host.at(path)), after);
  }
}
