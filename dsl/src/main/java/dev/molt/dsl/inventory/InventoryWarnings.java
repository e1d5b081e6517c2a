package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import java.util.List;

/** Finds what looks wrong in an inventory that was just loaded. */
final class InventoryWarnings {
  private InventoryWarnings() {}

  static List<Diagnostic> of(InventoryBuilder draft) {
    Diagnostics warnings = new Diagnostics();
    draft.warnings.forEach(warnings::add);
    draft.names.warning().ifPresent(warnings::add);
    for (GroupDraft group : draft.groups.values()) {
      if (draft.hosts.containsKey(group.name) && group.position.isPresent()) {
        warnings.add(
            Diagnostic.warning(
                    group.position.get(),
                    "'" + group.name + "' is the name of a group and of a host")
                .withHint("in a host pattern the name means the host, with ! or & the group"));
      }
    }
    for (VarsDirectory directory : draft.varsDirectories) {
      directory.strangers(draft.hosts.keySet(), draft.groups.keySet()).forEach(warnings::add);
    }
    return warnings.all();
  }
}
