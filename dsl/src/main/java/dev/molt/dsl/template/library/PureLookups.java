package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Context;
import dev.molt.dsl.template.Lookups;
import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lookups that need nothing but their terms, variables and the environment. */
final class PureLookups implements Lookups {
  private static final List<String> NAMES =
      List.of(
          "items",
          "list",
          "dict",
          "sequence",
          "nested",
          "cartesian",
          "together",
          "subelements",
          "indexed_items",
          "vars",
          "varnames",
          "random_choice",
          "env",
          "flattened");

  @Override
  public Collection<String> names() {
    return NAMES;
  }

  @Override
  public Optional<List<Value>> lookup(
      String name, List<Value> terms, Map<String, Value> options, Context context) {
    return switch (name) {
      case "list" -> Optional.of(terms);
      case "items" -> Optional.of(items(terms, 1));
      case "flattened" -> Optional.of(items(terms, 100));
      case "dict" -> Optional.of(dict(terms));
      case "sequence" -> Optional.of(Sequence.of(terms, options));
      case "nested", "cartesian" -> Optional.of(nested(terms));
      case "together" -> Optional.of(together(terms));
      case "subelements" -> Optional.of(subelements(terms));
      case "indexed_items" -> Optional.of(indexed(items(terms, 1)));
      case "vars" -> Optional.of(variables(terms, options, context));
      case "varnames" -> Optional.of(variableNames(terms, context));
      case "random_choice" -> {
        List<Value> all = items(terms, 1);
        int chosen = new java.util.Random().nextInt(Math.max(1, all.size()));
        yield Optional.of(all.isEmpty() ? all : new ArrayList<>(List.of(all.get(chosen))));
      }
      case "env" -> Optional.of(environment(terms, options));
      default -> Optional.empty();
    };
  }

  private static List<Value> items(List<Value> terms, int levels) {
    List<Value> out = new ArrayList<>();
    for (Value term : terms) {
      if (term instanceof ListValue list && levels > 0) {
        out.addAll(levels == 1 ? list.items() : items(list.items(), levels - 1));
      } else {
        out.add(term);
      }
    }
    return out;
  }

  private static List<Value> dict(List<Value> terms) {
    List<Value> out = new ArrayList<>();
    for (Value term : items(terms, 1)) {
      if (!(term instanceof MapValue map)) {
        throw new ValueException("the lookup dict needs a dict, not " + Python.typeName(term));
      }
      out.addAll(DictFilters.toItems(map, "key", "value").items());
    }
    return out;
  }

  private static List<Value> nested(List<Value> terms) {
    if (terms.isEmpty()) {
      throw new ValueException("the lookup nested needs at least one list");
    }
    List<List<Value>> lists = new ArrayList<>();
    terms.forEach(term -> lists.add(term instanceof ListValue l ? l.items() : List.of(term)));
    return Combining.product(lists, null).items();
  }

  private static List<Value> together(List<Value> terms) {
    if (terms.isEmpty()) {
      throw new ValueException("the lookup together needs at least one list");
    }
    List<List<Value>> lists = new ArrayList<>();
    terms.forEach(term -> lists.add(Iteration.items(term)));
    return Combining.zip(lists, dev.molt.dsl.value.NullValue.NULL).items();
  }

  private static List<Value> subelements(List<Value> terms) {
    List<Value> all = terms.size() == 1 && terms.get(0) instanceof ListValue l ? l.items() : terms;
    if (all.size() < 2 || all.size() > 3) {
      throw new ValueException("the lookup subelements needs a list, a key and maybe flags");
    }
    boolean skip =
        all.size() == 3
            && all.get(2) instanceof MapValue flags
            && flags.has("skip_missing")
            && Truth.of(flags.get("skip_missing"));
    return MapFilters.subelements(all.get(0), all.get(1), skip).items();
  }

  private static List<Value> indexed(List<Value> items) {
    List<Value> out = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      out.add(ListValue.of(IntValue.of(i), items.get(i)));
    }
    return out;
  }

  private static List<Value> variables(
      List<Value> terms, Map<String, Value> options, Context context) {
    List<Value> out = new ArrayList<>();
    for (Value term : terms) {
      Value value = context.lookup(Python.str(term));
      if (value instanceof UndefinedValue undefined) {
        if (!options.containsKey("default")) {
          throw new ValueException(
              undefined.unknown()
                  ? undefined
                  : UndefinedValue.of("there is no variable named '" + Python.str(term) + "'"));
        }
        value = options.get("default");
      }
      out.add(value);
    }
    return out;
  }

  private static List<Value> variableNames(List<Value> terms, Context context) {
    List<Value> out = new ArrayList<>();
    for (Value term : terms) {
      for (String name : context.scope().names()) {
        if (PythonRegex.compile(Python.str(term), 0, name).matcher(name).find()) {
          out.add(new StrValue(name));
        }
      }
    }
    return out;
  }

  private static List<Value> environment(List<Value> terms, Map<String, Value> options) {
    List<Value> out = new ArrayList<>();
    for (Value term : terms) {
      String value = System.getenv(Python.str(term).split("\\s")[0]);
      out.add(
          value != null ? new StrValue(value) : options.getOrDefault("default", StrValue.EMPTY));
    }
    return out;
  }
}
