package dev.molt.dsl.template.library;

import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.template.ops.Printf;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lookup {@code sequence}: {@code start=1 end=5 stride=2 format=x%02d}, or {@code 1-5/2:x%02d}.
 */
final class Sequence {
  private static final Pattern SHORT =
      Pattern.compile(
          "(?:(-?(?:0x)?[0-9a-fA-F]+)-)?(-?(?:0x)?[0-9a-fA-F]+)(?:/(-?[0-9]+))?(?::(.+))?");

  private Sequence() {}

  static List<Value> of(List<Value> terms, Map<String, Value> options) {
    List<Value> out = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    terms.forEach(term -> texts.add(Python.str(term)));
    for (String term : texts.isEmpty() ? List.of("") : texts) {
      Map<String, String> given = new HashMap<>();
      options.forEach((key, value) -> given.put(key, Python.str(value)));
      read(term, given);
      generate(given, out);
    }
    return out;
  }

  private static void read(String term, Map<String, String> into) {
    Matcher matcher = SHORT.matcher(term.trim());
    if (matcher.matches()) {
      String[] names = {"start", "end", "stride", "format"};
      for (int i = 0; i < names.length; i++) {
        if (matcher.group(i + 1) != null) {
          into.put(names[i], matcher.group(i + 1));
        }
      }
      return;
    }
    for (String part : term.trim().split("\\s+")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        into.put(part.substring(0, equals), part.substring(equals + 1));
      } else if (!part.isEmpty()) {
        throw new ValueException("the lookup sequence cannot read '" + term + "'");
      }
    }
  }

  private static void generate(Map<String, String> given, List<Value> out) {
    if (given.containsKey("count") == given.containsKey("end")) {
      throw new ValueException("the lookup sequence needs either count or end");
    }
    long start =
        number(
            given, "start", given.containsKey("count") && number(given, "count", 0) == 0 ? 0 : 1);
    long stride = number(given, "stride", 1);
    long end;
    if (given.containsKey("count")) {
      long count = number(given, "count", 0);
      if (count == 0) {
        return;
      }
      end = start + (count - 1) * stride;
    } else {
      end = number(given, "end", 0);
    }
    if (stride == 0) {
      return;
    } else if (stride > 0 && end < start) {
      throw new ValueException("to count backwards make stride negative");
    } else if (stride < 0 && end > start) {
      throw new ValueException("to count forward don't make stride negative");
    }
    Iteration.bounded(Math.abs((end - start) / stride), 1_000_000);
    String format = given.getOrDefault("format", "%d");
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
      return Long.decode(text.matches("-?0[0-9]+") ? text.replaceFirst("0+(?=.)", "") : text)
          % (1L << 40);
    } catch (NumberFormatException e) {
      throw new ValueException("the lookup sequence needs a number for " + name + ", not " + text);
    }
  }
}
