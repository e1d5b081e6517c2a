package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.template.ops.Arithmetic;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of files and memory. */
final class SizeFilters implements Library.Group {
  private static final String UNITS = "BKMGTPEZY";
  private static final Pattern SIZE = Pattern.compile("\\s*([0-9]*\\.?[0-9]+)\\s*([A-Za-z]*)\\s*");

  @Override
  public void declare(Library.Builder to) {
    to.filter(
        "human_readable", Params.of("isbits?", "unit?"), "a number of bytes with a unit", this);
    to.filter(
        "human_to_bytes",
        Params.of("default_unit?", "isbits?"),
        "the number of bytes of a size with a unit",
        this);
    to.filter("filesizeformat", Params.of("binary?"), "a number of bytes with a unit", this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    return switch (name) {
      case "human_readable" -> new StrValue(readable(call));
      case "human_to_bytes" -> bytes(call);
      case "filesizeformat" -> new StrValue(fileSize(call));
      default -> throw Builtins.undeclared(name);
    };
  }

  private static double number(Call call) {
    Value number = Numbers.floating(call.subject());
    if (number == null) {
      throw new ValueException(
          call.what().contains("human")
              ? "human_readable() failed on bad input: " + Python.repr(call.subject())
              : call.what() + ": needs a number, not " + Python.repr(call.subject()));
    }
    return Arithmetic.toDouble(number);
  }

  private static String readable(Call call) {
    double size = number(call);
    boolean bits = call.flag(0, false);
    String wanted = call.text(1, "").toUpperCase(Locale.ROOT);
    int power = wanted.isEmpty() ? -1 : UNITS.indexOf(wanted.charAt(0));
    if (power < 0) {
      power = 0;
      while (power < UNITS.length() - 1 && size >= Math.pow(1024, power + 1)) {
        power++;
      }
    }
    String base = bits ? "bits" : "Bytes";
    String unit = power == 0 ? base : UNITS.charAt(power) + (bits ? "b" : "B");
    return String.format(Locale.ROOT, "%.2f %s", size / Math.pow(1024, power), unit);
  }

  private static Value bytes(Call call) {
    Matcher matcher = SIZE.matcher(call.text());
    boolean bits = call.flag(1, false);
    if (!matcher.matches()) {
      throw new ValueException("human_to_bytes() can't interpret following string: " + call.text());
    }
    String given = matcher.group(2).isEmpty() ? call.text(0, "B") : matcher.group(2);
    String unit = given.isEmpty() ? "B" : given;
    int power = UNITS.indexOf(Character.toUpperCase(unit.charAt(0)));
    boolean words = unit.toLowerCase(Locale.ROOT).matches(bits ? "bits?" : "bytes?");
    boolean plain =
        words
            || unit.length() == 1
            || (unit.length() == 2 && unit.charAt(1) == (bits ? 'b' : 'B') && power > 0);
    if (power < 0 || !plain) {
      throw new ValueException(
          "human_to_bytes() failed to convert "
              + call.text()
              + " (unit = "
              + unit
              + "). The suffix must be one of "
              + String.join(", ", UNITS.split("")));
    }
    double value = Double.parseDouble(matcher.group(1)) * Math.pow(1024, words ? 0 : power);
    return new IntValue(new java.math.BigDecimal(Math.rint(value)).toBigInteger());
  }

  private static String fileSize(Call call) {
    double size = number(call);
    boolean binary = call.flag(0, false);
    double base = binary ? 1024 : 1000;
    if (size == 1) {
      return "1 Byte";
    } else if (size < base) {
      return Python.str(IntValue.of((long) size)) + " Bytes";
    }
    int power = 1;
    while (power < 8 && size >= Math.pow(base, power + 1)) {
      power++;
    }
    String unit = (binary || power > 1 ? "" + UNITS.charAt(power) : "k") + (binary ? "iB" : "B");
    return String.format(Locale.ROOT, "%.1f %s", size / Math.pow(base, power), unit);
  }
}
