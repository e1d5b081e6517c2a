package dev.molt.dsl.template.library;

import dev.molt.dsl.template.ops.ObjectValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.FunctionValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A time, with the attributes that Python's has. */
record DateTimeValue(LocalDateTime time) implements ObjectValue {
  private static final List<String> NAMES =
      List.of(
          "year",
          "month",
          "day",
          "hour",
          "minute",
          "second",
          "microsecond",
          "strftime",
          "isoformat",
          "timestamp",
          "weekday");

  @Override
  public String name() {
    return "datetime";
  }

  @Override
  public Collection<String> attributeNames() {
    return NAMES;
  }

  @Override
  public Value attribute(String name) {
    return switch (name) {
      case "year" -> Value.of((long) time.getYear());
      case "month" -> Value.of((long) time.getMonthValue());
      case "day" -> Value.of((long) time.getDayOfMonth());
      case "hour" -> Value.of((long) time.getHour());
      case "minute" -> Value.of((long) time.getMinute());
      case "second" -> Value.of((long) time.getSecond());
      case "microsecond" ->
          Value.of((long) time.get(java.time.temporal.ChronoField.MICRO_OF_SECOND));
      case "strftime", "isoformat", "timestamp", "weekday" -> new Method(this, name);
      default -> null;
    };
  }

  /** As Python shows it. */
  String text() {
    return DateFilters.format(
        "%Y-%m-%d %H:%M:%S" + (!time.equals(time.withNano(0)) ? ".%f" : ""),
        time.atZone(ZoneOffset.UTC));
  }

  private record Method(DateTimeValue of, String name) implements FunctionValue {
    @Override
    public Value call(List<Value> positional, Map<String, Value> named) {
      return switch (name) {
        case "strftime" ->
            new StrValue(
                DateFilters.format(
                    positional.isEmpty() ? "" : Python.str(positional.get(0)),
                    of.time.atZone(ZoneOffset.UTC)));
        case "isoformat" -> new StrValue(of.text().replace(' ', 'T'));
        case "weekday" -> Value.of(of.time.getDayOfWeek().getValue() - 1L);
        default -> {
          java.time.Instant instant = of.time.atZone(ZoneId.systemDefault()).toInstant();
          yield new FloatValue(instant.toEpochMilli() / 1000.0);
        }
      };
    }
  }
}
