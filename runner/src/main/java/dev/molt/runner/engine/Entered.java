package dev.molt.runner.engine;

import dev.molt.dsl.yaml.Node;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The hooks whose part before something ended well, from the outside in: theirs is the part after
 * it, whatever became of it. One that failed or skipped before has no part after it, nor have those
 * that it kept from being called. Used by one thread.
 */
final class Entered {
  private final Set<Node> items = Collections.newSetFromMap(new IdentityHashMap<>());

  void enter(Node item) {
    items.add(item);
  }

  void leave(Node item) {
    items.remove(item);
  }

  boolean has(Node item) {
    return items.contains(item);
  }
}
