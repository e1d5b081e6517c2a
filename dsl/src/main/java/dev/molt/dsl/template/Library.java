package dev.molt.dsl.template;

import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.template.library.Builtins;
import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Secrets;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The filters, tests and functions that templates can use, by name. Immutable and thread-safe. */
public final class Library {
  /** What an entry is. */
  public enum Kind {
    FILTER,
    TEST,
    FUNCTION
  }

  /** Does the work of an entry. Throws {@link ValueException} for values that do not fit. */
  @FunctionalInterface
  public interface Implementation {
    Value call(Call call);
  }

  /** Many entries in one class, told apart by name: cheaper to load than an object for each. */
  public interface Group {
    /** Says what there is. */
    void declare(Builder to);

    /** Calls the entry with this name, the first of those it was declared with. */
    Value call(Kind kind, String name, Call call);
  }

  /** How an entry treats what it is given; see the methods of {@link Builder}. */
  enum Trait {
    /** Its result is made of what it was given, so it is secret if that was. */
    MAKES,
    /** Its result holds only what it was given, item by item, so nothing new can be secret. */
    PASSES,
    /** As PASSES, and it takes undefined values too. */
    LENIENT,
    /** As PASSES, and of a value that cannot be decrypted it takes the encrypted text. */
    OPENS
  }

  /** A filter, test or function. Immutable. */
  public static final class Entry {
    private final Kind kind;
    private final List<String> names;
    private final Params params;
    private final String summary;
    private final Trait trait;
    private final Group group;
    private final Implementation implementation;
    private String what;

    Entry(Kind kind, String names, Params params, String summary, Trait trait, Object code) {
      this.kind = kind;
      this.names = names.indexOf(' ') < 0 ? List.of(names) : List.of(names.split(" "));
      this.params = params;
      this.summary = summary;
      this.trait = trait;
      this.group = code instanceof Group g ? g : null;
      this.implementation = code instanceof Implementation i ? i : null;
    }

    public Kind kind() {
      return kind;
    }

    /** The usual name first. */
    public List<String> names() {
      return names;
    }

    public String name() {
      return names.get(0);
    }

    public Params params() {
      return params;
    }

    /** One line that says what it does. */
    public String summary() {
      return summary;
    }

    /** Whether it takes undefined values. */
    public boolean lenient() {
      return trait == Trait.LENIENT;
    }

    /** Whether it takes values that cannot be decrypted, as their encrypted text. */
    public boolean opens() {
      return trait == Trait.OPENS;
    }

    /** The entry as error messages name it. */
    public String what() {
      // Made when first asked for; at worst two threads make the same text.
      String text = what;
      if (text == null) {
        text = kind.name().toLowerCase(Locale.ROOT).concat(" '").concat(name()).concat("'");
        what = text;
      }
      return text;
    }

    /** What is wrong with the number or the names of arguments, if anything. */
    public Optional<String> problem(int positional, Collection<String> named) {
      return params.problem(what(), positional, named);
    }

    /**
     * Calls it.
     *
     * @throws ValueException where the values do not fit
     */
    public Value call(
        Value subject, List<Value> positional, Map<String, Value> named, Context context) {
      if (trait != Trait.LENIENT) {
        positional.forEach(Call::requireDefined);
        named.values().forEach(Call::requireDefined);
      }
      Call call = new Call(what(), subject, params.bind(what(), positional, named), context);
      context.step();
      Value result = group != null ? group.call(kind, name(), call) : implementation.call(call);
      if (Iteration.hasTuples(result)) {
        context.unfinished();
      }
      boolean mayShow =
          result instanceof StrValue || result instanceof ListValue || result instanceof MapValue;
      return trait == Trait.MAKES && mayShow && call.holdsSecret() ? Secrets.mark(result) : result;
    }
  }

  private static final class Holder {
    static final Library BUILTIN = builder().builtins().build();
  }

  private final Map<String, Entry> filters;
  private final Map<String, Entry> tests;
  private final Map<String, Entry> functions;
  private final Lookups lookups;
  private final TemplateLoader loader;
  private final Set<String> statements;
  private final Consumer<String> warnings;

  private Library(Builder from) {
    filters = Map.copyOf(from.filters);
    tests = Map.copyOf(from.tests);
    functions = Map.copyOf(from.functions);
    lookups = from.lookups;
    loader = from.loader;
    statements = Set.copyOf(from.statements);
    warnings = from.warnings;
  }

