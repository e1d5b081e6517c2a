package dev.molt.runner.module;

import dev.molt.dsl.value.MapValue;

/**
 * A task failed on a host. The message says what was to be done, what went wrong in the words of
 * the program that said so, and what to do where that is known.
 */
public class ModuleException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient MapValue result;

  public ModuleException(String message) {
    this(message, MapValue.empty());
  }

  public ModuleException(String message, Throwable cause) {
    super(message, cause);
    this.result = MapValue.empty();
  }

  /**
   * A failure with more to tell.
   *
   * @param result keys for the registered variable, such as {@code rc} and {@code stderr}
   */
  public ModuleException(String message, MapValue result) {
    super(message);
    this.result = result;
  }

  public MapValue result() {
    return result;
  }
}
