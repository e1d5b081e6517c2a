package dev.molt.dsl.template.library;

import dev.molt.dsl.template.ops.Arithmetic;
import dev.molt.dsl.template.ops.ObjectValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.FunctionValue;
import dev.molt.dsl.value.Ordering;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The time between two others, with the attributes that Python's has.
 *
 * @param micros how long, in microseconds; negative where it goes back
 */
record TimeDeltaValue(long micros) implements ObjectValue {
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;

  Duration duration(boolean negated) {
    return Duration.of(negated ? -micros : micros, ChronoUnit.MICROS);
  }

  @Override
  public String name() {
    return "timedelta";
  }

  @Override
  public Collection<String> attributeNames() {
    return List.of("days", "seconds", "microseconds", "total_seconds");
  }

  @Override
  public Value attribute(String name) {
    return switch (name) {
      case "days" -> Value.of(days());
      case "seconds" -> Value.of(seconds());
      case "microseconds" -> Value.of(Math.floorMod(micros, SECOND));
      case "total_seconds" -> new TotalSeconds(this);
      default -> null;
    };
  }

  private long days() {
    return Math.floorDiv(micros, DAY);
  }

  private long seconds() {
    return Math.floorMod(micros, DAY) / SECOND;
  }

  @Override
  public String str() {
    long rest = seconds();
    long fraction = Math.floorMod(micros, SECOND);
    String days = days() == 0 ? "" : days() + (Math.abs(days()) == 1 ? " day, " : " days, ");
    String time = "%d:%02d:%02d".formatted(rest / 3600, rest / 60 % 60, rest % 60);
    return days + time + (fraction == 0 ? "" : ".%06d".formatted(fraction));
  }

  @Override
  public String repr() {
    StringBuilder out = new StringBuilder();
    for (String part : List.of("days", "seconds", "microseconds")) {
      String value = attribute(part).toString();
      if (!value.equals("0")) {
        out.append(out.isEmpty() ? "" : ", ").append(part).append('=').append(value);
      }
    }
    return "datetime.timedelta(" + (out.isEmpty() ? "0" : out) + ")";
  }

  @Override
  public String json() {
    return str();
  }

  @Override
  public OptionalInt compareTo(Value other) {
    return other instanceof TimeDeltaValue that
        ? OptionalInt.of(Long.compare(micros, that.micros))
        : OptionalInt.empty();
  }

  @Override
  public Value binary(String operator, Value other, boolean left) {
    if (other instanceof TimeDeltaValue that) {
      return switch (operator) {
        case "+" -> new TimeDeltaValue(micros + that.micros);
        case "-" -> new TimeDeltaValue(micros - that.micros);
        case "/" -> new FloatValue((double) micros / that.nonZero());
        case "//" -> Value.of(Math.floorDiv(micros, that.nonZero()));
        case "%" -> new TimeDeltaValue(Math.floorMod(micros, that.nonZero()));
        default -> null;
      };
    } else if (!Ordering.number(other)) {
      return null;
    }
    boolean times = operator.equals("*");
    boolean by = left && (operator.equals("/") || operator.equals("//"));
    if (!times && !by) {
      return null;
    }
    double number = Arithmetic.toDouble(other);
    if (by && number == 0) {
      throw new ValueException("division by zero");
    }
    return new TimeDeltaValue(Math.round(times ? micros * number : micros / number));
  }

  private long nonZero() {
    if (micros == 0) {
      throw new ValueException("division by zero");
    }
    return micros;
  }

  private record TotalSeconds(TimeDeltaValue of) implements FunctionValue {
    @Override
    public String name() {
      return "total_seconds";
    }

    @Override
    public Value call(List<Value> positional, Map<String, Value> named) {
      return new FloatValue(of.micros / 1e6);
    }
  }
}
