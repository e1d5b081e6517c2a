package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.template.ops.Arithmetic;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Arithmetic. */
final class NumberFilters implements Library.Group {
  @Override
  public void declare(Library.Builder to) {
    Params conversion = Params.of("default?", "base?");
    to.filter("int", conversion, "the value as a whole number", this);
    to.filter("float", Params.of("default?"), "the value as a floating point number", this);
    to.filter("abs", Params.NONE, "the number without its sign", this);
    to.filter(
        "round",
        Params.of("precision?", "method?"),
        "the number rounded: common, ceil or floor",
        this);
    to.filter("log", Params.of("base?"), "the logarithm, natural unless a base is given", this);
    to.filter("pow", Params.of("y"), "the number raised to a power", this);
    to.filter("root", Params.of("base?"), "the root, square unless another is given", this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    Value subject = call.subject();
    return switch (name) {
      case "int" -> {
        Value number = Numbers.integer(subject, base(call));
        yield number != null ? number : call.arg(0) != null ? call.arg(0) : IntValue.of(0);
      }
      case "float" -> {
        Value number = Numbers.floating(subject);
        yield number != null ? number : call.arg(0) != null ? call.arg(0) : new FloatValue(0);
      }
      case "abs" -> abs(call);
      case "round" -> round(call);
      case "log" -> log(call);
      case "pow" -> {
        Value base = new FloatValue(number(call, subject));
        Value power = new FloatValue(number(call, call.arg(0)));
        yield new FloatValue(Arithmetic.toDouble(Arithmetic.binary("**", base, power)));
      }
      case "root" -> {
        double base = number(call, call.arg(0, IntValue.of(2)));
        double value = number(call, subject);
        if (value < 0 || base == 0) {
          throw call.error("a root of " + Python.str(subject) + " is not a real number");
        }
        yield new FloatValue(base == 2 ? Math.sqrt(value) : Math.pow(value, 1 / base));
      }
      default -> throw Builtins.undeclared(name);
    };
  }

  private static int base(Call call) {
    int base = call.number(1, 10);
    if (base < 2 || base > 36) {
      throw call.error("a base is between 2 and 36");
    }
    return base;
  }

  private static double number(Call call, Value value) {
    if (!dev.molt.dsl.value.Ordering.number(value)) {
      throw new ValueException(
          call.what().replaceAll(".*'(.*)'", "$1")
              + "() can only be used on numbers: must be real number, not "
              + Python.typeName(value));
    }
    return Arithmetic.toDouble(value);
  }

  private static Value abs(Call call) {
    if (call.subject() instanceof FloatValue f) {
      return new FloatValue(Math.abs(f.value()));
    }
    number(call, call.subject());
    return new IntValue(Arithmetic.integer(call.subject()).abs());
  }

  private static Value log(Call call) {
    double value = number(call, call.subject());
    if (value <= 0) {
      throw call.error("there is no logarithm of " + Python.str(call.subject()));
    } else if (!call.given(0)) {
      return new FloatValue(Math.log(value));
    }
    double base = number(call, call.arg(0));
    if (base <= 0 || base == 1) {
      throw call.error("there is no logarithm to the base " + Python.str(call.arg(0)));
    }
    boolean ten = base == 10;
    return new FloatValue(ten ? Math.log10(value) : Math.log(value) / Math.log(base));
  }

  private static Value round(Call call) {
    int precision = call.number(0, 0);
    String method = call.text(1, "common");
    double value = number(call, call.subject());
    if (Math.abs(precision) > 400) {
      throw call.error("the precision is too large");
    }
    BigDecimal exact =
        call.subject() instanceof FloatValue
            ? finite(call, value)
            : new BigDecimal(Arithmetic.integer(call.subject()));
    RoundingMode mode =
        switch (method) {
          case "common" -> RoundingMode.HALF_EVEN;
          case "ceil" -> RoundingMode.CEILING;
          case "floor" -> RoundingMode.FLOOR;
          default -> throw call.error("the method is common, ceil or floor, not " + method);
        };
    BigDecimal rounded = exact.setScale(precision, mode);
    boolean isFloat = call.subject() instanceof FloatValue || !method.equals("common");
    return isFloat ? new FloatValue(rounded.doubleValue()) : new IntValue(rounded.toBigInteger());
  }

  private static BigDecimal finite(Call call, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw call.error("cannot round " + Python.str(call.subject()));
    }
    return new BigDecimal(value);
  }
}
