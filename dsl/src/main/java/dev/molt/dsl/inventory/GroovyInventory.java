package dev.molt.dsl.inventory;

import dev.molt.dsl.hook.InventoryFile;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.yaml.MappingNode;
import java.nio.file.Path;
import java.util.Optional;

/** Takes what an inventory in Groovy says. Its variables may hold templates, as in YAML. */
final class GroovyInventory {
  private final InventoryBuilder builder;

  GroovyInventory(InventoryBuilder builder) {
    this.builder = builder;
  }

  void read(Path file) {
    for (InventoryFile.Entry entry : InventoryFile.read(file)) {
      try {
        take(entry);
      } catch (DiagnosticException e) {
        builder.problems.addAll(e);
      }
    }
  }

  private void take(InventoryFile.Entry entry) {
    if (entry instanceof InventoryFile.Host host) {
      builder.host(host.name(), Optional.of(host.position()));
      for (MappingNode.Entry e : host.vars().entries()) {
        builder.defineForHost(host.name(), host.position().source(), e.key().text(), e.value());
      }
    } else if (entry instanceof InventoryFile.Group group) {
      builder.group(group.name(), Optional.of(group.position()));
    } else if (entry instanceof InventoryFile.Member member) {
      builder.addHost(member.group(), member.host());
    } else if (entry instanceof InventoryFile.Vars vars) {
      for (MappingNode.Entry e : vars.vars().entries()) {
        builder.defineForGroup(vars.group(), vars.position().source(), e.key().text(), e.value());
      }
    } else if (entry instanceof InventoryFile.Child child) {
      builder.group(child.child(), Optional.of(child.position()));
      builder.addChild(child.group(), child.child(), Optional.of(child.position()));
    }
  }
}
