package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.template.ops.Access;
import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Filters that look into what is nested. */
final class MapFilters implements Library.Group {
  @Override
  public void declare(Library.Builder to) {
    to.passing(
        "extract",
        Params.of("container", "morekeys?"),
        "the item of a container under this key",
        this);
    to.passing(
        "subelements",
        Params.of("subelements", "skip_missing?"),
        "lists of an item and each element of a list in it",
        this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    return switch (name) {
      case "extract" -> {
        Value found = Access.item(call.arg(0), call.subject());
        for (Value key : keys(call.arg(1))) {
          found = found instanceof UndefinedValue ? found : Access.item(found, key);
        }
        yield found;
      }
      case "subelements" -> subelements(call.subject(), call.arg(0), call.flag(1, false));
      default -> throw Builtins.undeclared(name);
    };
  }

  private static List<Value> keys(Value keys) {
    if (keys == null || keys instanceof dev.molt.dsl.value.NullValue) {
      return List.of();
    }
    return keys instanceof ListValue list ? list.items() : List.of(keys);
  }

  /** Pairs of an item and each element of the list that is under a path in it. */
  static ListValue subelements(Value subject, Value path, boolean skipMissing) {
    List<Value> items =
        subject instanceof MapValue map
            ? new ArrayList<>(map.entries().values())
            : Iteration.items(subject);
    List<Value> out = new ArrayList<>();
    for (Value item : items) {
      Value found = item;
      for (Value part : path instanceof ListValue list ? list.items() : split(path)) {
        found = found instanceof UndefinedValue ? found : Access.item(found, part);
      }
      if (found instanceof UndefinedValue && skipMissing) {
        continue;
      }
      Call.requireDefined(found);
      if (!(found instanceof ListValue elements)) {
        throw new dev.molt.dsl.value.ValueException(
            "the key " + Python.str(path) + " should point to a list, not " + Python.repr(found));
      }
      for (Value element : elements.items()) {
        out.add(ListValue.tuple(item, element));
      }
    }
    return new ListValue(out);
  }

  private static List<Value> split(Value path) {
    return ListValue.ofStrings(List.of(Python.str(path).split("\\.", -1))).items();
  }
}
