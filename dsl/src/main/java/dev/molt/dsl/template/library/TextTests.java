package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.Value;
import java.util.Locale;
import java.util.regex.Matcher;

/** What a text looks like. */
final class TextTests implements Library.Group {
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
          case "url" -> s.matches("[A-Za-z][A-Za-z0-9+.-]*://[^/?#\\s].*") && scheme(s, call);
          case "uri" -> s.matches("[A-Za-z][A-Za-z0-9+.-]*:\\S.*") && scheme(s, call);
          case "urn" -> s.matches("(?i)urn:[^:]+:\\S+");
          default -> throw Builtins.undeclared(name);
        });
  }

  private static boolean scheme(String s, Call call) {
    if (!call.given(0)) {
      return true;
    }
    String scheme = s.substring(0, s.indexOf(':')).toLowerCase(Locale.ROOT);
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
