package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Ordering;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Filters that apply a filter or a test to every item. */
final class SelectFilters implements Library.Group {
  @Override
  public void declare(Library.Builder to) {
    to.passing("map", Params.of("*", "**"), "a filter, or an attribute, of every item", this);
    to.passing("select", Params.of("*", "**"), "the items that pass a test", this);
    to.passing("reject", Params.of("*", "**"), "the items that fail a test", this);
    to.passing(
        "selectattr", Params.of("attribute", "*", "**"), "the items whose attribute passes", this);
    to.passing(
        "rejectattr", Params.of("attribute", "*", "**"), "the items whose attribute fails", this);
    to.passing(
        "groupby",
        Params.of("attribute", "default?", "case_sensitive?"),
        "lists of an attribute's value and the items that have it",
        this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    return switch (name) {
      case "map" -> map(call);
      case "select", "reject" -> select(call, null, name.equals("select"));
      case "selectattr", "rejectattr" -> select(call, call.text(0), name.equals("selectattr"));
      case "groupby" -> groupBy(call);
      default -> throw Builtins.undeclared(name);
    };
  }

  private static Value map(Call call) {
    List<Value> out = new ArrayList<>();
    Map<String, Value> keywords = call.keywords();
    Value attribute = call.rest().isEmpty() ? keywords.get("attribute") : null;
    if (attribute == null && call.rest().isEmpty()) {
      throw call.error("needs the name of a filter, or attribute='name'");
    }
    for (Value item : call.items()) {
      call.context().step();
      Value value;
      if (attribute != null) {
        value = Attributes.of(item, Python.str(attribute));
        value = value instanceof UndefinedValue ? keywords.getOrDefault("default", value) : value;
      } else {
        List<Value> rest = call.rest().subList(1, call.rest().size());
        value = call.context().filter(Python.str(call.rest().get(0)), item, rest, keywords);
      }
      if (value instanceof UndefinedValue) {
        call.context().holdsUndefined();
      }
      out.add(value);
    }
    return new ListValue(out);
  }

  private static Value select(Call call, String attribute, boolean wanted) {
    List<Value> out = new ArrayList<>();
    List<Value> arguments = call.rest();
    for (Value item : call.items()) {
      call.context().step();
      Value value = attribute == null ? item : Attributes.of(item, attribute);
      boolean passes;
      if (arguments.isEmpty()) {
        passes = Truth.of(value);
      } else {
        List<Value> rest = arguments.subList(1, arguments.size());
        String test = Python.str(arguments.get(0));
        passes = call.context().test(test, value, rest, call.keywords());
      }
      if (passes == wanted) {
        out.add(item);
      }
    }
    return new ListValue(out);
  }

  private static Value groupBy(Call call) {
    String path = call.text(0);
    List<Map.Entry<Value, Value>> keyed = new ArrayList<>();
    for (Value item : call.items()) {
      Value key = Attributes.of(item, path);
      key = key instanceof UndefinedValue && call.arg(1) != null ? call.arg(1) : key;
      Call.requireDefined(key);
      keyed.add(Map.entry(key, item));
    }
    boolean cased = call.flag(2, false);
    keyed.sort(
        (a, b) ->
            Ordering.compare(
                Sorting.fold(a.getKey(), cased), Sorting.fold(b.getKey(), cased), "<"));
    List<Value> groups = new ArrayList<>();
    Value last = null;
    List<Value> group = null;
    for (Map.Entry<Value, Value> entry : keyed) {
      Value key = Sorting.fold(entry.getKey(), cased);
      if (last == null || !Ordering.equal(last, key)) {
        last = key;
        group = new ArrayList<>();
        groups.add(ListValue.tuple(entry.getKey(), new ListValue(group)));
      }
      group.add(entry.getValue());
    }
    return new ListValue(groups);
  }
}
