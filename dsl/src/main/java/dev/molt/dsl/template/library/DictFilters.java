package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.template.ops.Access;
import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Ordering;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Dicts. */
final class DictFilters implements Library.Group {
  @Override
  public void declare(Library.Builder to) {
    to.passing(
        "dict2items",
        Params.of("key_name?", "value_name?"),
        "a dict as a list of dicts with key and value",
        this);
    to.passing(
        "items2dict",
        Params.of("key_name?", "value_name?"),
        "a list of dicts with key and value as a dict",
        this);
    to.passing(
        "combine",
        Params.of("*", "**"),
        "dicts as one, later ones first; recursive and list_merge say how deep",
        this);
    to.passing(
        "dictsort",
        Params.of("case_sensitive?", "by?", "reverse?"),
        "the pairs of a dict in order of key, or value",
        this);
    to.passing(
        "rekey_on_member",
        Params.of("key", "duplicates?"),
        "dicts under the value of one of their keys",
        this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    return switch (name) {
      case "dict2items" -> toItems(dict(call), call.text(0, "key"), call.text(1, "value"));
      case "items2dict" -> fromItems(call);
      case "combine" -> combine(call);
      case "dictsort" -> sort(call);
      case "rekey_on_member" -> rekey(call);
      default -> throw Builtins.undeclared(name);
    };
  }

  static ListValue toItems(MapValue map, String keyName, String valueName) {
    List<Value> out = new ArrayList<>();
    map.entries()
        .forEach((key, value) -> out.add(MapValue.empty().put(keyName, key).put(valueName, value)));
    return new ListValue(out);
  }

  private static Value fromItems(Call call) {
    if (!(call.subject() instanceof ListValue list)) {
      throw new ValueException(
          "items2dict requires a list, got " + Python.typeName(call.subject()) + " instead.");
    }
    Value keyName = call.arg(0, new StrValue("key"));
    Value valueName = call.arg(1, new StrValue("value"));
    Map<Value, Value> entries = new LinkedHashMap<>();
    for (Value item : list.items()) {
      if (!(item instanceof MapValue) && !(item instanceof ListValue)) {
        throw new ValueException(
            "items2dict requires a list of dictionaries, got " + Python.repr(list) + " instead.");
      }
      Value key = Access.item(item, keyName);
      Value value = Access.item(item, valueName);
      if (key instanceof UndefinedValue || value instanceof UndefinedValue) {
        throw new ValueException(
            "items2dict requires each dictionary in the list to contain the keys '"
                + Python.str(keyName)
                + "' and '"
                + Python.str(valueName)
                + "', got "
                + Python.repr(list)
                + " instead.");
      }
      entries.put(Access.key(key), value);
    }
    return new MapValue(entries);
  }

  private static Value combine(Call call) {
    boolean recursive =
        call.keywords().containsKey("recursive")
            && dev.molt.dsl.value.Truth.of(call.keywords().get("recursive"));
    String lists = Python.str(call.keywords().getOrDefault("list_merge", new StrValue("replace")));
    for (String name : call.keywords().keySet()) {
      if (!name.equals("recursive") && !name.equals("list_merge")) {
        throw new ValueException(
            "'recursive' and 'list_merge' are the only valid keyword arguments",
            "there is no argument '" + name + "'");
      }
    }
    List<Value> all = new ArrayList<>();
    dicts(call.subject(), all);
    call.rest().forEach(other -> dicts(other, all));
    Merge merge = new Merge(recursive, lists);
    MapValue result = MapValue.empty();
    for (Value next : all) {
      if (!(next instanceof MapValue map)) {
        throw new ValueException(
            "failed to combine variables, expected dicts but got a '"
                + Python.typeName(result)
                + "' and a '"
                + Python.typeName(next)
                + "'");
      }
      result = merge.maps(result, map, 0);
    }
    return result;
  }

  /** A dict, or those of a list; what is none counts as nothing. */
  private static void dicts(Value value, List<Value> into) {
    for (Value item : value instanceof ListValue list ? list.items() : List.of(value)) {
      if (!(item instanceof NullValue)) {
        Call.requireDefined(item);
        into.add(item);
      }
    }
  }

  private static MapValue dict(Call call) {
    if (call.subject() instanceof MapValue map) {
      return map;
    }
    throw new ValueException(
        "dict2items requires a dictionary, got " + Python.typeName(call.subject()) + " instead.");
  }

  private static Value sort(Call call) {
    boolean cased = call.flag(0, false);
    String by = call.text(1, "key");
    if (!by.equals("key") && !by.equals("value")) {
      throw call.error("sorts by key or value, not by " + by);
    }
    int part = by.equals("key") ? 0 : 1;
    List<Value> pairs =
        new ArrayList<>(dev.molt.dsl.template.ops.MapItems.items(call.map()).items());
    java.util.Comparator<Value> order =
        (a, b) ->
            Ordering.compare(
                Sorting.fold(Iteration.items(a).get(part), cased),
                Sorting.fold(Iteration.items(b).get(part), cased),
                "<");
    pairs.sort(call.flag(2, false) ? order.reversed() : order);
    return new ListValue(pairs);
  }

  private static Value rekey(Call call) {
    String duplicates = call.text(1, "error");
    if (!duplicates.equals("error") && !duplicates.equals("overwrite")) {
      throw new ValueException(
          "duplicates parameter to rekey_on_member has unknown value " + duplicates);
    }
    List<Value> items;
    if (call.subject() instanceof MapValue map) {
      items = new ArrayList<>(map.entries().values());
    } else if (call.subject() instanceof ListValue list) {
      items = list.items();
    } else {
      throw new ValueException("Type is not a valid list, set, or dict");
    }
    Map<Value, Value> out = new LinkedHashMap<>();
    for (Value item : items) {
      if (!(item instanceof MapValue map)) {
        throw new ValueException("List item is not a valid dict");
      }
      Value key = map.find(call.arg(0));
      if (key == null || key instanceof UndefinedValue) {
        throw new ValueException("Key " + call.text(0) + " was not found");
      } else if (out.put(Access.key(key), item) != null && duplicates.equals("error")) {
        throw new ValueException(
            "Key " + Python.str(key) + " is not unique, cannot correctly turn into dict");
      }
    }
    return new MapValue(out);
  }
}
