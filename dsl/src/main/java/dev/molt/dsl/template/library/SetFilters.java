package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.ArrayList;
import java.util.List;

/** Lists as sets. Order is kept: that of the first list, then that of the second. */
final class SetFilters implements Library.Group {
  @Override
  public void declare(Library.Builder to) {
    to.passing("unique", Params.of("case_sensitive?", "attribute?"), "each item once", this);
    to.passing("union", Params.of("b"), "what is in either list, once", this);
    to.passing("intersect", Params.of("b"), "what is in both lists, once", this);
    to.passing("difference", Params.of("b"), "what is in the first list only, once", this);
    to.passing("symmetric_difference", Params.of("b"), "what is in one list only, once", this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    if (name.equals("unique")) {
      return unique(call);
    }
    List<Value> a = call.items();
    List<Value> b = Iteration.items(call.arg(0));
    ValueSet inA = ValueSet.of(a, call.context());
    ValueSet inB = ValueSet.of(b, call.context());
    ValueSet seen = new ValueSet(call.context());
    List<Value> out = new ArrayList<>();
    boolean union = name.equals("union");
    boolean both = name.equals("intersect");
    for (Value item : a) {
      if ((union || inB.contains(item) == both) && seen.add(item)) {
        out.add(item);
      }
    }
    for (Value item : union || name.equals("symmetric_difference") ? b : List.<Value>of()) {
      if ((union || !inA.contains(item)) && seen.add(item)) {
        out.add(item);
      }
    }
    return new ListValue(out);
  }

  private static Value unique(Call call) {
    boolean cased = call.flag(0, false);
    ValueSet seen = new ValueSet(call.context());
    List<Value> out = new ArrayList<>();
    boolean asked = (call.given(0) && !cased) || call.given(1);
    for (Value item : call.items()) {
      if (asked && !call.given(1) && (item instanceof MapValue || item instanceof ListValue)) {
        throw new ValueException(
            "Jinja2's unique filter failed and we cannot fall back to Ansible's version as it does"
                + " not support the parameters supplied",
            "lists and dicts have no case: leave out case_sensitive");
      }
      Value key = call.given(1) ? Attributes.of(item, call.text(1)) : item;
      if (seen.add(Sorting.fold(key, cased))) {
        out.add(item);
      }
    }
    return new ListValue(out);
  }
}
