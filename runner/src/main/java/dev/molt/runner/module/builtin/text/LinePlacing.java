package dev.molt.runner.module.builtin.text;

import java.util.List;
import java.util.Optional;

/** Puts lineinfile's line among the lines of a file. All texts are bytes, each as one char. */
final class LinePlacing {
  private static final String ADDED = "line added";
  private static final String REPLACED = "line replaced";

  private final LineInFileModule.Options options;
  private final LineSearch.Wanted wanted;
  private final List<String> lines;
  private final String line;

  /**
   * @param lines with what ends them; changed in place
   */
  LinePlacing(LineInFileModule.Options options, LineSearch.Wanted wanted, List<String> lines) {
    this.options = options;
    this.wanted = wanted;
    this.lines = lines;
    this.line = wanted.line();
  }

  /** What was done; empty for nothing. */
  String place() {
    LineSearch search = LineSearch.in(lines, wanted);
    if (search.found() >= 0) {
      return replace(search);
    } else if (options.backrefs()) {
      return "";
    } else if (isAt("BOF", options.insertbefore()) || isAt("BOF", options.insertafter())) {
      return add(0);
    } else if (isAt("EOF", options.insertafter()) || search.insert() < 0) {
      return append();
    } else if (options.insertafter().isPresent()) {
      return after(search.insert());
    }
    return add(search.insert());
  }

  private static boolean isAt(String edge, Optional<String> place) {
    return place.equals(Optional.of(edge));
  }

  private String replace(LineSearch search) {
    StringBuilder made = new StringBuilder();
    if (options.backrefs() && search.match().isPresent()) {
      wanted.regexp().orElseThrow().expand(line, search.match().get(), made);
    } else {
      made.append(line);
    }
    if (!made.toString().endsWith("\n")) {
      made.append('\n');
    }
    if (lines.get(search.found()).equals(made.toString())) {
      return "";
    }
    lines.set(search.found(), made.toString());
    return REPLACED;
  }

  private String add(int at) {
    lines.add(at, line + "\n");
    return ADDED;
  }

  private String append() {
    int last = lines.size() - 1;
    if (last >= 0 && !Regexes.isEnded(lines.get(last))) {
      lines.set(last, lines.get(last) + "\n");
    }
    return add(lines.size());
  }

  private String after(int at) {
    if (at == lines.size()) {
      return isAlready(at - 1) ? "" : append();
    }
    return isAlready(at) ? "" : add(at);
  }

  private boolean isAlready(int at) {
    return at >= 0 && at < lines.size() && Regexes.bare(lines.get(at)).equals(line);
  }
}