  /** Everything that Molt has built in, without lookups that read files. */
  public static Library builtin() {
    return Holder.BUILTIN;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The entry with this name, with or without {@code ansible.builtin.}, or null. */
  public Entry find(Kind kind, String name) {
    Map<String, Entry> all = all(kind);
    Entry found = all.get(name);
    return found == null && name.startsWith("ansible.") ? all.get(shortName(name)) : found;
  }

  /** All names of a kind. */
  public Set<String> names(Kind kind) {
    return Collections.unmodifiableSet(new TreeSet<>(all(kind).keySet()));
  }

  /** All entries of a kind, each once, in the order of their names. */
  public Collection<Entry> entries(Kind kind) {
    Map<String, Entry> sorted = new java.util.TreeMap<>();
    all(kind).values().forEach(e -> sorted.put(e.name(), e));
    return sorted.values();
  }

  /** The error that there is no such entry, with the nearest that there is. */
  public ValueException noSuch(Kind kind, String name) {
    Optional<String> hint = Suggestions.hint(name, all(kind).keySet());
    return new ValueException(
        "there is no " + kind.name().toLowerCase(java.util.Locale.ROOT) + " named '" + name + "'",
        hint.orElse(null));
  }

  public Lookups lookups() {
    return lookups;
  }

  /** Where include and import find templates, or null. */
  public TemplateLoader loader() {
    return loader;
  }

  /** Tells the user of something that is no error. */
  public void warn(String message) {
    warnings.accept(message);
  }

  /** Whether an optional statement ({@code do}, {@code break}, {@code continue}) is switched on. */
  public boolean allows(String statement) {
    return statements.contains(statement);
  }

  /** A name without the prefix of the collection that is built in. */
  public static String shortName(String name) {
    for (String prefix : List.of("ansible.builtin.", "ansible.legacy.")) {
      if (name.startsWith(prefix)) {
        return name.substring(prefix.length());
      }
    }
    return name;
  }

  private Map<String, Entry> all(Kind kind) {
    return switch (kind) {
      case FILTER -> filters;
      case TEST -> tests;
      case FUNCTION -> functions;
    };
  }

  /**
   * Collects entries; a later one replaces an earlier one of the same name. Names are separated by
   * blanks, the usual one first. Not thread-safe.
   */
  public static final class Builder {
    private final Map<String, Entry> filters = new HashMap<>();
    private final Map<String, Entry> tests = new HashMap<>();
    private final Map<String, Entry> functions = new LinkedHashMap<>();
    private final Set<String> statements = new TreeSet<>();
    private Lookups lookups = Builtins.lookups();
    private TemplateLoader loader;
    private Consumer<String> warnings = message -> {};

    Builder() {}

    /** Adds what Molt has built in. */
    public Builder builtins() {
      Builtins.declare(this);
      return this;
    }

    /** A filter whose result is secret if its subject or an argument is. */
    public Builder filter(String names, Params params, String summary, Implementation code) {
      return add(new Entry(Kind.FILTER, names, params, summary, Trait.MAKES, code));
    }

    public Builder test(String names, Params params, String summary, Implementation code) {
      return add(new Entry(Kind.TEST, names, params, summary, Trait.PASSES, code));
    }

    public Builder function(String names, Params params, String summary, Implementation code) {
      return add(new Entry(Kind.FUNCTION, names, params, summary, Trait.MAKES, code));
    }

    public Builder filter(String names, Params params, String summary, Group code) {
      return add(new Entry(Kind.FILTER, names, params, summary, Trait.MAKES, code));
    }

    /** A filter that gives back items of what it is given; nothing becomes secret by it. */
    public Builder passing(String names, Params params, String summary, Group code) {
      return add(new Entry(Kind.FILTER, names, params, summary, Trait.PASSES, code));
    }

    /** A passing filter that takes undefined values, as {@code default} does. */
    public Builder lenient(String names, Params params, String summary, Group code) {
      return add(new Entry(Kind.FILTER, names, params, summary, Trait.LENIENT, code));
    }

    public Builder test(String names, Params params, String summary, Group code) {
      return add(new Entry(Kind.TEST, names, params, summary, Trait.PASSES, code));
    }

    /** A test that takes undefined values, as {@code defined} does. */
    public Builder lenientTest(String names, Params params, String summary, Group code) {
      return add(new Entry(Kind.TEST, names, params, summary, Trait.LENIENT, code));
    }

    /** A passing filter that is given the encrypted text of what cannot be decrypted. */
    public Builder opening(String names, Params params, String summary, Group code) {
      return add(new Entry(Kind.FILTER, names, params, summary, Trait.OPENS, code));
    }

    /** A test that is given the encrypted text of what cannot be decrypted. */
    public Builder openingTest(String names, Params params, String summary, Group code) {
      return add(new Entry(Kind.TEST, names, params, summary, Trait.OPENS, code));
    }

    /** A function; as with {@link #passing}, nothing becomes secret by it. */
    public Builder function(String names, Params params, String summary, Group code) {
      return add(new Entry(Kind.FUNCTION, names, params, summary, Trait.PASSES, code));
    }

    /** Lookups that are asked before the built-in ones. */
    public Builder lookups(Lookups first) {
      lookups = first.orElse(lookups);
      return this;
    }

    /** Where what is no error is told, such as a lookup with {@code errors='warn'} that failed. */
    public Builder warnings(Consumer<String> newWarnings) {
      warnings = newWarnings;
      return this;
    }

    public Builder loader(TemplateLoader newLoader) {
      loader = newLoader;
      return this;
    }

    /** Switches on {@code do}, {@code break} and {@code continue}, which are off in Ansible. */
    public Builder extensions() {
      statements.addAll(List.of("do", "break", "continue"));
      return this;
    }

    public Library build() {
      return new Library(this);
    }

    private Builder add(Entry entry) {
      Map<String, Entry> all =
          switch (entry.kind()) {
            case FILTER -> filters;
            case TEST -> tests;
            case FUNCTION -> functions;
          };
      entry.names().forEach(name -> all.put(name, entry));
      return this;
    }
  }

  /** The subject of a function call, which has none. */
  public static final Value NO_SUBJECT = UndefinedValue.of("a function has no subject");
}
