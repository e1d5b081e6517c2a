package dev.molt.dsl.hook;

import java.util.Map;

/**
 * What the plan and the apply of a module in Groovy can ask for and do. A module never learns
 * whether it is in a check: its plan looks, its apply changes. One call, one thread.
 */
public interface ModuleContext {
  /** The host that is worked on. */
  String getHost();

  /**
   * Runs a command line that changes nothing, in the host's shell, as the task's user.
   *
   * @return {@code rc}, {@code stdout}, {@code stderr}, {@code ok}
   */
  Map<String, Object> look(String command);

  /** The same with a text for its standard input. */
  Map<String, Object> look(Map<String, Object> options, String command);

  /** Runs a command line that may change the host; in apply only. Answers as {@link #look}. */
  Map<String, Object> run(String command);

  /** The same with a text for its standard input. */
  Map<String, Object> run(Map<String, Object> options, String command);

  /** In plan: something differs, and is to be changed. */
  void change(String field, Object before, Object after);

  /** The same of one of several things, such as a path. */
  void change(String subject, String field, Object before, Object after);

  /** In plan: what is to be done shows only when it is. */
  void unknown(String what);

  /** Adds keys to the result, which {@code register} keeps. */
  void result(Map<String, Object> keys);

  /** Ends it as a failure. Does not return. */
  void fail(String reason);

  /** The same with keys for the result. */
  void fail(Map<String, Object> keys, String reason);

  /** A text as one word of a shell's command line. */
  default String quote(Object text) {
    return "'" + String.valueOf(text).replace("'", "'\\''") + "'";
  }
}
