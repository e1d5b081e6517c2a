package dev.molt.dsl.inventory;

import dev.molt.dsl.inventory.PatternPart.Kind;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the hosts that one part of a pattern means, and reports a part that means none. */
final class PatternMatcher {
  private final Inventory inventory;
  private final Mismatch mismatch;
  private final Diagnostics problems;

  /**
   * @param problems where errors go, and the warnings of {@link Mismatch#WARNING}
   */
  PatternMatcher(Inventory inventory, Mismatch mismatch, Diagnostics problems) {
    this.inventory = inventory;
    this.mismatch = mismatch;
    this.problems = problems;
  }

  Map<String, Host> match(PatternPart part) {
    if (part.kind() == PatternPart.Kind.ADD && part.subscript().isEmpty()) {
      // Even where there is a group of that name, which only ! and & and subscripts mean.
      Optional<Host> host = inventory.host(part.text());
      if (host.isPresent()) {
        return Map.of(host.get().name(), host.get());
      }
    }
    // A subscript counts a host as often as it is matched, as in Ansible.
    List<Host> matched = new ArrayList<>();
    boolean found = matchGroups(part, matched);
    if (!found || part.alsoHosts()) {
      found |= matchHosts(part, matched);
    }
    if (!found && part.regex().isEmpty()) {
      Optional<Host> local = inventory.hostOrLocal(part.text());
      local.ifPresent(matched::add);
      found = local.isPresent();
    }
    // That a glob takes nothing out is as good as it gets; a name that is not there is a mistake.
    if (!found && (part.regex().isEmpty() || part.kind() == Kind.ADD)) {
      report(nothing(part), "Could not match supplied host pattern, ignoring: " + part.text());
    }
    Map<String, Host> left = new LinkedHashMap<>();
    part.subscripted(
            matched,
            error -> report(error, "No hosts matched the subscripted pattern: " + part.text()))
        .forEach(h -> left.put(h.name(), h));
    return left;
  }

  /** The words of a warning are those that tools know from Ansible. */
  private void report(Diagnostic error, String warning) {
    switch (mismatch) {
      case ERROR -> problems.add(error);
      case WARNING -> problems.add(Diagnostic.warning(error.position().orElseThrow(), warning));
      case IGNORE -> {
        // Nobody wants to know.
      }
    }
  }

  private boolean matchGroups(PatternPart part, List<Host> matched) {
    boolean found = false;
    if (part.regex().isEmpty()) {
      found = inventory.group(part.text()).isPresent();
      matched.addAll(inventory.hostsOf(part.text()));
      return found;
    }
    for (Group group : inventory.groups().values()) {
      if (part.matches(group.name())) {
        found = true;
        matched.addAll(inventory.hostsOf(group.name()));
      }
    }
    return found;
  }

  private boolean matchHosts(PatternPart part, List<Host> matched) {
    if (part.regex().isEmpty()) {
      Optional<Host> host = inventory.host(part.text());
      host.ifPresent(matched::add);
      return host.isPresent();
    }
    boolean found = false;
    for (Host host : inventory.hosts()) {
      if (part.matches(host.name())) {
        found = true;
        matched.add(host);
      }
    }
    return found;
  }

  Diagnostic nothing(PatternPart part) {
    if (inventory.hosts().isEmpty()) {
      String looked =
          inventory.sources().isEmpty()
              ? "no inventory was given"
              : "the inventory has no hosts (" + String.join(", ", inventory.sources()) + ")";
      return Diagnostic.error(part.position(), "no host or group '" + part.text() + "': " + looked)
          .withHint("name an inventory with -i");
    }
    String message =
        part.regex().isPresent()
            ? "no host or group matches '" + part.text() + "'"
            : "no host or group '" + part.text() + "' in the inventory";
    List<String> names = new ArrayList<>(inventory.groups().keySet());
    inventory.hosts().forEach(h -> names.add(h.name()));
    Diagnostic error = Diagnostic.error(part.position(), message);
    if (part.subscript().isPresent()) {
      return error.withHint(
          "brackets in a host pattern choose among the hosts of a group, or of a glob such as %s*[0]"
              .formatted(part.text()));
    }
    return part.regex().isPresent()
        ? error
        : error.withHint(Suggestions.hint(part.text(), names).orElseGet(this::known));
  }

  private String known() {
    List<String> groups = inventory.groups().keySet().stream().limit(12).toList();
    String more = inventory.groups().size() > groups.size() ? ", ..." : "";
    return "groups are " + String.join(", ", groups) + more;
  }
}
