package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.template.ops.Splitting;
import dev.molt.dsl.template.ops.Texts;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Texts in lines: indented, wrapped, cut, as comments. */
final class LayoutFilters implements Library.Group {
  @Override
  public void declare(Library.Builder to) {
    to.filter(
        "indent", Params.of("width?", "first?", "blank?"), "with blanks before every line", this);
    to.filter(
        "wordwrap",
        Params.of("width?", "break_long_words?", "wrapstring?", "break_on_hyphens?"),
        "in lines of at most this width",
        this);
    to.filter(
        "truncate", Params.of("length?", "killwords?", "end?", "leeway?"), "cut to a length", this);
    to.filter("center", Params.of("width?"), "with blanks on both sides", this);
    to.filter("comment", Params.of("style?", "**"), "as a comment", this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    return new StrValue(
        switch (name) {
          case "indent" -> indent(call);
          case "wordwrap" -> wrap(call);
          case "truncate" -> truncate(call);
          case "center" -> {
            int missing = Math.max(0, call.number(0, 80) - Texts.length(call.text()));
            Iteration.bounded(missing, Python.MAX_TEXT);
            int width = call.number(0, 80);
            int left = missing / 2 + (missing & width & 1);
            yield " ".repeat(left) + call.text() + " ".repeat(missing - left);
          }
          case "comment" -> comment(call);
          default -> throw Builtins.undeclared(name);
        });
  }

  private static String indent(Call call) {
    Value width = call.arg(0);
    String blanks =
        width instanceof StrValue text
            ? text.text()
            : " ".repeat(Iteration.bounded(Math.max(0, call.number(0, 4)), 1 << 16));
    boolean first = call.flag(1, false);
    boolean blank = call.flag(2, false);
    StringBuilder out = new StringBuilder();
    List<String> lines = new ArrayList<>(Splitting.lines(call.text() + "\n", false));
    for (int i = 0; i < lines.size(); i++) {
      boolean wanted = (i > 0 || first) && (blank || i == 0 || !lines.get(i).isEmpty());
      out.append(i > 0 ? "\n" : "").append(wanted ? blanks : "").append(lines.get(i));
      Iteration.bounded(out.length(), Python.MAX_TEXT);
    }
    return out.toString();
  }

  private static String truncate(Call call) {
    String s = call.text();
    int length = call.number(0, 255);
    String end = call.text(2, "...");
    int leeway = call.number(3, 0);
    if (leeway == 0 && !call.given(3)) {
      leeway = 5;
    }
    if (length < Texts.length(end)) {
      throw call.error("the length must be at least that of '" + end + "'");
    } else if (Texts.length(s) <= length + leeway) {
      return s;
    }
    String cut = Texts.part(s, 0, length - Texts.length(end));
    int blank = cut.lastIndexOf(' ');
    return (call.flag(1, false) || blank < 0 ? cut : cut.substring(0, blank)) + end;
  }

  private static String wrap(Call call) {
    int width = Math.max(1, call.number(0, 79));
    boolean breakWords = call.flag(1, true);
    String separator = call.text(2, "\n");
    List<String> out = new ArrayList<>();
    for (String paragraph : Splitting.lines(call.text(), false)) {
      wrap(paragraph, width, breakWords, out);
    }
    return String.join(separator, out);
  }

  private static void wrap(String paragraph, int width, boolean breakWords, List<String> out) {
    StringBuilder line = new StringBuilder();
    for (String word : Splitting.split(paragraph, " ", -1, false)) {
      String rest = word;
      if (line.length() > 0 && line.length() + 1 + rest.length() > width) {
        out.add(Texts.stripEnd(line.toString()));
        line.setLength(0);
      } else if (line.length() > 0) {
        line.append(' ');
      }
      while (breakWords && rest.length() > width) {
        out.add(rest.substring(0, width));
        rest = rest.substring(width);
      }
      line.append(rest);
    }
    out.add(line.toString());
  }

  /** Decoration, and what stands before, between and after. */
  private static String comment(Call call) {
    Map<String, Value> options = call.keywords();
    String style = call.text(0, "plain");
    String mark =
        switch (style) {
          case "plain" -> "# ";
          case "erlang" -> "% ";
          case "c" -> "// ";
          case "cblock" -> " * ";
          case "xml" -> " - ";
          default -> throw call.error("there is no comment style '" + style + "'");
        };
    String beginning = style.equals("cblock") ? "/*" : style.equals("xml") ? "<!--" : "";
    String end = style.equals("cblock") ? " */" : style.equals("xml") ? "-->" : "";
    String decoration = option(options, "decoration", mark);
    String newline = option(options, "newline", "\n");
    String prefix = option(options, "prefix", Texts.stripEnd(decoration));
    String postfix = option(options, "postfix", Texts.stripEnd(decoration));
    int before = count(call, options, "prefix_count");
    int after = count(call, options, "postfix_count");
    StringBuilder out = new StringBuilder();
    String first = option(options, "beginning", beginning);
    out.append(first.isEmpty() ? "" : first + newline);
    String line = prefix.equals(newline) ? prefix : prefix + newline;
    out.append(prefix.isEmpty() ? "" : line.repeat(before));
    String text = decoration + call.text().replace(newline, newline + decoration);
    // A line with nothing on it keeps no blank at its end.
    out.append(text.replace(decoration + newline, Texts.stripEnd(decoration) + newline));
    out.append((newline + postfix).repeat(after));
    String last = option(options, "end", end);
    return out.append(last.isEmpty() ? "" : newline + last).toString();
  }

  private static String option(Map<String, Value> options, String name, String otherwise) {
    Value value = options.get(name);
    return value == null ? otherwise : Python.str(value);
  }

  private static int count(Call call, Map<String, Value> options, String name) {
    Value value = options.get(name);
    Value number = value == null ? null : Numbers.integer(value, 10);
    if (number == null) {
      return 1;
    }
    int count = dev.molt.dsl.template.ops.Arithmetic.integer(number).intValue();
    if (count < 0 || count > 1000) {
      throw call.error(name + " is out of range");
    }
    return count;
  }
}
