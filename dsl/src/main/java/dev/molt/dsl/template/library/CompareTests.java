package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Ordering;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import java.util.List;

/** How a value compares with another. */
final class CompareTests implements Library.Group {
  @Override
  public void declare(Library.Builder to) {
    Params other = Params.of("other");
    to.test("eq equalto ==", other, "it equals another", this);
    to.test("ne !=", other, "it does not equal another", this);
    to.test("lt lessthan <", other, "it is less than another", this);
    to.test("le <=", other, "it is at most another", this);
    to.test("gt greaterthan >", other, "it is greater than another", this);
    to.test("ge >=", other, "it is at least another", this);
    to.test("sameas", other, "it is the very same value", this);
    to.test("in", Params.of("seq"), "it is in a list, text or dict", this);
    to.test("contains", Params.of("value"), "something is in it", this);
    to.test("subset issubset", other, "all of it is in another list", this);
    to.test("superset issuperset", other, "all of another list is in it", this);
    to.test("any", Params.NONE, "one of its items is true", this);
    to.test("all", Params.NONE, "all its items are true", this);
    to.test(
        "version version_compare",
        Params.of("version", "operator?", "strict?", "version_type?"),
        "it compares with another version as the operator says",
        this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    return BoolValue.of(holds(name, call.subject(), call));
  }

  private static boolean holds(String name, Value v, Call call) {
    return switch (name) {
      case "eq" -> Ordering.equal(v, call.arg(0));
      case "ne" -> !Ordering.equal(v, call.arg(0));
      case "lt" -> Ordering.holds("<", v, call.arg(0));
      case "le" -> Ordering.holds("<=", v, call.arg(0));
      case "gt" -> Ordering.holds(">", v, call.arg(0));
      case "ge" -> Ordering.holds(">=", v, call.arg(0));
      case "sameas" -> same(v, call.arg(0));
      case "in" -> Ordering.contains(call.arg(0), v);
      case "contains" -> Ordering.contains(v, call.arg(0));
      case "subset" -> within(call.items(), Iteration.items(call.arg(0)), call);
      case "superset" -> within(Iteration.items(call.arg(0)), call.items(), call);
      case "any" -> call.items().stream().anyMatch(Truth::of);
      case "all" -> call.items().stream().allMatch(Truth::of);
      case "version" ->
          Versions.compare(
              call.text(),
              call.text(0),
              call.text(1, "eq"),
              call.given(2) ? (Boolean) call.flag(2, false) : null,
              call.text(3));
      default -> throw Builtins.undeclared(name);
    };
  }

  private static boolean within(List<Value> some, List<Value> all, Call call) {
    ValueSet set = ValueSet.of(all, call.context());
    return some.stream().allMatch(set::contains);
  }

  private static boolean same(Value a, Value b) {
    boolean identity = a instanceof ListValue || a instanceof MapValue;
    boolean alike =
        a.getClass() == b.getClass() && (a instanceof IntValue || a instanceof StrValue);
    return a == b || (!identity && alike && a.equals(b));
  }
}
