package dev.molt.dsl.template.tree;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Lookups;
import dev.molt.dsl.template.References;
import dev.molt.dsl.value.ValueException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Walks a tree without values and collects mistakes and the names it refers to. */
public final class Checker {
  private final Library library;
  private final TextOrigin origin;
  private final Diagnostics into;
  private final Deque<Set<String>> bound = new ArrayDeque<>();
  private final Map<String, Position> names = new LinkedHashMap<>();
  private final Set<String> required = new HashSet<>();
  private final Set<String> asked = new HashSet<>();
  private final Set<String> sure = new HashSet<>();
  private int conditional;
  private int lenient;

  public Checker(Library library, TextOrigin origin, Diagnostics into) {
    this.library = library;
    this.origin = origin;
    this.into = into;
    bound.push(new HashSet<>());
  }

  public References references() {
    Set<String> optional = new HashSet<>(names.keySet());
    optional.removeAll(required);
    return new References(names, optional, asked, sure);
  }

  Library library() {
    return library;
  }

  void name(Expr at, String name) {
    if (!isBound(name) && library.find(Library.Kind.FUNCTION, name) == null) {
      names.putIfAbsent(name, origin.at(at.at(), at.length()));
      if (lenient > 0) {
        asked.add(name);
      } else {
        required.add(name);
        if (conditional == 0) {
          sure.add(name);
        }
      }
    }
  }

  boolean isBound(String name) {
    return bound.stream().anyMatch(block -> block.contains(name));
  }

  /** Says that what follows in this block sets a name. */
  void bind(String name) {
    bound.element().add(name);
  }

  void block(Runnable check) {
    bound.push(new HashSet<>());
    check.run();
    bound.pop();
  }

  /** What is only evaluated under a condition: an unknown filter in it may never be met. */
  void conditional(Runnable check) {
    conditional++;
    check.run();
    conditional--;
  }

  /** Where undefined values are no mistake. */
  void lenient(Runnable check) {
    lenient++;
    check.run();
    lenient--;
  }

  /** A call of an entry of the library; returns the entry, or null where there is none. */
  Library.Entry call(
      Expr at, Library.Kind kind, String name, int positional, Collection<String> named) {
    Library.Entry entry = library.find(kind, name);
    if (entry == null) {
      ValueException problem = library.noSuch(kind, name);
      report(at, problem.getMessage(), Optional.ofNullable(problem.hint()), conditional > 0);
    } else if (positional >= 0) {
      entry.problem(positional, named).ifPresent(p -> report(at, p, Optional.empty(), false));
    }
    return entry;
  }

  /** A name that is written out as a text, such as that of a test for {@code select}. */
  void named(Expr at, Library.Kind kind, String name) {
    call(at, kind, name, -1, Set.of());
  }

  /** A lookup whose name is written out, and its options. */
  void lookup(Expr at, String name, Collection<String> options) {
    String plain = Library.shortName(name);
    Optional<Lookups.Entry> entry =
        library.lookups().entries().stream().filter(e -> e.name().equals(plain)).findFirst();
    if (entry.isEmpty()) {
      Optional<String> hint = Suggestions.hint(plain, library.lookups().names());
      report(at, "there is no lookup named '" + name + "'", hint, conditional > 0);
      return;
    }
    for (String option : options) {
      if (!entry.get().options().contains(option)
          && !entry.get().options().contains("*")
          && !option.equals("wantlist")
          && !option.equals("errors")) {
        report(
            at,
            "the lookup '" + plain + "' has no option '" + option + "'",
            Suggestions.hint(option, entry.get().options()),
            true);
      }
    }
  }

  private void report(Expr at, String message, Optional<String> hint, boolean warning) {
    Position position = origin.at(at.at(), at.length());
    Diagnostic diagnostic =
        warning ? Diagnostic.warning(position, message) : Diagnostic.error(position, message);
    into.add(diagnostic.withHint(hint));
  }
}
