package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.yaml.MappingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds out what a task does, among the keys that are no keywords.
 *
 * @param conditional whether the task may never run: then a module that only Ansible has, or a
 *     collection, is no mistake until it does
 */
record ActionChoice(PlaybookLoader loader, Diagnostics problems, boolean conditional) {
  /** Modules of ansible-core that Molt may not have. */
  private static final Set<String> OF_ANSIBLE =
      Set.of(
          "apt",
          "apt_key",
          "apt_repository",
          "async_status",
          "async_wrapper",
          "cron",
          "deb822_repository",
          "debconf",
          "dnf",
          "dnf5",
          "dpkg_selections",
          "expect",
          "fetch",
          "find",
          "gather_facts",
          "get_url",
          "getent",
          "git",
          "group",
          "hostname",
          "iptables",
          "known_hosts",
          "lineinfile",
          "mount_facts",
          "package",
          "package_facts",
          "pip",
          "raw",
          "reboot",
          "replace",
          "rpm_key",
          "script",
          "service_facts",
          "setup",
          "slurp",
          "subversion",
          "systemd",
          "systemd_service",
          "sysvinit",
          "tempfile",
          "template",
          "uri",
          "user",
          "wait_for_connection",
          "yum",
          "yum_repository");

  Optional<TaskAction> choose(
      MappingNode node,
      List<MappingNode.Entry> candidates,
      List<MappingNode.Entry> actionKeywords) {
    List<MappingNode.Entry> found = new ArrayList<>();
    candidates.stream().filter(this::isAction).forEach(found::add);
    for (MappingNode.Entry entry : candidates) {
      if (!isAction(entry)) {
        problems.add(unknown(entry, found.isEmpty() && actionKeywords.isEmpty()));
      }
    }
    found.addAll(actionKeywords);
    if (found.size() > 1) {
      problems.add(
          Diagnostic.error(
                  found.get(1).key().position(),
                  "a task has one module, this one has '%s' and '%s'"
                      .formatted(found.get(0).key().text(), found.get(1).key().text()))
              .withHint("make two tasks of it"));
    } else if (found.isEmpty() && candidates.isEmpty()) {
      problems.add(
          Diagnostic.error(node.position(), "this task names no module")
              .withHint("add what it is to do, such as 'command: ...' or 'copy:'"));
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    MappingNode.Entry entry = found.get(0);
    if (!actionKeywords.contains(entry)) {
      return Optional.of(new TaskAction(entry.key(), entry.value(), false));
    }
    Optional<TaskAction> action = TaskAction.of(entry, problems);
    String name = action.map(a -> a.name().text()).orElse("");
    if (action.isPresent() && !name.contains("{{") && !loader.isAction(name) && !elsewhere(name)) {
      problems.add(unknown(action.get().name().position(), name, "module"));
      return Optional.empty();
    }
    return action;
  }

  private boolean isAction(MappingNode.Entry entry) {
    return loader.isAction(entry.key().text()) || elsewhere(entry.key().text());
  }

  private boolean elsewhere(String name) {
    return conditional
        && (OF_ANSIBLE.contains(loader.plainName(name)) || name.split("\\.", -1).length > 2);
  }

  private Diagnostic unknown(MappingNode.Entry entry, boolean mayBeAction) {
    String key = entry.key().text();
    return unknown(
        entry.key().position().withLength(key.length()),
        key,
        mayBeAction ? "module or keyword" : "keyword of a task");
  }

  private Diagnostic unknown(Position at, String key, String what) {
    Set<String> valid = new TreeSet<>(KeywordSet.Place.TASK.known());
    valid.addAll(loader.actions());
    Optional<String> hint =
        OF_ANSIBLE.contains(loader.plainName(key))
            ? Optional.of("Ansible has a module of this name, Molt does not")
            : KeywordSet.belongs(key).or(() -> Suggestions.hint(loader.plainName(key), valid));
    return Diagnostic.error(at, "'" + key + "' is not a " + what + " that Molt knows")
        .withHint(hint);
  }
}
