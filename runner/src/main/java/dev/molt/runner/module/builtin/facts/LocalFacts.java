package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;

/**
 * Facts that the host's owner has put there: files {@code *.fact} of JSON or of sections and keys,
 * or programs that print such. One that cannot be had is a text that says why.
 */
final class LocalFacts {
  private static final String STAT = "Could not stat fact";
  private static final String EXECUTE = "Could not execute fact script";
  private static final String FAILURE = "Failure executing fact script";
  private static final String LOADING = "error loading fact";

  /** A program's output goes straight to ours, and what it complains of into a variable. */
  private static final String SCRIPT =
      """
      for f in "$P"/*.fact; do
        if [ ! -e "$f" ]; then
          [ -L "$f" ] && s "fact missing $f"
        elif [ -x "$f" ] && [ ! -d "$f" ]; then
          s "fact ran $f"
          { x=$("$f" 2>&1 >&3 3>&-); r=$?; } 3>&1
          s "fact rc $f"; printf '%s\\n' "$r" "$x"
        else
          s "fact file $f"; cat "$f" 2>/dev/null
        fi
      done
      """;

  private LocalFacts() {}

  static FactSource source() {
    return new FactSource(SCRIPT, LocalFacts::read);
  }

  /** Whether a fact is a text that says why there is none. */
  static boolean isProblem(String text) {
    return text.startsWith(STAT)
        || text.startsWith(EXECUTE)
        || text.startsWith(FAILURE)
        || text.startsWith(LOADING);
  }

  private static void read(Reply reply, MapValue facts) {
    MapValue local = MapValue.empty();
    reply.each(
        "fact missing ",
        (path, text) ->
            local.put(
                name(path),
                Value.of(
                    STAT
                        + " ("
                        + path
                        + "): [Errno 2] No such file or directory: '"
                        + path
                        + "'")));
    reply.each("fact file ", (path, text) -> local.put(name(path), parse(path, text)));
    reply.each(
        "fact ran ",
        (path, text) -> local.put(name(path), ran(path, text, reply.raw("fact rc " + path))));
    facts.put("local", local);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replace(".fact", "");
  }

  private static Value ran(String path, String output, String ending) {
    int lineEnd = ending.indexOf('\n');
    String status = lineEnd < 0 ? ending.strip() : ending.substring(0, lineEnd);
    String errors = lineEnd < 0 ? "" : ending.substring(lineEnd + 1);
    if (status.equals("126")) {
      return Value.of(EXECUTE + " (" + path + "): " + errors.strip());
    } else if (!status.equals("0")) {
      return Value.of(FAILURE + " (" + path + "), rc: " + status + ", err: " + errors);
    }
    return parse(path, output);
  }

  private static Value parse(String path, String text) {
    if (text.indexOf('\ufffd') >= 0) {
      return Value.of(LOADING + " - output of running \"" + path + "\" was not utf-8");
    }
    try {
      return Json.parse(text);
    } catch (ValueException notJson) {
      return ini(path, text);
    }
  }

  private static Value ini(String path, String text) {
    try {
      return IniFacts.parse(text);
    } catch (IniFacts.BadValueException e) {
      return Value.of(
          LOADING + "s as ini - please check content: " + path + " (" + e.getMessage() + ")");
    } catch (IllegalArgumentException e) {
      return Value.of(LOADING + "s as JSON or ini - please check content: " + path);
    }
  }
}
