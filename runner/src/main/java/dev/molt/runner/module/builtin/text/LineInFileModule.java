package dev.molt.runner.module.builtin.text;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.FileCommon;
import dev.molt.runner.module.files.TextEdit;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sees to it that a line is in a file, or is not. */
public final class LineInFileModule implements Module<LineInFileModule.Options> {
  /** Whether something is to be there. */
  public enum State {
    PRESENT,
    ABSENT
  }

  /** The options; Ansible's names and meanings. */
  public record Options(
      @Option(
              value = "The file, of at most 8 MiB.",
              required = true,
              aliases = {"dest", "destfile", "name"})
          String path,
      @Option(value = "Whether the line is to be there.", defaultValue = "present") State state,
      @Option(
              value = "The last line in which this regular expression is found is replaced.",
              aliases = {"regex"})
          Optional<String> regexp,
      @Option("The last line that holds this text is replaced.") Optional<String> searchString,
      @Option(
              value = "The line; with backrefs, \\1 and \\g<name> stand for groups of regexp.",
              aliases = {"value"})
          Optional<String> line,
      @Option(
              value = "Replace only where regexp is found, and fill in its groups.",
              defaultValue = "false")
          boolean backrefs,
      @Option(
              "Where no line is found to replace: after the last line in which this regular"
                  + " expression is found, or EOF.")
          Optional<String> insertafter,
      @Option(
              "Where no line is found to replace: before the last line in which this regular"
                  + " expression is found, or BOF.")
          Optional<String> insertbefore,
      @Option(value = "Take the first line found, not the last.", defaultValue = "false")
          boolean firstmatch,
      @Option(value = "Make a file that does not exist.", defaultValue = "false") boolean create,
      @Option(value = "Keep the old file under a name with the time.", defaultValue = "false")
          boolean backup,
      @Option("Command that must accept the new file, %s, before it is put in place.")
          Optional<String> validate,
      FileCommon common) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of("lineinfile", "Sees to a line of a text file", Options.class);
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    check(options);
    LineSearch.Wanted wanted = wanted(options);
    TextEdit edit =
        TextEdit.of(
            options.path(),
            options.common(),
            options.backup(),
            options.create(),
            options.validate(),
            target);
    if (edit.isUnknown()) {
      return edit.unknown();
    }
    Plan plan =
        options.state() == State.ABSENT ? absent(wanted, edit) : present(options, wanted, edit);
    warnings(options)
        .ifPresent(w -> plan.result().put("warnings", ListValue.ofStrings(List.of(w))));
    return plan;
  }

  private static void check(Options options) throws ModuleException {
    exclusive(
        "insertbefore",
        options.insertbefore().isPresent(),
        "insertafter",
        options.insertafter().isPresent());
    exclusive(
        "regexp",
        options.regexp().isPresent(),
        "search_string",
        options.searchString().isPresent());
    exclusive("backrefs", options.backrefs(), "search_string", options.searchString().isPresent());
    if (options.state() == State.PRESENT) {
      if (options.backrefs() && options.regexp().isEmpty()) {
        throw new ModuleException("regexp is required with backrefs=true");
      }
      if (options.line().isEmpty()) {
        throw new ModuleException("line is required with state=present");
      }
    } else if (options.regexp().isEmpty()
        && options.searchString().isEmpty()
        && options.line().isEmpty()) {
      throw new ModuleException(
          "one of line, search_string, or regexp is required with state=absent");
    }
  }

  private static void exclusive(String a, boolean first, String b, boolean second)
      throws ModuleException {
    if (first && second) {
      throw new ModuleException("parameters are mutually exclusive: " + a + "|" + b);
    }
  }

  private static Optional<String> warnings(Options options) {
    String common =
        " is an empty string, which will match every line in the file. This may have unintended"
            + " consequences, such as replacing the last line in the file rather than appending.";
    if (options.regexp().equals(Optional.of(""))) {
      return Optional.of(
          "The regular expression"
              + common
              + " If this is desired, use '^' to match every line in the file and avoid this"
              + " warning.");
    }
    return options.searchString().equals(Optional.of(""))
        ? Optional.of("The search string" + common)
        : Optional.empty();
  }

  private static LineSearch.Wanted wanted(Options options) throws ModuleException {
    Optional<String> after = options.insertafter().filter(p -> !isEdge(p));
    Optional<String> before = options.insertbefore().filter(p -> !p.equals("BOF"));
    return new LineSearch.Wanted(
        Regexes.bytes("regexp", options.regexp()),
        options.searchString().map(TextEdit::utf8),
        after.isPresent()
            ? Regexes.bytes("insertafter", after)
            : Regexes.bytes("insertbefore", before),
        options.insertafter().isPresent(),
        options.firstmatch(),
        TextEdit.utf8(options.line().orElse("")));
  }

  private static boolean isEdge(String place) {
    return place.equals("BOF") || place.equals("EOF");
  }

  private static Plan absent(LineSearch.Wanted wanted, TextEdit edit) throws ModuleException {
    if (!edit.exists()) {
      return Plan.unchanged(MapValue.empty().put("msg", Value.of("file not present")));
    }
    StringBuilder kept = new StringBuilder();
    int removed = 0;
    for (String line : Regexes.lines(edit.bytes())) {
      boolean hit =
          wanted.regexp().isPresent()
              ? wanted.regexp().get().matcher(line).find()
              : wanted.literal().isPresent()
                  ? line.contains(wanted.literal().get())
                  : Regexes.bare(line).equals(wanted.line());
      removed += hit ? 1 : 0;
      kept.append(hit ? "" : line);
    }
    Plan plan = edit.plan(kept.toString(), removed + " line(s) removed");
    plan.result().put("found", Value.of(removed)).put("backup", Value.of(""));
    return plan;
  }

  private static Plan present(Options options, LineSearch.Wanted wanted, TextEdit edit)
      throws ModuleException {
    if (!edit.exists() && !options.create()) {
      throw new ModuleException(
          "Destination " + options.path() + " does not exist !",
          MapValue.empty().put("rc", Value.of(257)));
    }
    List<String> lines = new ArrayList<>(Regexes.lines(edit.bytes()));
    String message;
    try {
      message = new LinePlacing(options, wanted, lines).place();
    } catch (ValueException e) {
      throw new ModuleException("line: " + e.getMessage());
    }
    Plan plan = edit.plan(String.join("", lines), message);
    plan.result().put("backup", Value.of(""));
    return plan;
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return TextEdit.apply(plan, target, "backup");
  }
}
