package dev.molt.dsl.template;

import dev.molt.dsl.value.Value;
import java.util.Collection;

/** The names that a template can see. */
public interface Scope {
  /**
   * The value of a name, evaluated if it was lazy.
   *
   * @return never null: an {@link dev.molt.dsl.value.UndefinedValue} for a name that nothing
   *     defines
   * @throws dev.molt.dsl.source.DiagnosticException where the definition of the name is wrong
   */
  Value lookup(String name);

  /** All names, for suggestions. */
  Collection<String> names();
}
