package dev.molt.runner.event;

/** Is told of everything that happens in a run, in order, on one thread. */
@FunctionalInterface
public interface RunListener {
  /** Takes an event; must not throw. */
  void on(RunEvent event);
}
