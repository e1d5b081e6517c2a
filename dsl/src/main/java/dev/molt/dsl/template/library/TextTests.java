package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.Value;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a text looks like. */
final class TextTests implements Library.Group {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):");
  private static final Pattern HOST =
      Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*):)?//([^/?#]+).*", Pattern.DOTALL);

  @Override
  public void declare(Library.Builder to) {
    Params regex = Params.of("pattern?", "ignorecase?", "multiline?");
    to.test("match", regex, "a regular expression matches its start", this);
    to.test("search", regex, "a regular expression matches somewhere in it", this);
    to.test(
        "regex",
        Params.of("pattern?", "ignorecase?", "multiline?", "match_type?"),
        "a regular expression matches somewhere in it",
        this);
    to.test("lower", Params.NONE, "it is in lower case", this);
    to.test("upper", Params.NONE, "it is in upper case", this);
    to.test("url", Params.of("schemes?"), "it is a URL", this);
    to.test("uri", Params.of("schemes?"), "it is a URI", this);
    to.test("urn", Params.NONE, "it is a URN", this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    String s = call.text();
    return BoolValue.of(
        switch (name) {
          case "match", "search", "regex" -> matches(name, s, call);
          case "lower" ->
              s.equals(s.toLowerCase(Locale.ROOT)) && !s.equals(s.toUpperCase(Locale.ROOT));
          case "upper" ->
              s.equals(s.toUpperCase(Locale.ROOT)) && !s.equals(s.toLowerCase(Locale.ROOT));
          case "url" -> among(s, call) && (HOST.matcher(s).lookingAt() || scheme(s).equals("file"));
          case "uri" -> among(s, call);
          case "urn" -> scheme(s).equals("urn");
          default -> throw Builtins.undeclared(name);
        });
  }

  /** What stands before the first colon, as far as it can be a scheme; else nothing. */
  private static String scheme(String s) {
    Matcher matcher = SCHEME.matcher(s);
    return matcher.lookingAt() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
  }

  /** Any text can be read as a URI; what the schemes are may be said. */
  private static boolean among(String s, Call call) {
    String host = HOST.matcher(s).replaceFirst("$2");
    if (host.indexOf('[') >= 0 != host.indexOf(']') >= 0) {
      return false;
    } else if (!call.given(0)) {
      return true;
    }
    String scheme = scheme(s);
    return dev.molt.dsl.template.ops.Iteration.items(call.arg(0)).stream()
        .anyMatch(wanted -> dev.molt.dsl.value.Python.str(wanted).equals(scheme));
  }

  private static boolean matches(String name, String s, Call call) {
    int flags = PythonRegex.flags(call.flag(1, false), call.flag(2, false));
    Matcher matcher = PythonRegex.compile(call.text(0, ""), flags, s).matcher(s);
    String how = name.equals("regex") ? call.text(3, "search") : name;
    return switch (how) {
      case "match" -> matcher.lookingAt();
      case "fullmatch" -> matcher.matches();
      default -> matcher.find();
    };
  }
}
