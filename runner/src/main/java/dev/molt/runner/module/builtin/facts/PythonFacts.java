package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host's Python, for playbooks that ask; nothing here needs it, and where there is none there
 * are no such facts. It is asked for its version only, which it tells before it starts in earnest,
 * and only if it is a program and no script that chooses one.
 */
final class PythonFacts {
  private static final Pattern VERSION =
      Pattern.compile("Python (\\d+)\\.(\\d+)\\.(\\d+)(a|b|rc)?(\\d+)?\\S*");

  static final String SCRIPT =
      """
      s python
      for f in /usr/bin/python3 /usr/libexec/platform-python $(command -v python3) \
          /usr/local/bin/python3; do
        [ -f "$f" ] && [ -x "$f" ] || continue
        case $(od -An -tx1 -N4 "$f") in
          *7f*45*4c*46*) within "$f" -V 2>&1 && printf '%s\\n' "$f" && break ;;
        esac
      done
      """;

  private PythonFacts() {}

  static FactSource source() {
    return FactSource.derived(PythonFacts::read);
  }

  /** The version, such as {@code 3.11.2}. */
  static Optional<String> version(Reply reply) {
    return matcher(reply).map(m -> m.group(1) + "." + m.group(2) + "." + m.group(3) + suffix(m));
  }

  private static String suffix(Matcher matcher) {
    return matcher.group(4) == null ? "" : matcher.group(4) + matcher.group(5);
  }

  private static Optional<Matcher> matcher(Reply reply) {
    Matcher matcher = VERSION.matcher(reply.text("python"));
    return matcher.lookingAt() ? Optional.of(matcher) : Optional.empty();
  }

  private static void read(Reply reply, MapValue facts) {
    Optional<Matcher> found = matcher(reply);
    if (found.isEmpty()) {
      return;
    }
    Matcher matcher = found.get();
    Value major = number(matcher.group(1));
    Value minor = number(matcher.group(2));
    Value micro = number(matcher.group(3));
    Value level = Value.of(level(matcher.group(4)));
    Value serial = number(matcher.group(5) == null ? "0" : matcher.group(5));
    String executable = reply.text("python").substring(matcher.end()).strip();
    MapValue version =
        MapValue.empty()
            .put("major", major)
            .put("minor", minor)
            .put("micro", micro)
            .put("releaselevel", level)
            .put("serial", serial);
    facts.put(
        "python",
        MapValue.empty()
            .put("version", version)
            .put("version_info", ListValue.of(major, minor, micro, level, serial))
            .put("executable", Value.of(executable))
            .put("has_sslcontext", BoolValue.TRUE)
            .put("type", Value.of(executable.contains("pypy") ? "pypy" : "cpython")));
  }

  private static String level(String letters) {
    if (letters == null) {
      return "final";
    }
    return switch (letters) {
      case "a" -> "alpha";
      case "b" -> "beta";
      default -> "candidate";
    };
  }

  private static Value number(String digits) {
    return Value.of(Long.parseLong(digits));
  }
}
