package dev.molt.dsl.template;

import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

  /** The lookups there are. */
  Collection<Entry> entries();

  /** Their names. */
  default Collection<String> names() {
    List<String> names = new ArrayList<>();
    entries().forEach(entry -> names.add(entry.name()));
    return names;
  }

  /**
   * What there is to say of a lookup.
   *
   * @param summary one line that says what it gives
   * @param options the names of the options that it takes; {@code *} for any
   */
  record Entry(String name, String summary, List<String> options) {
    public Entry {
      options = List.copyOf(options);
    }

    /** An entry whose options are separated by blanks. */
    public static Entry of(String name, String summary, String options) {
      return new Entry(name, summary, options.isEmpty() ? List.of() : List.of(options.split(" ")));
    }
  }

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
      public Collection<Entry> entries() {
        Map<String, Entry> all = new TreeMap<>();
        others.entries().forEach(entry -> all.put(entry.name(), entry));
        self.entries().forEach(entry -> all.put(entry.name(), entry));
        return all.values();
      }
    };
  }
}
