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
  private final Diagnostics problems;

  PatternMatcher(Inventory inventory, Diagnostics problems) {
    this.inventory = inventory;
    this.problems = problems;
  }

  Map<String, Host> match(PatternPart part) {
    Map<String, Host> matched = new LinkedHashMap<>();
    boolean found = false;
    for (Group group : inventory.groups().values()) {
      if (part.matches(group.name())) {
        found = true;
        inventory.hostsOf(group.name()).forEach(h -> matched.putIfAbsent(h.name(), h));
      }
    }
    if (!found || part.alsoHosts()) {
      for (Host host : inventory.hosts()) {
        if (part.matches(host.name())) {
          found = true;
          matched.putIfAbsent(host.name(), host);
        }
      }
    }
    if (!found && part.regex().isEmpty()) {
      Optional<Host> local = inventory.hostOrLocal(part.text());
      local.ifPresent(h -> matched.put(h.name(), h));
      found = local.isPresent();
    }
    boolean empty = part.regex().isPresent() ? matched.isEmpty() : !found;
    // That a glob takes nothing out is as good as it gets; a name that is not there is a mistake.
    if (empty && (part.regex().isEmpty() || part.kind() == Kind.ADD)) {
      problems.add(nothing(part));
    }
    Map<String, Host> left = new LinkedHashMap<>();
    part.subscripted(List.copyOf(matched.values()), problems).forEach(h -> left.put(h.name(), h));
    return left;
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
