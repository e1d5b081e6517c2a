package dev.molt.runner.cli.doc;

import dev.molt.runner.cli.doc.DocEntry.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Documentation for people. */
final class DocText {
  private static final int WIDTH = 92;
  private static final Map<String, String> PLACES =
      Map.of("P", "play", "R", "role", "B", "block", "T", "task");

  private DocText() {}

  /** One line each. */
  static String list(List<DocEntry> entries) {
    int width = entries.stream().mapToInt(e -> e.name().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (DocEntry entry : entries) {
      text.append(("%-" + width + "s  ").formatted(entry.name()));
      text.append(entry.summary()).append('\n');
    }
    return text.toString();
  }

  static String entry(DocEntry entry) {
    StringBuilder text = new StringBuilder();
    text.append(entry.kind().word()).append(' ').append(entry.name());
    if (entry.kind() == Kind.FILTER || entry.kind() == Kind.TEST || entry.kind() == Kind.FUNCTION) {
      text.append('(').append(entry.signature().orElse("")).append(')');
    }
    text.append('\n');
    wrap(entry.summary(), "  ", text);
    if (entry.names().size() > 1) {
      List<String> others = entry.names().subList(1, entry.names().size());
      text.append("  also called ").append(String.join(", ", others)).append('\n');
    }
    entry.type().ifPresent(t -> wrap("type: " + t, "  ", text));
    if (entry.kind() == Kind.KEYWORD) {
      text.append("  stands in: ")
          .append(String.join(", ", entry.places().stream().map(PLACES::get).toList()))
          .append('\n');
    } else if (entry.kind() == Kind.SETTING) {
      wrap("default: " + entry.signature().filter(s -> !s.isEmpty()).orElse("none"), "  ", text);
      wrap("set by: " + String.join(", ", entry.places()), "  ", text);
    }
    entry
        .freeForm()
        .ifPresent(f -> text.append("  a bare text is its option ").append(f).append('\n'));
    entry.options().forEach(o -> option(o, text));
    return text.toString();
  }

  private static void option(DocOption option, StringBuilder text) {
    List<String> notes = new ArrayList<>();
    notes.add(option.type().toString());
    if (option.required()) {
      notes.add("required");
    }
    option.defaultValue().ifPresent(d -> notes.add("default " + d));
    if (!option.aliases().isEmpty()) {
      notes.add("also called " + String.join(", ", option.aliases()));
    }
    text.append('\n');
    String name = option.rest() ? "any other name" : option.name();
    wrap(name + " (" + String.join("; ", notes) + ")", "  ", text);
    wrap(option.doc(), "      ", text);
  }

  private static void wrap(String words, String indent, StringBuilder text) {
    int column = 0;
    for (String word : words.split(" ")) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        text.append('\n');
        column = 0;
      }
      text.append(column == 0 ? indent : " ").append(word);
      column += (column == 0 ? indent.length() : 1) + word.length();
    }
    text.append('\n');
  }
}
