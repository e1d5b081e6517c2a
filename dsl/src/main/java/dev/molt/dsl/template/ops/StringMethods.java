package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;

/** The methods of texts. */
final class StringMethods {
  static final Set<String> NAMES =
      Set.of(
          "capitalize",
          "casefold",
          "center",
          "count",
          "encode",
          "endswith",
          "expandtabs",
          "find",
          "format",
          "format_map",
          "index",
          "isalnum",
          "isalpha",
          "isascii",
          "isdecimal",
          "isdigit",
          "isidentifier",
          "islower",
          "isnumeric",
          "isspace",
          "istitle",
          "isupper",
          "join",
          "ljust",
          "lower",
          "lstrip",
          "partition",
          "removeprefix",
          "removesuffix",
          "replace",
          "rfind",
          "rindex",
          "rjust",
          "rpartition",
          "rsplit",
          "rstrip",
          "split",
          "splitlines",
          "startswith",
          "strip",
          "swapcase",
          "title",
          "upper",
          "zfill",
          "decode");

  private StringMethods() {}

  static Value call(String s, String name, MethodCall call) {
    return switch (name) {
      case "count" -> IntValue.of(count(s, call));
      case "find", "index", "rfind", "rindex" -> IntValue.of(find(s, name, call));
      case "startswith", "endswith" -> BoolValue.of(affix(s, name.equals("startswith"), call));
      case "split", "rsplit" -> {
        String separator = call.takes(0, 2).text(0, "sep", null);
        int most = call.number(1, "maxsplit", -1);
        yield ListValue.ofStrings(Splitting.split(s, separator, most, name.equals("rsplit")));
      }
      case "splitlines" -> {
        Value keep = call.takes(0, 1).arg(0, "keepends");
        yield ListValue.ofStrings(Splitting.lines(s, keep != null && Truth.of(keep)));
      }
      case "partition", "rpartition" -> {
        String separator = call.takes(1, 1).text(0, "sep", "");
        yield new ListValue(
            ListValue.ofStrings(Splitting.partition(s, separator, name.equals("rpartition")))
                .items(),
            ListValue.Kind.TUPLE);
      }
      default ->
          name.startsWith("is")
              ? BoolValue.of(is(s, name.substring(2)))
              : new StrValue(text(s, name, call));
    };
  }

  private static String text(String s, String name, MethodCall call) {
    return switch (name) {
      case "upper" -> s.toUpperCase(Locale.ROOT);
      case "lower" -> s.toLowerCase(Locale.ROOT);
      case "casefold" -> s.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
      case "capitalize" -> Texts.capitalize(s);
      case "title" -> Texts.title(s);
      case "swapcase" -> swapCase(s);
      case "strip", "lstrip", "rstrip" -> strip(s, name, call);
      case "removeprefix" -> {
        String prefix = call.takes(1, 1).text(0, "prefix", "");
        yield s.startsWith(prefix) ? s.substring(prefix.length()) : s;
      }
      case "removesuffix" -> {
        String suffix = call.takes(1, 1).text(0, "suffix", "");
        yield s.endsWith(suffix) ? s.substring(0, s.length() - suffix.length()) : s;
      }
      case "replace" ->
          Splitting.replace(
              s,
              call.takes(2, 3).text(0, "old", ""),
              call.text(1, "new", ""),
              call.number(2, "count", -1));
      case "center", "ljust", "rjust" -> pad(s, name, call);
      case "zfill" -> {
        int width = call.takes(1, 1).number(0, "width", 0);
        boolean signed = s.startsWith("-") || s.startsWith("+");
        String sign = signed ? s.substring(0, 1) : "";
        String digits = s.substring(sign.length());
        int zeros = Math.max(0, width - Texts.length(s));
        yield sign + "0".repeat(Iteration.bounded(zeros, Python.MAX_TEXT)) + digits;
      }
      case "join" -> join(s, Iteration.items(call.takes(1, 1).arg(0, "iterable")));
      case "format" -> StrFormat.format(s, call.positional(), call.named());
      case "format_map" ->
          StrFormat.format(s, List.of(), StrFormat.names(call.takes(1, 1).arg(0, "mapping")));
      case "expandtabs" -> expandTabs(s, call.takes(0, 1).number(0, "tabsize", 8));
      // Texts and bytes are one here, so encoding and decoding change nothing.
      default -> s;
    };
  }

  /** The texts with a separator between them. */
  static String join(String separator, List<Value> items) {
    StringBuilder out = new StringBuilder();
    int index = 0;
    for (Value item : items) {
      if (!(item instanceof StrValue text)) {
        throw new ValueException(
            "sequence item "
                + index
                + ": expected str instance, "
                + Python.typeName(item)
                + " found",
            "the filter | join takes items of any type");
      }
      out.append(index++ == 0 ? "" : separator).append(text.text());
      Iteration.bounded(out.length(), Python.MAX_TEXT);
    }
    return out.toString();
  }

