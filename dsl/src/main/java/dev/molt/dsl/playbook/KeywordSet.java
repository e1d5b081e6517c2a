package dev.molt.dsl.playbook;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The names of keywords, and where they may stand (Ansible's reference page "Playbook Keywords").
 */
public final class KeywordSet {
  private static final List<String> EVERYWHERE =
      List.of(
          "name",
          "vars",
          "become",
          "become_user",
          "become_method",
          "become_exe",
          "become_flags",
          "environment",
          "ignore_errors",
          "any_errors_fatal",
          "check_mode",
          "collections",
          "debugger",
          "diff",
          "no_log",
          "run_once",
          "tags",
          "connection",
          "remote_user",
          "port",
          "ignore_unreachable",
          "throttle",
          "timeout",
          "module_defaults",
          "hooks");

  /** What may stand beside a dynamic include: what does not hold for the tasks it brings in. */
  private static final Set<String> BESIDE_INCLUDE =
      Set.of(
          "action",
          "args",
          "collections",
          "debugger",
          "ignore_errors",
          "loop",
          "loop_control",
          "name",
          "no_log",
          "register",
          "run_once",
          "tags",
          "timeout",
          "vars",
          "when",
          "listen");

  /**
   * A place where keywords may stand.
   *
   * @param what its name in messages
   * @param known what may stand there
   */
  public record Place(String what, Set<String> known) {
    /** A play. */
    public static final Place PLAY =
        of(
            "play",
            List.of(
                "hosts",
                "gather_facts",
                "gather_subset",
                "gather_timeout",
                "fact_path",
                "vars_files",
                "vars_prompt",
                "serial",
                "strategy",
                "max_fail_percentage",
                "force_handlers",
                "order",
                "user",
                "validate_argspec",
                "roles",
                "tasks",
                "pre_tasks",
                "post_tasks",
                "handlers"));

    /** A block. */
    public static final Place BLOCK =
        of(
            "block",
            List.of(
                "block", "rescue", "always", "when", "delegate_to", "delegate_facts", "notify"));

    /** A task or handler. */
    public static final Place TASK =
        of(
            "task",
            List.of(
                "when",
                "register",
                "loop",
                "loop_control",
                "until",
                "retries",
                "delay",
                "changed_when",
                "failed_when",
                "notify",
                "listen",
                "delegate_to",
                "delegate_facts",
                "async",
                "poll",
                "action",
                "local_action",
                "args",
                "point_of_no_return"));

    /** An entry of {@code roles}; whatever else stands there is a parameter of the role. */
    public static final Place ROLE =
        of("role", List.of("role", "when", "delegate_to", "delegate_facts"));

    private static Place of(String what, List<String> own) {
      Set<String> known = new TreeSet<>(EVERYWHERE);
      known.addAll(own);
      return new Place(what, Set.copyOf(known));
    }
  }

  private KeywordSet() {}

  /**
   * What else has a keyword that is none here: it was likelier put in the wrong place than
   * misspelt.
   */
  static Optional<String> belongs(String keyword) {
    List<String> places =
        Stream.of(Place.PLAY, Place.BLOCK, Place.TASK)
            .filter(place -> place.known().contains(keyword))
            .map(place -> "a " + place.what())
            .toList();
    return places.isEmpty()
        ? Optional.empty()
        : Optional.of("it is a keyword of " + String.join(", and of ", places));
  }

  static boolean mayStandBesideInclude(String keyword) {
    return BESIDE_INCLUDE.contains(keyword) || keyword.startsWith("with_");
  }
}
