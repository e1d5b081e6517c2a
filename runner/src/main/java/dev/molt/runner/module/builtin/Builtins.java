package dev.molt.runner.module.builtin;

import dev.molt.runner.module.Registry;

/** All modules that come with Molt. */
public final class Builtins {
  private Builtins() {}

  /** A registry with all of them in it; none is loaded before it is asked for. */
  public static Registry registry() {
    Registry registry = new Registry();
    SystemModules.register(registry);
    FileModules.register(registry);
    return registry;
  }
}
