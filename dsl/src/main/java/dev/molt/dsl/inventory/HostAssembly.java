package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostics;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes hosts of what was gathered: which groups they are in, and whose variables win. */
final class HostAssembly {
  private static final List<String> ALL_ONLY = List.of(InventoryBuilder.ALL);

  private final GroupTree tree;
  private final HostVars vars;

  HostAssembly(InventoryBuilder draft) {
    this.tree = GroupTree.complete(draft.groups);
    this.vars = new HostVars(draft.groups, draft.varsDirectories);
  }

  GroupTree tree() {
    return tree;
  }

  HostVars vars() {
    return vars;
  }

  /** A host as it is in the end; what is wrong in files of variables goes to {@code problems}. */
  Host host(HostDraft draft, Diagnostics problems) {
    List<String> around = around(draft);
    // An implicit host is in no group, but sees what all hosts do.
    List<String> sees = around.isEmpty() ? ALL_ONLY : around;
    return new Host(
        draft.name, draft.position, draft.file, around, vars.ofHost(draft, sees, problems));
  }

  private List<String> around(HostDraft draft) {
    if (draft.grouped()) {
      List<String> around = tree.around(draft.memberOf);
      if (draft.memberOf.contains(InventoryBuilder.UNGROUPED)) {
        around.remove(InventoryBuilder.UNGROUPED);
      }
      return around;
    }
    return draft.implicit ? List.of() : tree.around(Set.of(InventoryBuilder.UNGROUPED));
  }

  /** This machine, which nobody listed. */
  Host implicitLocal(String name) {
    Diagnostics problems = new Diagnostics();
    Host host = host(new HostDraft(name, Optional.empty(), true, Optional.empty()), problems);
    problems.throwIfErrors();
    return host;
  }
}
