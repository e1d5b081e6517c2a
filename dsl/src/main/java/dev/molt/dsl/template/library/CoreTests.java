package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.template.ops.Arithmetic;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.FunctionValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;

/** What a value is. */
final class CoreTests implements Library.Group {
  private static final Set<String> FALSE = Set.of("no", "off", "0", "false", "n", "f", "");

  @Override
  public void declare(Library.Builder to) {
    to.lenientTest("defined", Params.NONE, "it is defined", this);
    to.lenientTest("undefined", Params.NONE, "it is not defined", this);
    to.test("none", Params.NONE, "it is none", this);
    to.test("boolean", Params.NONE, "it is true or false", this);
    to.test("true", Params.NONE, "it is true itself", this);
    to.test("false", Params.NONE, "it is false itself", this);
    to.test("integer", Params.NONE, "it is a whole number", this);
    to.test("float", Params.NONE, "it is a floating point number", this);
    to.test("number", Params.NONE, "it is a number", this);
    to.test("string", Params.NONE, "it is a text", this);
    to.test("sequence", Params.NONE, "it is a list, dict or text", this);
    to.test("iterable", Params.NONE, "it has items", this);
    to.test("mapping", Params.NONE, "it is a dict", this);
    to.test("callable", Params.NONE, "it can be called", this);
    to.test("odd", Params.NONE, "it is an odd number", this);
    to.test("even", Params.NONE, "it is an even number", this);
    to.test("divisibleby", Params.of("num"), "a number divides it", this);
    to.test("nan isnan", Params.NONE, "it is not a number, as a float", this);
    to.test("truthy", Params.of("convert_bool?"), "it counts as true", this);
    to.test("falsy", Params.of("convert_bool?"), "it counts as false", this);
    to.test("filter", Params.NONE, "it is the name of a filter", this);
    to.test("test", Params.NONE, "it is the name of a test", this);
    to.test("escaped", Params.NONE, "it is escaped, which no value is", this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    return BoolValue.of(holds(name, call.subject(), call));
  }

  private static boolean holds(String name, Value v, Call call) {
    return switch (name) {
      case "defined" -> !(v instanceof UndefinedValue);
      case "undefined" -> v instanceof UndefinedValue;
      case "none" -> v instanceof NullValue;
      case "boolean" -> v instanceof BoolValue;
      case "true" -> v == BoolValue.TRUE;
      case "false" -> v == BoolValue.FALSE;
      case "integer" -> v instanceof IntValue;
      case "float" -> v instanceof FloatValue;
      case "number" -> v instanceof IntValue || v instanceof FloatValue || v instanceof BoolValue;
      case "string" -> v instanceof StrValue;
      case "mapping" -> v instanceof MapValue;
      case "sequence", "iterable" ->
          v instanceof ListValue || v instanceof MapValue || v instanceof StrValue;
      case "callable" -> v instanceof FunctionValue;
      case "odd" -> rest(v, BigInteger.TWO).signum() != 0;
      case "even" -> rest(v, BigInteger.TWO).signum() == 0;
      case "divisibleby" -> {
        Value rest = Arithmetic.binary("%", v, call.arg(0));
        yield !Truth.of(rest);
      }
      case "nan" -> v instanceof FloatValue f && Double.isNaN(f.value());
      case "truthy" -> truthy(v, call);
      case "falsy" -> !truthy(v, call);
      case "filter" -> call.context().library().find(Library.Kind.FILTER, call.text()) != null;
      case "test" -> call.context().library().find(Library.Kind.TEST, call.text()) != null;
      case "escaped" -> false;
      default -> throw Builtins.undeclared(name);
    };
  }

  private static BigInteger rest(Value value, BigInteger by) {
    return Arithmetic.integer(value).mod(by);
  }

  private static boolean truthy(Value value, Call call) {
    boolean convert = call.flag(0, false);
    if (convert && value instanceof StrValue text) {
      return !FALSE.contains(text.text().toLowerCase(Locale.ROOT));
    }
    return Truth.of(value);
  }
}
