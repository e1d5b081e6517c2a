package dev.molt.dsl.template;

import dev.molt.dsl.value.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What {@code lookup}, {@code query} and {@code q} can ask. Thread-safe. */
public interface Lookups {
  /**
   * Looks something up.
   *
   * @param name as written, without {@code ansible.builtin.}
   * @param context of the expression that asks
   * @return a list of what was found, or empty where there is no lookup of this name
   * @throws dev.molt.dsl.value.ValueException where the terms or options do not fit
   */
  Optional<List<Value>> lookup(
      String name, List<Value> terms, Map<String, Value> options, Context context);

  /** The names of the lookups there are. */
  Collection<String> names();

  /** These lookups, and where they have none of a name, others. */
  default Lookups orElse(Lookups others) {
    Lookups self = this;
    return new Lookups() {
      @Override
      public Optional<List<Value>> lookup(
          String name, List<Value> terms, Map<String, Value> options, Context context) {
        Optional<List<Value>> found = self.lookup(name, terms, options, context);
        return found.isPresent() ? found : others.lookup(name, terms, options, context);
      }

      @Override
      public Collection<String> names() {
        TreeSet<String> all = new TreeSet<>(self.names());
        all.addAll(others.names());
        return all;
      }
    };
  }
}
