package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.template.ops.Arithmetic;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Dates and times, in the notation of C's {@code strftime}. */
final class DateFilters implements Library.Group {
  @Override
  public void declare(Library.Builder to) {
    to.filter(
        "strftime", Params.of("second?", "utc?"), "a time, now unless given, in this format", this);
    to.filter("to_datetime", Params.of("format?"), "a time read from a text in this format", this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    if (name.equals("strftime")) {
      ZoneId zone = call.flag(1, false) ? ZoneOffset.UTC : ZoneId.systemDefault();
      return new StrValue(format(call.text(), instant(call).atZone(zone)));
    }
    return new DateTimeValue(DateReader.read(call.text(), call.text(0, "%Y-%m-%d %H:%M:%S")));
  }

  private static Instant instant(Call call) {
    if (!call.given(0)) {
      return Instant.now();
    }
    Value seconds = Numbers.floating(call.arg(0));
    if (seconds == null || Math.abs(Arithmetic.toDouble(seconds)) > 1e11) {
      throw call.error("Invalid value for epoch value (" + call.text(0) + ")");
    }
    return Instant.ofEpochMilli((long) (Arithmetic.toDouble(seconds) * 1000));
  }

  static String format(String format, ZonedDateTime time) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 >= format.length()) {
        out.append(c);
        continue;
      }
      char field = format.charAt(++i);
      boolean unpadded = field == '-' && i + 1 < format.length();
      field = unpadded ? format.charAt(++i) : field;
      String text = field(field, time);
      out.append(unpadded ? text.replaceFirst("^[0 ]+(?=.)", "") : text);
    }
    return out.toString();
  }

  private static String field(char field, ZonedDateTime t) {
    try {
      return switch (field) {
        case 'Y' -> String.valueOf(t.getYear());
        case 'C' -> two(t.getYear() / 100);
        case 'y' -> two(t.getYear() % 100);
        case 'm' -> two(t.getMonthValue());
        case 'd' -> two(t.getDayOfMonth());
        case 'e' -> String.format(Locale.ROOT, "%2d", t.getDayOfMonth());
        case 'H' -> two(t.getHour());
        case 'I' -> two(t.get(ChronoField.CLOCK_HOUR_OF_AMPM));
        case 'M' -> two(t.getMinute());
        case 'S' -> two(t.getSecond());
        case 'f' -> String.format(Locale.ROOT, "%06d", t.getNano() / 1000);
        case 'j' -> String.format(Locale.ROOT, "%03d", t.getDayOfYear());
        case 'p' -> t.getHour() < 12 ? "AM" : "PM";
        case 'a' -> t.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        case 'A' -> t.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        case 'b', 'h' -> t.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        case 'B' -> t.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        case 'u' -> String.valueOf(t.getDayOfWeek().getValue());
        case 'w' -> String.valueOf(t.getDayOfWeek().getValue() % 7);
        case 'V' -> two(t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        case 'G' -> String.valueOf(t.get(IsoFields.WEEK_BASED_YEAR));
        case 'U' -> two((t.getDayOfYear() + 6 - t.getDayOfWeek().getValue() % 7) / 7);
        case 'W' -> two((t.getDayOfYear() + 6 - (t.getDayOfWeek().getValue() + 6) % 7) / 7);
        case 's' -> String.valueOf(t.toEpochSecond());
        case 'z' -> DateTimeFormatter.ofPattern("xx", Locale.ROOT).format(t);
        case 'Z' ->
            t.getZone().equals(ZoneOffset.UTC)
                ? "UTC"
                : DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(t);
        case 'F' -> format("%Y-%m-%d", t);
        case 'T' -> format("%H:%M:%S", t);
        case 'R' -> format("%H:%M", t);
        case 'D', 'x' -> format("%m/%d/%y", t);
        case 'X' -> format("%H:%M:%S", t);
        case 'c' -> format("%a %b %e %H:%M:%S %Y", t);
        case 'n' -> "\n";
        case 't' -> "\t";
        case '%' -> "%";
        default -> "%" + field;
      };
    } catch (DateTimeException e) {
      throw new ValueException("the time cannot be written: " + e.getMessage());
    }
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : String.valueOf(number);
  }
}
