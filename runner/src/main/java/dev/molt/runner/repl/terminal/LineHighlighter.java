package dev.molt.runner.repl.terminal;

import dev.molt.runner.module.Registry;
import dev.molt.runner.module.Spec;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours a line while it is typed: what is not known stands out before it is run. */
final class LineHighlighter implements Highlighter {
  private static final Pattern PART =
      Pattern.compile(
          "(?<template>\\{\\{.*?(\\}\\}|$)|\\{%.*?(%\\}|$))"
              + "|(?<quoted>(?<=[\\s=])(\"[^\"]*(\"|$)|'[^']*('|$)))"
              + "|(?<key>(?<=\\s)[A-Za-z_]\\w*(?==))"
              + "|(?<yaml>(?<=^|\\n)[ -]*[\\w.]+:(?=\\s|$))",
          Pattern.DOTALL);
  private static final Pattern FIRST = Pattern.compile("(- )?([\\w.]+)(?=[\\s:]|$)");

  private final Registry registry;

  LineHighlighter(Registry registry) {
    this.registry = registry;
  }

  @Override
  public AttributedString highlight(LineReader reader, String line) {
    try {
      return coloured(line);
    } catch (RuntimeException | StackOverflowError e) {
      // What is wrong with the line is said when it is run.
      return new AttributedString(line);
    }
  }

  private AttributedString coloured(String line) {
    AttributedStringBuilder out = new AttributedStringBuilder();
    String special = line.stripLeading();
    if (special.startsWith(":") || special.startsWith("#")) {
      boolean comment = special.startsWith("#");
      return out.append(
              line, comment ? AttributedStyle.DEFAULT.faint() : AttributedStyle.DEFAULT.bold())
          .toAttributedString();
    }
    Matcher first = FIRST.matcher(line);
    int at = 0;
    Optional<Spec<?>> spec = Optional.empty();
    if (first.lookingAt() && !special.startsWith("!")) {
      String name = Registry.plainName(first.group(2));
      spec = registry.findReadable(name).map(m -> m.spec());
      boolean begun = first.end() == line.length();
      boolean known = spec.isPresent() || name.equals("run") || (begun && begins(name));
      out.append(line.substring(0, first.start(2)));
      out.append(
          first.group(2), known ? colour(AttributedStyle.GREEN) : colour(AttributedStyle.RED));
      at = first.end();
    }
    parts(line, at, spec, out);
    return out.toAttributedString();
  }

  private boolean begins(String name) {
    return "run".startsWith(name) || registry.names().stream().anyMatch(n -> n.startsWith(name));
  }

  private static void parts(
      String line, int from, Optional<Spec<?>> spec, AttributedStringBuilder out) {
    Matcher part = PART.matcher(line);
    int at = from;
    while (part.find()) {
      if (part.start() < at) {
        continue;
      }
      out.append(line.substring(at, part.start()));
      AttributedStyle style = AttributedStyle.DEFAULT;
      if (part.group("template") != null) {
        style = colour(AttributedStyle.CYAN);
      } else if (part.group("quoted") != null) {
        style = colour(AttributedStyle.YELLOW);
      } else if (part.group("key") != null && spec.isPresent()) {
        boolean known = spec.get().option(part.group()).isPresent() || spec.get().takesRest();
        boolean free = spec.get().freeForm().isPresent();
        style = known ? colour(AttributedStyle.BLUE) : free ? style : colour(AttributedStyle.RED);
      } else if (part.group("yaml") != null) {
        style = colour(AttributedStyle.BLUE);
      }
      out.append(part.group(), style);
      at = part.end();
    }
    out.append(line.substring(at));
  }

  private static AttributedStyle colour(int colour) {
    return AttributedStyle.DEFAULT.foreground(colour);
  }
}
