package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Content;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.UnreachableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One program with its arguments, as command and shell run it.
 *
 * @param cmd what the result shows as {@code cmd}
 * @param shown what messages show
 * @param words the program and its arguments
 * @param expand whether the host expands {@code ~} and variables in them
 * @param options where it runs, and on which condition
 * @param warning what the result warns of, if anything
 */
record CommandRun(
    Value cmd,
    String shown,
    List<String> words,
    boolean expand,
    ProgramOptions options,
    Optional<String> warning) {
  private static final Pattern NOT_STARTED =
      Pattern.compile("molt-[0-9a-f]+ (cd|denied|missing) (.*)\\n", Pattern.DOTALL);

  Plan plan(Target target) throws ModuleException, UnreachableException, InterruptedException {
    Precondition precondition = options.precondition();
    Optional<Precondition.Met> met = precondition.satisfied(target);
    if (met.isPresent()) {
      return Plan.unchanged(warned(CommandResult.skipped(cmd, met.get())));
    }
    MapValue result = MapValue.empty().put("cmd", cmd);
    if (!precondition.isEmpty()) {
      // With a condition that says so, a check takes it that there is something to do.
      result.put("changed", BoolValue.TRUE);
    }
    return new Plan.Unknown("Command would have run if not in check mode: " + shown, result);
  }

  private MapValue warned(MapValue result) {
    warning.ifPresent(w -> result.put("warnings", ListValue.of(new StrValue(w))));
    return result;
  }

  Applied apply(Target target) throws ModuleException, UnreachableException, InterruptedException {
    // Only a shell can tell a program that is missing from one that ends with 127 itself, and its
    // words for it have to be told from the program's own: hence a mark that nothing else prints.
    String mark = "molt-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + " ";
    Script script =
        Script.of(text(mark))
            .withDeadline(target.deadline())
            .withLineListener(
                (stderr, line) -> {
                  if (!line.startsWith(mark)) {
                    target.progress(line);
                  }
                });
    if (options.input().isPresent()) {
      script = script.withStdin(Content.of(options.input().get()));
    }
    Instant start = Instant.now();
    ScriptResult result = target.write(script);
    Optional<String> why =
        result.err().startsWith(mark) ? notStarted(result.err()) : Optional.empty();
    if (why.isPresent()) {
      int rc = result.exitStatus();
      throw new ModuleException(why.get(), CommandResult.notStarted(cmd, rc, why.get()));
    }
    MapValue keys =
        warned(
            CommandResult.ran(
                cmd,
                result.exitStatus(),
                output(result.out()),
                output(result.err()),
                start,
                result.duration()));
    if (result.truncated()) {
      CommandResult.cutOff(keys);
    }
    if (result.timedOut() || !result.ok()) {
      keys.put("changed", BoolValue.TRUE);
    }
    if (result.timedOut()) {
      throw new ModuleException(
          "killed after "
              + target.deadline().toSeconds()
              + " s, which is all it was given: "
              + shown
              + " (set timeout on the task to give it more)",
          keys);
    }
    if (!result.ok()) {
      throw new ModuleException(
          "non-zero return code " + result.exitStatus() + " from: " + shown, keys);
    }
    return Applied.of(keys);
  }

  private String text(String mark) {
    StringBuilder script = new StringBuilder();
    options
        .chdir()
        .ifPresent(
            dir ->
                script
                    .append("CDPATH= cd -P -- " + Words.expanding(dir) + " >/dev/null 2>&1 || {\n")
                    .append("  printf '%s%s\\n' '" + mark + "cd ' " + Words.expanding(dir))
                    .append(" >&2\n  exit 2\n}\n"));
    String list =
        expand
            ? words.stream().map(Words::expanding).collect(Collectors.joining(" "))
            : Words.quoted(words);
    // exec, since sh would take a word such as "eval" for its own.
    return script
        .append("set -- " + list + "\n")
        .append("molt_found() {\n")
        .append("  case $1 in */*) [ -e \"$1\" ] || return 2; [ -f \"$1\" ] && [ -x \"$1\" ]\n")
        .append("    return ;; esac\n")
        .append("  molt_ifs=$IFS; IFS=:; set -f; molt_rc=2\n")
        .append("  for molt_d in $PATH; do\n")
        .append("    [ -f \"${molt_d:-.}/$1\" ] || continue\n")
        .append("    molt_rc=1; [ -x \"${molt_d:-.}/$1\" ] && { molt_rc=0; break; }\n")
        .append("  done\n  IFS=$molt_ifs; set +f; return $molt_rc\n}\n")
        .append("molt_found \"$1\" || case $? in\n")
        .append("  1) printf '%s%s\\n' '" + mark + "denied ' \"$1\" >&2; exit 13 ;;\n")
        .append("  *) printf '%s%s\\n' '" + mark + "missing ' \"$1\" >&2; exit 2 ;;\nesac\n")
        .append("exec \"$@\"\n")
        .toString();
  }

  /**
   * Why a program did not start.
   *
   * @param stderr what the script said; empty if that was the program
   */
  static Optional<String> notStarted(String stderr) {
    Matcher matcher = NOT_STARTED.matcher(stderr);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String name = matcher.group(2);
    return Optional.of(
        switch (matcher.group(1)) {
          case "cd" -> "Unable to change directory before execution: '" + name + "'";
          case "denied" -> "[Errno 13] Permission denied: '" + name + "'";
          default ->
              "[Errno 2] No such file or directory: '"
                  + name
                  + (name.contains("/") ? "'" : "' (no program of that name in PATH)");
        });
  }

  private String output(String text) {
    return options.stripEmptyEnds() ? stripped(text) : text;
  }

  /** Without line breaks at the end. */
  static String stripped(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(0, end);
  }
}
