package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.template.ops.Printf;
import dev.molt.dsl.template.ops.Splitting;
import dev.molt.dsl.template.ops.Texts;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Texts: case, blanks, parts. */
final class StringFilters implements Library.Group {
  @Override
  public void declare(Library.Builder to) {
    to.filter("upper", Params.NONE, "in upper case", this);
    to.filter("lower", Params.NONE, "in lower case", this);
    to.filter("capitalize", Params.NONE, "first character upper case, the rest lower", this);
    to.filter("title", Params.NONE, "each word with a first character in upper case", this);
    to.filter("trim", Params.of("chars?"), "without blanks at both ends", this);
    to.filter(
        "replace", Params.of("old", "new", "count?"), "with each part replaced by another", this);
    to.filter("split", Params.of("sep?", "maxsplit?"), "the parts between separators", this);
    to.filter("splitlines", Params.of("keepends?"), "the lines", this);
    to.filter("join", Params.of("d?", "attribute?"), "the items as one text", this);
    to.filter("format", Params.of("*", "**"), "a printf-style format filled in", this);
    to.filter("wordcount", Params.NONE, "how many words there are", this);
    to.filter("quote", Params.NONE, "quoted for a shell", this);
    to.filter("reverse", Params.NONE, "the items or characters from the last to the first", this);
    to.filter("escape e", Params.NONE, "with &, <, >, ' and \" escaped for HTML", this);
    to.filter("forceescape", Params.NONE, "as escape", this);
    to.filter("striptags", Params.NONE, "without HTML tags, blanks put together", this);
    to.filter("xmlattr", Params.of("autospace?"), "a dict as HTML attributes", this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    return switch (name) {
      case "split" ->
          ListValue.ofStrings(
              Splitting.split(call.text(), call.text(0), call.number(1, -1), false));
      case "splitlines" -> ListValue.ofStrings(Splitting.lines(call.text(), call.flag(0, false)));
      case "wordcount" ->
          IntValue.of(
              PythonRegex.compile("\\w+", 0, call.text()).matcher(call.text()).results().count());
      case "reverse" -> reverse(call);
      default -> new StrValue(text(name, call));
    };
  }

  private static String text(String name, Call call) {
    boolean none = name.equals("quote") && call.subject() instanceof NullValue;
    String s = none || name.equals("join") || name.equals("xmlattr") ? "" : call.text();
    return switch (name) {
      case "upper" -> s.toUpperCase(Locale.ROOT);
      case "lower" -> s.toLowerCase(Locale.ROOT);
      case "capitalize" -> Texts.capitalize(s);
      case "title" -> title(s);
      case "trim" -> trim(s, call.text(0));
      case "replace" ->
          Splitting.replace(s, call.text(0, ""), call.text(1, ""), call.number(2, -1));
      case "join" -> join(call);
      case "format" ->
          Printf.format(
              s,
              call.keywords().isEmpty()
                  ? new ListValue(call.rest(), ListValue.Kind.TUPLE)
                  : MapValue.ofStrings(call.keywords()));
      case "quote" -> quote(s);
      case "escape", "forceescape" -> escape(s);
      case "striptags" ->
          String.join(
              " ", Splitting.split(s.replaceAll("<!--[^>]*-->|<[^>]*>", ""), null, -1, false));
      case "xmlattr" -> attributes(call);
      default -> throw Builtins.undeclared(name);
    };
  }

  private static String trim(String s, String characters) {
    return characters == null ? Texts.strip(s) : Texts.strip(s, characters, true, true);
  }

  private static Value reverse(Call call) {
    if (call.subject() instanceof StrValue text) {
      return new StrValue(new StringBuilder(text.text()).reverse().toString());
    }
    List<Value> items = new ArrayList<>(call.items());
    java.util.Collections.reverse(items);
    return new ListValue(items);
  }

  /** Jinja begins a word after a blank, a hyphen or an opening bracket; Python elsewhere too. */
  private static String title(String s) {
    StringBuilder out = new StringBuilder(s.length());
    boolean first = true;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      out.append(first ? Character.toUpperCase(c) : Character.toLowerCase(c));
      first = Texts.blank(c) || "-([{<".indexOf(c) >= 0;
    }
    return out.toString();
  }

  private static String join(Call call) {
    String separator = call.text(0, "");
    StringBuilder out = new StringBuilder();
    boolean first = true;
    for (Value item : call.items()) {
      Value value = call.given(1) ? Attributes.of(item, call.text(1)) : item;
      out.append(first ? "" : separator).append(Python.str(value));
      Iteration.bounded(out.length(), Python.MAX_TEXT);
      first = false;
    }
    return out.toString();
  }

  /** In single quotes, unless no character means anything to a shell. */
  static String quote(String s) {
    boolean plain = !s.isEmpty();
    for (int i = 0; i < s.length() && plain; i++) {
      char c = s.charAt(i);
      plain = c < 0x80 && (Character.isLetterOrDigit(c) || "_@%+=:,./-".indexOf(c) >= 0);
    }
    return plain ? s : "'" + s.replace("'", "'\"'\"'") + "'";
  }

  static String escape(String s) {
    return s.replace("&", "&amp;")
        .replace(">", "&gt;")
        .replace("<", "&lt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
  }

  private static String attributes(Call call) {
    StringBuilder out = new StringBuilder();
    call.map()
        .entries()
        .forEach(
            (key, value) -> {
              if (!(value instanceof NullValue)) {
                out.append(out.length() > 0 ? " " : "").append(escape(Python.str(key)));
                out.append("=\"").append(escape(Python.str(value))).append('"');
              }
            });
    return out.length() > 0 && call.flag(0, true) ? " " + out : out.toString();
  }
}
