package dev.molt.dsl.template.library;

import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.template.ops.KeyValues;
import dev.molt.dsl.template.ops.Printf;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lookup {@code sequence}: {@code start=1 end=5 stride=2 format=x%02d}, or {@code 1-5/2:x%02d}.
 * Its messages are Ansible's, since playbooks compare them.
 */
final class Sequence {
  private static final String NUMBER = "((?i)0?x?[0-9a-f]+)";
  private static final Pattern SHORT =
      Pattern.compile("(?:" + NUMBER + "-)?" + NUMBER + "(?:/" + NUMBER + ")?(?::(.+))?");
  private static final List<String> NAMES = List.of("start", "end", "stride", "format", "count");

  private Sequence() {}

  static List<Value> of(List<Value> terms, Map<String, Value> options) {
    List<Value> out = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    terms.forEach(term -> texts.add(Python.str(term)));
    for (String term : texts.isEmpty() ? List.of("") : texts) {
      Map<String, String> given = new LinkedHashMap<>();
      options.forEach((key, value) -> given.put(key, Python.str(value)));
      read(term, given);
      generate(given, out);
    }
    return out;
  }

  private static void read(String term, Map<String, String> into) {
    Matcher matcher = SHORT.matcher(term.strip());
    if (matcher.matches()) {
      for (int i = 0; i < 4; i++) {
        if (matcher.group(i + 1) != null) {
          into.put(NAMES.get(i), matcher.group(i + 1));
        }
      }
      return;
    }
    KeyValues words = KeyValues.read(term);
    into.putAll(words.pairs());
    List<String> unknown = new ArrayList<>();
    into.keySet().stream().filter(name -> !NAMES.contains(name)).forEach(unknown::add);
    if (!words.rest().isEmpty()) {
      // In the short form, only a wrong number can have come here.
      throw words.rest().matches("[^ ]*[0-9/-][^ ]*")
          ? invalid("start", words.rest())
          : new ValueException("unrecognized arguments to with_sequence: ['_raw_params']");
    } else if (!unknown.isEmpty()) {
      throw new ValueException(
          "unrecognized arguments to with_sequence: "
              + Python.repr(dev.molt.dsl.value.ListValue.ofStrings(unknown)));
    }
  }

  private static void generate(Map<String, String> given, List<Value> out) {
    long start = number(given, "start", 1);
    long stride = number(given, "stride", 1);
    long end = number(given, "end", 0);
    long count = number(given, "count", 0);
    if (!given.containsKey("count") && !given.containsKey("end")) {
      throw new ValueException("must specify count or end in with_sequence");
    } else if (given.containsKey("count") && given.containsKey("end")) {
      throw new ValueException("can't specify both count and end in with_sequence");
    } else if (given.containsKey("count")) {
      if (count == 0) {
        return;
      }
      end = start + count * stride - 1;
    }
    if (stride > 0 && end < start) {
      throw new ValueException("to count backwards make stride negative");
    } else if (stride < 0 && end > start) {
      throw new ValueException("to count forward don't make stride negative");
    }
    String format = given.getOrDefault("format", "%d");
    if (format.chars().filter(c -> c == '%').count() != 1) {
      throw new ValueException("bad formatting string: " + format);
    } else if (stride == 0) {
      return;
    }
    Iteration.bounded(Math.abs((end - start) / stride), 1_000_000);
    for (long i = start; stride > 0 ? i <= end : i >= end; i += stride) {
      out.add(new StrValue(Printf.format(format, IntValue.of(i))));
    }
  }

  private static long number(Map<String, String> given, String name, long otherwise) {
    String text = given.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      boolean hex = text.matches("(?i)-?0x.*");
      return (hex ? Long.decode(text) : Long.parseLong(text)) % (1L << 40);
    } catch (NumberFormatException e) {
      throw invalid(name, text);
    }
  }

  private static ValueException invalid(String name, String text) {
    return new ValueException(
        "Invalid type for configuration option setting: "
            + name
            + ": '"
            + text
            + "' is not a whole number");
  }
}
