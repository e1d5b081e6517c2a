package dev.molt.dsl.template;

import dev.molt.dsl.value.Value;
import java.util.List;
import java.util.Map;

/** What filters, tests and functions may ask of the evaluation that they are part of. */
public interface Context {
  /** Applies another filter, as {@code map('upper')} does. */
  Value filter(String name, Value subject, List<Value> positional, Map<String, Value> named);

  /** Applies a test, as {@code select('match', ...)} does. */
  boolean test(String name, Value subject, List<Value> positional, Map<String, Value> named);

  /** The value of a name where the template stands, undefined if there is none. */
  Value lookup(String name);

  Scope scope();

  Library library();

  /** Says that a list or dict was made that holds an undefined value. */
  void holdsUndefined();

  /** Says that a tuple was made, or a list or dict that holds one or {@code omit}. */
  void unfinished();

  /**
   * Counts a step, such as one element of a long list.
   *
   * @throws dev.molt.dsl.value.ValueException when the evaluation has taken too many
   */
  void step();
}
