package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.template.ops.Arithmetic;
import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.template.ops.PythonRandom;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Items: which, in what order, in what groups. */
final class ListFilters implements Library.Group {
  @Override
  public void declare(Library.Builder to) {
    Params order = Params.of("case_sensitive?", "attribute?");
    to.passing("first", Params.NONE, "the first item", this);
    to.passing("last", Params.NONE, "the last item", this);
    to.passing("min", order, "the least item", this);
    to.passing("max", order, "the greatest item", this);
    to.filter("sum", Params.of("attribute?", "start?"), "the sum of the items", this);
    to.passing(
        "sort", Params.of("reverse?", "case_sensitive?", "attribute?"), "the items in order", this);
    to.passing("flatten", Params.of("levels?", "skip_nulls?"), "lists in lists as one list", this);
    to.passing("batch", Params.of("linecount", "fill_with?"), "lists of so many items", this);
    to.passing("slice", Params.of("slices", "fill_with?"), "so many lists of the items", this);
    to.passing("random", Params.of("start?", "step?", "seed?"), "an item at random", this);
    to.passing("shuffle", Params.of("seed?"), "the items in random order", this);
    to.passing("zip", Params.of("*", "**"), "lists of one item of each list", this);
    to.passing("zip_longest", Params.of("*", "**"), "as zip, to the end of the longest list", this);
    to.passing("product", Params.of("*", "**"), "all lists of one item of each list", this);
    to.passing("permutations", Params.of("size?"), "all orders of the items", this);
    to.passing("combinations", Params.of("size"), "all choices of so many items", this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    return switch (name) {
      case "first", "last" -> {
        List<Value> items = call.items();
        yield items.isEmpty()
            ? UndefinedValue.of("there is no " + name + " item of an empty list")
            : items.get(name.equals("first") ? 0 : items.size() - 1);
      }
      case "min", "max" -> {
        List<Value> sorted =
            Sorting.sorted(call, call.flag(0, false), call.text(1), name.equals("max"));
        yield sorted.isEmpty()
            ? UndefinedValue.of("there is no " + name + " of an empty list")
            : sorted.get(0);
      }
      case "sum" -> sum(call);
      case "sort" ->
          new ListValue(
              Sorting.sorted(call, call.flag(1, false), call.text(2), call.flag(0, false)));
      case "flatten" -> {
        List<Value> out = new ArrayList<>();
        flatten(call.items(), call.number(0, -1), call.flag(1, true), out, 0);
        yield new ListValue(out);
      }
      case "batch" -> batch(call);
      case "slice" -> slice(call);
      case "random" -> random(call);
      case "shuffle" -> shuffle(call);
      case "zip", "zip_longest" -> Combining.zip(lists(call), longest(name, call));
      case "product" -> Combining.product(lists(call), call.keywords().get("repeat"));
      case "permutations" ->
          Combining.permutations(call.items(), call.number(0, call.items().size()));
      case "combinations" -> Combining.combinations(call.items(), call.number(0, 0));
      default -> throw Builtins.undeclared(name);
    };
  }

  private static List<List<Value>> lists(Call call) {
    List<List<Value>> lists = new ArrayList<>(List.of(call.items()));
    call.rest().forEach(list -> lists.add(Iteration.items(list)));
    return lists;
  }

  private static Value longest(String name, Call call) {
    return name.equals("zip") ? null : call.keywords().getOrDefault("fillvalue", NullValue.NULL);
  }

  private static Value sum(Call call) {
    Value total = call.arg(1, IntValue.of(0));
    for (Value item : call.items()) {
      Value value = call.given(0) ? Attributes.of(item, call.text(0)) : item;
      Call.requireDefined(value);
      total = Arithmetic.binary("+", total, value);
    }
    return total;
  }

  private static void flatten(
      List<Value> items, int levels, boolean skipNulls, List<Value> out, int depth) {
    if (depth > 200) {
      throw new dev.molt.dsl.value.ValueException("the list is nested too deeply to flatten");
    }
    for (Value item : items) {
      boolean isNull =
          item instanceof NullValue
              || (item instanceof StrValue s
                  && (s.text().equals("None") || s.text().equals("null")));
      if (item instanceof ListValue list && levels != 0) {
        flatten(list.items(), levels - 1, skipNulls, out, depth + 1);
      } else if (!isNull || !skipNulls) {
        out.add(item);
        Iteration.bounded(out.size(), Iteration.MAX_ITEMS);
      }
    }
  }

  private static Value batch(Call call) {
    int size = Math.max(1, call.number(0, 1));
    List<Value> items = call.items();
    List<Value> batches = new ArrayList<>();
    for (int i = 0; i < items.size(); i += size) {
      List<Value> batch = new ArrayList<>(items.subList(i, Math.min(items.size(), i + size)));
      while (call.given(1) && batch.size() < Iteration.bounded(size, 1 << 20)) {
        batch.add(call.arg(1));
      }
      batches.add(new ListValue(batch));
      if (size > items.size()) {
        break;
      }
    }
    return new ListValue(batches);
  }

  private static Value slice(Call call) {
    List<Value> items = call.items();
    int slices = call.number(0, 1);
    if (slices < 1 || slices > 1 << 20) {
      throw call.error("cannot make " + slices + " lists");
    }
    int each = items.size() / slices;
    int longer = items.size() % slices;
    List<Value> out = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < slices; i++) {
      int to = from + each + (i < longer ? 1 : 0);
      List<Value> part = new ArrayList<>(items.subList(from, to));
      if (call.given(1) && i >= longer && longer > 0) {
        part.add(call.arg(1));
      }
      out.add(new ListValue(part));
      from = to;
    }
    return new ListValue(out);
  }

  private static Value shuffle(Call call) {
    Value subject = call.subject();
    if (!(subject instanceof ListValue
        || subject instanceof StrValue
        || subject instanceof MapValue)) {
      return subject;
    }
    List<Value> items = new ArrayList<>(call.items());
    if (call.given(0)) {
      new PythonRandom(call.arg(0)).shuffle(items);
    } else {
      Collections.shuffle(items);
    }
    return new ListValue(items);
  }

  private static long below(Call call, long limit) {
    return call.given(2)
        ? new PythonRandom(call.arg(2)).below(limit)
        : ThreadLocalRandom.current().nextLong(limit);
  }

  private static Value random(Call call) {
    Value subject = call.subject();
    if (subject instanceof IntValue end) {
      long start = call.number(0, 0);
      long step = call.number(1, 1);
      long span =
          (end.value().bitLength() < 62 ? end.value().longValue() : Long.MAX_VALUE >> 2) - start;
      if (step < 1 || span <= 0) {
        throw call.error("there is no number to choose");
      }
      return IntValue.of(start + below(call, (span + step - 1) / step) * step);
    } else if (!(subject instanceof ListValue
        || subject instanceof StrValue
        || subject instanceof MapValue)) {
      throw call.error("random can only be used on sequences and integers");
    } else if (call.given(0) || call.given(1)) {
      throw call.error("start and step can only be used with integer values");
    }
    List<Value> items = call.items();
    return items.isEmpty()
        ? UndefinedValue.of("there is no random item of an empty list")
        : items.get((int) below(call, items.size()));
  }
}
