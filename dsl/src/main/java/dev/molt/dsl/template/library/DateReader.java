package dev.molt.dsl.template.library;

import dev.molt.dsl.value.ValueException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;

/** Reads a time in the notation of C's {@code strptime}. */
public final class DateReader {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private final String text;
  private final String format;
  private int at;
  private int year = 1900;
  private int month = 1;
  private int day = 1;
  private int hour;
  private int minute;
  private int second;
  private int nano;
  private boolean afternoon;

  private DateReader(String text, String format) {
    this.text = text;
    this.format = format;
  }

  /**
   * Reads.
   *
   * @throws ValueException if the text is not in the format, or is no time
   */
  public static LocalDateTime read(String text, String format) {
    return new DateReader(text, format).run();
  }

  private LocalDateTime run() {
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '%' && i + 1 < format.length()) {
        field(format.charAt(++i));
      } else if (at < text.length() && text.charAt(at) == c) {
        at++;
      } else {
        throw mismatch();
      }
    }
    if (at < text.length()) {
      throw mismatch();
    }
    try {
      return LocalDateTime.of(
          year, month, day, (hour % 24) + (afternoon && hour < 12 ? 12 : 0), minute, second, nano);
    } catch (DateTimeException e) {
      throw new ValueException("'" + text + "' is not a time: " + e.getMessage());
    }
  }

  private void field(char field) {
    switch (field) {
      case 'Y' -> year = number(4);
      case 'y' -> {
        int two = number(2);
        year = two < 69 ? 2000 + two : 1900 + two;
      }
      case 'm' -> month = number(2);
      case 'd' -> day = number(2);
      case 'H', 'I' -> hour = number(2);
      case 'M' -> minute = number(2);
      case 'S' -> second = number(2);
      case 'f' -> {
        int from = at;
        int value = number(6);
        nano = value * (int) Math.pow(10, 9 - (at - from));
      }
      case 'p' -> {
        afternoon = word().equals("pm");
        hour = !afternoon && hour == 12 ? 0 : hour;
      }
      case 'b', 'B', 'h' -> {
        String name = word();
        month = name.length() < 3 ? 0 : MONTHS.indexOf(name.substring(0, 3)) + 1;
      }
      case 'a', 'A', 'Z' -> word();
      case 'T' -> fields("H:M:S");
      case 'F' -> fields("Y-m-d");
      case 'z' -> {
        at += at < text.length() && text.charAt(at) == 'Z' ? 1 : Math.min(5, text.length() - at);
      }
      default -> throw new ValueException("'%" + field + "' cannot be read in a time");
    }
  }

  private void fields(String spec) {
    for (int i = 0; i < spec.length(); i++) {
      char c = spec.charAt(i);
      if (Character.isLetter(c)) {
        field(c);
      } else if (at < text.length() && text.charAt(at) == c) {
        at++;
      } else {
        throw mismatch();
      }
    }
  }

  private int number(int digits) {
    int from = at;
    while (at < text.length() && at < from + digits && Character.isDigit(text.charAt(at))) {
      at++;
    }
    if (at == from) {
      throw mismatch();
    }
    return Integer.parseInt(text.substring(from, at));
  }

  private String word() {
    int from = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at).toLowerCase(Locale.ROOT);
  }

  private ValueException mismatch() {
    return new ValueException("time data '" + text + "' does not match format '" + format + "'");
  }
}
