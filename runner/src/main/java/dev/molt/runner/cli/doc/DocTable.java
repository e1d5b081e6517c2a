package dev.molt.runner.cli.doc;

import dev.molt.runner.cli.doc.DocEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the tables of what has no description in the code; their first lines say how they look. */
final class DocTable {
  private static final Pattern KEYWORD = Pattern.compile("(\\w+) ([PRBT]+) (\\w+): (.+)");
  private static final Pattern ENTRY = Pattern.compile("(\\w+)(?: \\[(\\w+)])?: (.+)");
  private static final Pattern OPTION =
      Pattern.compile(" +([\\w/]+|\\.\\.\\.) ([\\w(),]+)(\\*?): (.+)");

  private DocTable() {}

  static List<DocEntry> keywords() {
    List<DocEntry> entries = new ArrayList<>();
    for (String line : lines("keywords.txt")) {
      Matcher matcher = matching(KEYWORD, line);
      entries.add(
          new DocEntry(
              Kind.KEYWORD,
              List.of(matcher.group(1)),
              matcher.group(4),
              Optional.empty(),
              List.of(),
              Optional.empty(),
              Optional.of(DocType.of(matcher.group(3))),
              Arrays.asList(matcher.group(2).split(""))));
    }
    return entries;
  }

  static List<DocEntry> actions() {
    return entries("actions.txt", Kind.MODULE);
  }

  static List<DocEntry> lookups() {
    return entries("lookups.txt", Kind.LOOKUP);
  }

  private static List<DocEntry> entries(String table, Kind kind) {
    List<DocEntry> entries = new ArrayList<>();
    List<DocOption> options = new ArrayList<>();
    List<String> lines = lines(table);
    for (int i = lines.size() - 1; i >= 0; i--) {
      String line = lines.get(i);
      if (line.startsWith(" ")) {
        options.add(0, option(line));
        continue;
      }
      Matcher matcher = matching(ENTRY, line);
      entries.add(
          0,
          new DocEntry(
              kind,
              List.of(matcher.group(1)),
              matcher.group(3),
              Optional.empty(),
              List.copyOf(options),
              Optional.ofNullable(matcher.group(2)),
              Optional.empty(),
              List.of()));
      options.clear();
    }
    return entries;
  }

  private static DocOption option(String line) {
    Matcher matcher = matching(OPTION, line);
    List<String> names = Arrays.asList(matcher.group(1).split("/"));
    return new DocOption(
        names.get(0),
        names.subList(1, names.size()),
        DocType.of(matcher.group(2)),
        !matcher.group(3).isEmpty(),
        Optional.empty(),
        matcher.group(4));
  }

  private static Matcher matching(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalStateException("a table has this line: " + line);
    }
    return matcher;
  }

  private static List<String> lines(String table) {
    try (InputStream in = DocTable.class.getResourceAsStream(table)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(l -> !l.startsWith("#") && !l.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
