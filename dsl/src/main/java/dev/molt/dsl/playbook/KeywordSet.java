package dev.molt.dsl.playbook;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of keywords, and where they may stand (Ansible's reference page "Playbook Keywords").
 */
final class KeywordSet {
  private static final List<String> EVERYWHERE =
      List.of(
          "name",
          "vars",
          "become",
          "become_user",
          "become_method",
          "environment",
          "ignore_errors",
          "any_errors_fatal",
          "check_mode",
          "diff",
          "no_log",
          "run_once",
          "tags",
          "connection",
          "remote_user",
          "port",
          "ignore_unreachable",
          "throttle",
          "timeout");

  private static final List<String> EVERYWHERE_LATER =
      List.of("become_exe", "become_flags", "module_defaults", "debugger", "collections");

  /**
   * A place where keywords may stand.
   *
   * @param what its name in messages
   * @param known what may stand there
   * @param later what Ansible knows there and Molt does not
   */
  record Place(String what, Set<String> known, Set<String> later) {
    static final Place PLAY =
        of(
            "play",
            List.of(
                "hosts",
                "gather_facts",
                "vars_files",
                "serial",
                "max_fail_percentage",
                "force_handlers",
                "order",
                "tasks",
                "pre_tasks",
                "post_tasks",
                "handlers"),
            List.of(
                "roles",
                "strategy",
                "vars_prompt",
                "gather_subset",
                "gather_timeout",
                "fact_path",
                "validate_argspec",
                "user"));
    static final Place BLOCK =
        of(
            "block",
            List.of("block", "rescue", "always", "when", "delegate_to", "notify"),
            List.of("delegate_facts"));
    static final Place TASK =
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
                "args"),
            List.of("delegate_facts", "async", "poll", "action", "local_action"));

    private static Place of(String what, List<String> own, List<String> ownLater) {
      Set<String> known = new TreeSet<>(EVERYWHERE);
      known.addAll(own);
      Set<String> later = new TreeSet<>(EVERYWHERE_LATER);
      later.addAll(ownLater);
      return new Place(what, Set.copyOf(known), Set.copyOf(later));
    }
  }

  private KeywordSet() {}
}
