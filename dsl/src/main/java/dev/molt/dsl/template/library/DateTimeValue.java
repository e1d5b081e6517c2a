package dev.molt.dsl.template.library;

import dev.molt.dsl.template.ops.ObjectValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.FunctionValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A time, with the attributes that Python's has.
 *
 * @param whole false where it is a date alone
 */
record DateTimeValue(LocalDateTime time, boolean whole) implements ObjectValue {
  private static final List<String> METHODS =
      List.of("strftime", "isoformat", "timestamp", "weekday", "isoweekday", "date");
  private static final List<String> FIELDS =
      List.of("year", "month", "day", "hour", "minute", "second", "microsecond");

  DateTimeValue(LocalDateTime time) {
    this(time, true);
  }

  @Override
  public String name() {
    return whole ? "datetime" : "date";
  }

  @Override
  public Collection<String> attributeNames() {
    return java.util.stream.Stream.of(FIELDS, METHODS).flatMap(List::stream).toList();
  }

  @Override
  public Value attribute(String name) {
    ChronoField field =
        switch (name) {
          case "year" -> ChronoField.YEAR;
          case "month" -> ChronoField.MONTH_OF_YEAR;
          case "day" -> ChronoField.DAY_OF_MONTH;
          case "hour" -> ChronoField.HOUR_OF_DAY;
          case "minute" -> ChronoField.MINUTE_OF_HOUR;
          case "second" -> ChronoField.SECOND_OF_MINUTE;
          case "microsecond" -> ChronoField.MICRO_OF_SECOND;
          default -> null;
        };
    if (field != null) {
      return Value.of((long) time.get(field));
    }
    return METHODS.contains(name) ? new Method(this, name) : null;
  }

  @Override
  public String str() {
    String fraction = time.equals(time.withNano(0)) ? "" : ".%f";
    return format(whole ? "%Y-%m-%d %H:%M:%S" + fraction : "%Y-%m-%d");
  }

  @Override
  public String repr() {
    StringBuilder out = new StringBuilder(whole ? "datetime.datetime(" : "datetime.date(");
    int fields = !whole ? 3 : time.getNano() != 0 ? 7 : time.getSecond() != 0 ? 6 : 5;
    for (int i = 0; i < fields; i++) {
      out.append(i > 0 ? ", " : "").append(Python.repr(attribute(FIELDS.get(i))));
    }
    return out.append(')').toString();
  }

  @Override
  public String json() {
    return str().replace(' ', 'T');
  }

  @Override
  public OptionalInt compareTo(Value other) {
    return other instanceof DateTimeValue that && whole == that.whole
        ? OptionalInt.of(time.compareTo(that.time))
        : OptionalInt.empty();
  }

  @Override
  public Value binary(String operator, Value other, boolean left) {
    if (operator.equals("-") && left && other instanceof DateTimeValue that) {
      return whole == that.whole
          ? new TimeDeltaValue(Duration.between(that.time, time).toNanos() / 1000)
          : null;
    } else if (other instanceof TimeDeltaValue delta
        && (operator.equals("+") || (left && operator.equals("-")))) {
      return new DateTimeValue(time.plus(delta.duration(operator.equals("-"))), whole);
    }
    return null;
  }

  private String format(String format) {
    return DateFilters.format(format, time.atZone(ZoneOffset.UTC));
  }

  private record Method(DateTimeValue of, String name) implements FunctionValue {
    @Override
    public Value call(List<Value> positional, Map<String, Value> named) {
      String text = positional.isEmpty() ? "" : Python.str(positional.get(0));
      return switch (name) {
        case "strftime" -> new StrValue(of.format(text));
        case "isoformat" -> new StrValue(of.str().replace(" ", positional.isEmpty() ? "T" : text));
        case "weekday" -> Value.of(of.time.getDayOfWeek().getValue() - 1L);
        case "isoweekday" -> Value.of((long) of.time.getDayOfWeek().getValue());
        case "date" -> new DateTimeValue(of.time.toLocalDate().atStartOfDay(), false);
        default -> {
          java.time.Instant instant = of.time.atZone(ZoneId.systemDefault()).toInstant();
          yield new FloatValue(instant.getEpochSecond() + instant.getNano() * 1e-9);
        }
      };
    }
  }
}
