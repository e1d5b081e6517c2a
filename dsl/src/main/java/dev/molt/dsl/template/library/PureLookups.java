package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Context;
import dev.molt.dsl.template.Lookups;
import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
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
  private static final List<Entry> ENTRIES =
      List.of(
          Entry.of("items", "the items, those of lists among them instead of the list", ""),
          Entry.of("list", "the terms as they are", ""),
          Entry.of("dict", "the entries of dicts, each a dict with key and value", ""),
          Entry.of(
              "sequence",
              "numbers as texts: start=1 end=9 stride=2 format=x%02d, or 1-9/2:x%02d",
              "start end count stride format"),
          Entry.of("nested", "all lists of one item of each list", ""),
          Entry.of("cartesian", "all lists of one item of each list, as nested", ""),
          Entry.of("together", "lists of one item of each list, to the end of the longest", ""),
          Entry.of("subelements", "pairs of a dict and each element of a list within it", ""),
          Entry.of("indexed_items", "pairs of a number from 0 on and an item", ""),
          Entry.of("vars", "the variables of these names", "default"),
          Entry.of("varnames", "the names of variables that a regular expression matches", ""),
          Entry.of("random_choice", "one of the terms", ""),
          Entry.of("env", "environment variables of the machine Molt runs on", "default"),
          Entry.of("flattened", "the items, also those of lists in lists", ""));

  @Override
  public Collection<Entry> entries() {
    return ENTRIES;
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
      case "subelements" -> Optional.of(Subelements.lookup(terms));
      case "indexed_items" -> Optional.of(indexed(items(terms, 1)));
      case "vars" -> Optional.of(variables(terms, options, context));
      case "varnames" -> Optional.of(variableNames(terms, context));
      case "random_choice" -> {
        int chosen = new java.util.Random().nextInt(Math.max(1, terms.size()));
        yield Optional.of(terms.isEmpty() ? terms : new ArrayList<>(List.of(terms.get(chosen))));
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
    for (Value term : terms) {
      if (!(term instanceof MapValue map)) {
        throw new ValueException(
            "with_dict expects a dict", "found " + Python.typeName(term) + " " + shown(term));
      }
      out.addAll(DictFilters.toItems(map, "key", "value").items());
    }
    return out;
  }

  private static String shown(Value value) {
    String text = Python.repr(value);
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }

  private static List<Value> nested(List<Value> terms) {
    if (terms.isEmpty()) {
      throw new ValueException("with_nested requires at least one element in the nested list");
    }
    List<List<Value>> lists = new ArrayList<>();
    terms.forEach(term -> lists.add(listed(term)));
    List<Value> out = new ArrayList<>();
    // A list within one of the lists gives its items, not itself, as in Ansible.
    Combining.product(lists, null)
        .items()
        .forEach(row -> out.add(new ListValue(items(((ListValue) row).items(), 1))));
    return out;
  }

  private static List<Value> listed(Value value) {
    return value instanceof ListValue list
        ? list.items()
        : value instanceof MapValue ? Iteration.items(value) : List.of(value);
  }

  private static List<Value> together(List<Value> terms) {
    if (terms.isEmpty()) {
      throw new ValueException("with_together requires at least one element in each list");
    }
    List<List<Value>> lists = new ArrayList<>();
    terms.forEach(term -> lists.add(listed(term)));
    List<Value> out = new ArrayList<>();
    Combining.zip(lists, NullValue.NULL)
        .items()
        .forEach(row -> out.add(new ListValue(items(((ListValue) row).items(), 1))));
    return out;
  }

  private static List<Value> indexed(List<Value> items) {
    List<Value> out = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      out.add(ListValue.tuple(IntValue.of(i), items.get(i)));
    }
    return out;
  }

  private static List<Value> variables(
      List<Value> terms, Map<String, Value> options, Context context) {
    List<Value> out = new ArrayList<>();
    for (Value term : terms) {
      Value value = context.lookup(identifier(term));
      if (value instanceof UndefinedValue undefined) {
        if (!options.containsKey("default")) {
          throw new ValueException(
              undefined.unknown()
                  ? undefined
                  : UndefinedValue.of("No variable found with this name: " + Python.str(term)));
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
      String regex = identifier(term);
      if (regex.matches("[*+?].*")) {
        throw new ValueException(
            "Unable to use \""
                + regex
                + "\" as a search parameter: nothing to repeat at position 0");
      }
      for (String name : context.scope().names()) {
        if (PythonRegex.compile(regex, 0, name).matcher(name).find()) {
          out.add(new StrValue(name));
        }
      }
    }
    return out;
  }

  private static String identifier(Value term) {
    if (term instanceof StrValue text) {
      return text.text();
    }
    throw new ValueException(
        "Invalid setting identifier, \""
            + Python.str(term)
            + "\" is not a string, its a "
            + Python.typeName(term));
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
