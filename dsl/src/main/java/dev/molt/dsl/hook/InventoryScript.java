package dev.molt.dsl.hook;

import dev.molt.dsl.source.Position;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What an inventory in Groovy extends. */
public abstract class InventoryScript extends Script {
  private final List<InventoryFile.Entry> entries = new ArrayList<>();
  private ScriptLine lines;

  List<InventoryFile.Entry> entries(ScriptSource source) {
    lines = new ScriptLine(source);
    run();
    return entries;
  }

  /** A host with variables. */
  public void host(Map<String, Object> vars, String name) {
    Position at = lines.now();
    entries.add(new InventoryFile.Host(at, name, (MappingNode) PlainNodes.of(vars, at)));
  }

  /** A host. */
  public void host(String name) {
    host(Map.of(), name);
  }

  /** A group, and what is in it. */
  public void group(
      String name,
      @DelegatesTo(value = Group.class, strategy = Closure.DELEGATE_FIRST) Closure<?> content) {
    entries.add(new InventoryFile.Group(lines.now(), name));
    GuardedBinding.of(this).fill(new Group(name), content);
  }

  /** A group without anything in it yet. */
  public void group(String name) {
    entries.add(new InventoryFile.Group(lines.now(), name));
  }

  /** What can be said in a group. */
  public final class Group {
    private final String name;

    private Group(String name) {
      this.name = name;
    }

    /** A host of it, with variables. */
    public void host(Map<String, Object> vars, String host) {
      InventoryScript.this.host(vars, host);
      entries.add(new InventoryFile.Member(lines.now(), name, host));
    }

    /** A host of it. */
    public void host(String host) {
      host(Map.of(), host);
    }

    /** Hosts of it. */
    public void hosts(Object... names) {
      for (Object host : names) {
        if (host instanceof Collection<?> many) {
          many.forEach(one -> host(one.toString()));
        } else {
          host(host.toString());
        }
      }
    }

    /** Variables of all its hosts. */
    public void vars(Map<String, Object> vars) {
      Position at = lines.now();
      Node made = PlainNodes.of(vars, at);
      entries.add(new InventoryFile.Vars(at, name, (MappingNode) made));
    }

    /** Groups whose hosts are hosts of this one. */
    public void children(String... groups) {
      for (String child : groups) {
        entries.add(new InventoryFile.Child(lines.now(), name, child));
      }
    }

    /** A group in it. */
    public void group(
        String child,
        @DelegatesTo(value = Group.class, strategy = Closure.DELEGATE_FIRST) Closure<?> content) {
      children(child);
      InventoryScript.this.group(child, content);
    }
  }
}
