package dev.molt.runner.module.builtin;

import dev.molt.runner.module.FileState;
import dev.molt.runner.module.Foreseen;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.UnreachableException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The {@code creates} and {@code removes} of a command: file patterns that say whether it still has
 * something to do. Both are looked up in one round trip.
 */
record Precondition(Optional<String> chdir, Optional<String> creates, Optional<String> removes) {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int NO_DIRECTORY = 90;

  boolean isEmpty() {
    return creates.isEmpty() && removes.isEmpty();
  }

  /**
   * Why a command need not run.
   *
   * @param path the option's value
   * @param exists whether it exists, and so is created already
   */
  record Met(String path, boolean exists) {
    /** Such as {@code '/x' exists}. */
    String text() {
      return "'" + path + "' " + words();
    }

    String words() {
      return exists ? "exists" : "does not exist";
    }
  }

  /** Why the command need not run; empty if it is to run. */
  Optional<Met> satisfied(Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    if (isEmpty()) {
      return Optional.empty();
    }
    Set<String> found = found(target);
    if (creates.isPresent() && present('c', creates.get(), found, target.foreseen())) {
      return Optional.of(new Met(creates.get(), true));
    }
    if (removes.isPresent() && !present('r', removes.get(), found, target.foreseen())) {
      return Optional.of(new Met(removes.get(), false));
    }
    return Optional.empty();
  }

  /** Every path on the host that matches, after the letter of the option that it matches. */
  private Set<String> found(Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    StringBuilder script = new StringBuilder();
    chdir.ifPresent(
        dir ->
            script
                .append("CDPATH= cd -P -- ")
                .append(Words.expanding(dir))
                .append(" || exit " + NO_DIRECTORY + "\n"));
    creates.ifPresent(pattern -> probe(script, 'c', pattern));
    removes.ifPresent(pattern -> probe(script, 'r', pattern));
    ScriptResult result = target.read(Script.of(script + "exit 0\n").withDeadline(DEADLINE));
    if (result.exitStatus() == NO_DIRECTORY) {
      if (chdir.flatMap(target.foreseen()::file).filter(FileState::exists).isPresent()) {
        return Set.of();
      }
      throw new ModuleException(
          "Unable to change directory before execution: " + result.err().strip());
    }
    if (!result.ok()) {
      throw new ModuleException(
          "could not look up creates and removes: "
              + (result.timedOut() ? "no answer in 60 s" : result.err().strip()));
    }
    return result.out().lines().collect(Collectors.toSet());
  }

  private static void probe(StringBuilder script, char letter, String pattern) {
    script
        .append("for f in ")
        .append(new Glob(pattern).shell())
        .append("; do\n  if [ -e \"$f\" ] || [ -L \"$f\" ]; then\n")
        .append("    case $f in /*) ;; *) f=${PWD%/}/$f ;; esac\n")
        .append("    printf '" + letter + "%s\\n' \"$f\"\n  fi\ndone\n");
  }

  /** Whether anything matches, once what a check foresees is laid over what the host has. */
  private boolean present(char letter, String pattern, Set<String> found, Foreseen foreseen) {
    boolean onHost =
        found.stream()
            .filter(line -> line.charAt(0) == letter)
            .map(line -> line.substring(1))
            .anyMatch(path -> foreseen.file(path).map(FileState::exists).orElse(true));
    if (onHost || foreseen.isEmpty()) {
      return onHost;
    }
    Glob absolute =
        new Glob(
            pattern.startsWith("/") ? pattern : chdir.map(dir -> dir + "/").orElse("/") + pattern);
    return foreseen.below("").entrySet().stream()
        .anyMatch(entry -> entry.getValue().exists() && absolute.matches(entry.getKey()));
  }
}
