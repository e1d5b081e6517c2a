package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.template.ops.Access;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
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
      case "subelements" -> Subelements.filter(call.subject(), call.arg(0), call.flag(1, false));
      default -> throw Builtins.undeclared(name);
    };
  }

  private static List<Value> keys(Value keys) {
    if (keys == null || keys instanceof dev.molt.dsl.value.NullValue) {
      return List.of();
    }
    return keys instanceof ListValue list ? list.items() : List.of(keys);
  }
}