  private static String strip(String s, String name, MethodCall call) {
    String characters = call.takes(0, 1).text(0, "chars", null);
    boolean start = !name.equals("rstrip");
    boolean end = !name.equals("lstrip");
    if (characters != null) {
      return Texts.strip(s, characters, start, end);
    }
    String stripped = start ? Texts.stripStart(s) : s;
    return end ? Texts.stripEnd(stripped) : stripped;
  }

  private static String pad(String s, String name, MethodCall call) {
    int width = call.takes(1, 2).number(0, "width", 0);
    String fill = call.text(1, "fillchar", " ");
    if (Texts.length(fill) != 1) {
      throw new ValueException("the fill character must be exactly one character long");
    }
    int missing = Iteration.bounded(Math.max(0, width - Texts.length(s)), Python.MAX_TEXT);
    // Python puts the odd blank to the left only where the width is odd.
    int centered = missing / 2 + (missing & width & 1);
    int left = name.equals("ljust") ? 0 : name.equals("rjust") ? missing : centered;
    return fill.repeat(left) + s + fill.repeat(missing - left);
  }

  private static int count(String s, MethodCall call) {
    String part = call.takes(1, 3).text(0, "sub", "");
    String within = within(s, call);
    if (part.isEmpty()) {
      return Texts.length(within) + 1;
    }
    int count = 0;
    for (int at = within.indexOf(part); at >= 0; at = within.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  private static int find(String s, String name, MethodCall call) {
    String part = call.takes(1, 3).text(0, "sub", "");
    String within = within(s, call);
    int start = clamp(call.number(1, "start", 0), Texts.length(s));
    int at = name.startsWith("r") ? within.lastIndexOf(part) : within.indexOf(part);
    if (at < 0 && name.endsWith("index")) {
      throw new ValueException("substring not found");
    }
    return at < 0 ? -1 : Texts.index(within, at) + start;
  }

  private static boolean affix(String s, boolean start, MethodCall call) {
    Value wanted = call.takes(1, 3).arg(0, "prefix");
    String within = within(s, call);
    List<Value> any = wanted instanceof ListValue list ? list.items() : List.of(wanted);
    for (Value affix : any) {
      if (!(affix instanceof StrValue text)) {
        throw new ValueException(call.name() + "() takes a text, not " + Python.typeName(affix));
      } else if (start ? within.startsWith(text.text()) : within.endsWith(text.text())) {
        return true;
      }
    }
    return false;
  }

  /** The part of the text between the second and the third argument. */
  private static String within(String s, MethodCall call) {
    if (call.arg(1, "start") == null && call.arg(2, "end") == null) {
      return s;
    }
    int size = Texts.length(s);
    int from = clamp(call.number(1, "start", 0), size);
    int to = clamp(call.number(2, "end", size), size);
    return from >= to ? "" : Texts.part(s, from, to);
  }

  private static int clamp(int index, int size) {
    return Math.max(0, Math.min(size, index < 0 ? index + size : index));
  }

  private static String swapCase(String s) {
    StringBuilder out = new StringBuilder(s.length());
    s.codePoints()
        .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static String expandTabs(String s, int size) {
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      int width = c == '\t' ? (size > 0 ? size - column % size : 0) : 1;
      Iteration.bounded((long) out.length() + width, Python.MAX_TEXT);
      out.append(c == '\t' ? " ".repeat(width) : String.valueOf(c));
      column = c == '\n' || c == '\r' ? 0 : column + width;
    }
    return out.toString();
  }

  private static boolean is(String s, String what) {
    return switch (what) {
      case "alnum" -> all(s, Character::isLetterOrDigit);
      case "alpha" -> all(s, Character::isLetter);
      case "digit", "decimal", "numeric" -> all(s, Character::isDigit);
      case "space" -> all(s, Texts::blank);
      case "ascii" -> s.chars().allMatch(c -> c < 0x80);
      case "lower" -> cased(s) && s.equals(s.toLowerCase(Locale.ROOT));
      case "upper" -> cased(s) && s.equals(s.toUpperCase(Locale.ROOT));
      case "title" -> cased(s) && s.equals(Texts.title(s));
      default ->
          !s.isEmpty()
              && (Character.isLetter(s.charAt(0)) || s.charAt(0) == '_')
              && all(s, c -> Character.isLetterOrDigit(c) || c == '_');
    };
  }

  private static boolean cased(String s) {
    return s.codePoints().anyMatch(c -> Character.isUpperCase(c) || Character.isLowerCase(c));
  }

  private static boolean all(String s, IntPredicate test) {
    return !s.isEmpty() && s.codePoints().allMatch(test);
  }
}
