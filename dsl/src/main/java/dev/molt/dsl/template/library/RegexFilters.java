package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** Regular expressions, in Python's notation. */
final class RegexFilters implements Library.Group {
  @Override
  public void declare(Library.Builder to) {
    to.filter(
        "regex_replace",
        Params.of(
            "pattern?", "replacement?", "ignorecase?", "multiline?", "count?", "mandatory_count?"),
        "what matches replaced; \\1 and \\g<name> stand for groups",
        this);
    to.filter(
        "regex_search",
        Params.of("regex", "*", "**"),
        "the first match, or the groups that are asked for, or none",
        this);
    to.filter(
        "regex_findall",
        Params.of("regex", "multiline?", "ignorecase?"),
        "all matches, or their groups",
        this);
    to.filter(
        "regex_escape",
        Params.of("re_type?"),
        "with what a regular expression reads escaped",
        this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    return switch (name) {
      case "regex_replace" -> replace(call);
      case "regex_search" -> search(call);
      case "regex_findall" -> findAll(call);
      case "regex_escape" -> new StrValue(escape(call.text(), call.text(0, "python")));
      default -> throw Builtins.undeclared(name);
    };
  }

  private static Value replace(Call call) {
    String subject = call.text();
    String replacement = call.text(1, "");
    int flags = PythonRegex.flags(call.flag(2, false), call.flag(3, false));
    PythonRegex regex = PythonRegex.compile(call.text(0, ""), flags, subject);
    Matcher matcher = regex.matcher(subject);
    StringBuilder out = new StringBuilder();
    int from = 0;
    int done = 0;
    int most = call.number(4, 0);
    while ((most == 0 || done < most) && matcher.find()) {
      out.append(subject, from, matcher.start());
      regex.expand(replacement, matcher, out);
      Iteration.bounded(out.length(), Python.MAX_TEXT);
      from = matcher.end();
      done++;
    }
    int wanted = call.number(5, 0);
    if (wanted != 0 && wanted != done) {
      throw call.error(
          String.format(
              "'%s' should match %d times, but matches %d times", call.text(0), wanted, done));
    }
    return new StrValue(out.append(subject, from, subject.length()).toString());
  }

  private static Value search(Call call) {
    String subject = call.text();
    boolean ignoreCase = keyword(call, "ignorecase");
    boolean multiline = keyword(call, "multiline");
    PythonRegex regex =
        PythonRegex.compile(call.text(0), PythonRegex.flags(ignoreCase, multiline), subject);
    Matcher matcher = regex.matcher(subject);
    if (!matcher.find()) {
      return NullValue.NULL;
    } else if (call.rest().isEmpty()) {
      return new StrValue(matcher.group());
    }
    List<Value> groups = new ArrayList<>();
    for (Value wanted : call.rest()) {
      String text = Python.str(wanted);
      boolean named = text.startsWith("\\g<") && text.endsWith(">");
      if (!named && !text.startsWith("\\")) {
        throw new dev.molt.dsl.value.ValueException(
            "Unknown argument", "a group is asked for as \\\\1 or \\\\g<name>, not as " + text);
      }
      String name = named ? text.substring(3, text.length() - 1) : text.substring(1);
      groups.add(group(matcher, regex.group(name, matcher)));
    }
    return new ListValue(groups);
  }

  private static boolean keyword(Call call, String name) {
    return call.keywords().containsKey(name) && Truth.of(call.keywords().get(name));
  }

  private static Value group(Matcher matcher, int group) {
    String text = matcher.group(group);
    return text == null ? NullValue.NULL : new StrValue(text);
  }

  private static Value findAll(Call call) {
    String subject = call.text();
    int flags = PythonRegex.flags(call.flag(2, false), call.flag(1, false));
    Matcher matcher = PythonRegex.compile(call.text(0), flags, subject).matcher(subject);
    List<Value> found = new ArrayList<>();
    while (matcher.find()) {
      call.context().step();
      List<String> groups = new ArrayList<>();
      for (int i = 1; i <= matcher.groupCount(); i++) {
        groups.add(matcher.group(i) == null ? "" : matcher.group(i));
      }
      found.add(
          groups.size() > 1
              ? new ListValue(ListValue.ofStrings(groups).items(), ListValue.Kind.TUPLE)
              : new StrValue(groups.isEmpty() ? matcher.group() : groups.get(0)));
    }
    return new ListValue(found);
  }

  private static String escape(String text, String type) {
    String special =
        switch (type) {
          case "python" -> "()[]{}?*+-|^$\\.&~# \t\n\r\u000b\f";
          case "posix_basic" -> "[].^$*\\";
          default ->
              throw new dev.molt.dsl.value.ValueException(
                  type.equals("posix_extended")
                      ? "Regex type (" + type + ") not yet implemented"
                      : "Invalid regex type (" + type + ")");
        };
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(special.indexOf(c) >= 0 ? "\\" : "").append(c);
    }
    return out.toString();
  }
}
