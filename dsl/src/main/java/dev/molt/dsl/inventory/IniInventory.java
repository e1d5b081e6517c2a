package dev.molt.dsl.inventory;

import dev.molt.dsl.inventory.ShellWords.Word;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one INI inventory, line by line; a line that is wrong does not keep others from being read.
 */
final class IniInventory {
  private static final Pattern SECTION =
      Pattern.compile("\\[([^:\\]\\s]+)(?::(\\w+))?\\]\\s*(?:#.*)?");
  private static final Pattern GROUP_NAME = Pattern.compile("([^:\\]\\s]+)\\s*(?:#.*)?");
  private static final List<String> KINDS = List.of("hosts", "vars", "children");

  /** A group that is named before, or without, being defined. */
  private record Mention(String group, Position position, String message) {}

  /** A group within another that is defined further down. */
  private record Child(String parent, Position position) {}

  private final InventoryBuilder builder;
  private final Source source;
  private final HostNames hostNames;
  private final List<Mention> mentions = new ArrayList<>();
  private final Map<String, List<Child>> pending = new HashMap<>();
  private final Set<String> declared;
  private final Map<String, Map<String, Position>> given = new HashMap<>();
  private String group = InventoryBuilder.UNGROUPED;
  private String kind = "hosts";

  IniInventory(InventoryBuilder builder, Source source) {
    this.builder = builder;
    this.source = source;
    this.hostNames = new HostNames(builder, source);
    this.declared = new HashSet<>(builder.groups.keySet());
  }

  void read() {
    int offset = 0;
    for (String raw : source.text().split("\n", -1)) {
      String line = raw.strip();
      if (!line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != ';') {
        line(line, offset + raw.indexOf(line));
      }
      offset += raw.length() + 1;
    }
    for (Mention mention : mentions) {
      if (!declared.contains(mention.group())) {
        builder.problems.add(
            Diagnostic.error(mention.position(), mention.message())
                .withHint(
                    Suggestions.hint(mention.group(), declared)
                        .orElse("define it with a line [" + mention.group() + "]")));
      }
    }
  }

  private void line(String line, int offset) {
    boolean heading = line.startsWith("[") && (line.endsWith("]") || !line.contains("]"));
    if (heading || SECTION.matcher(line).matches()) {
      section(line, offset);
    } else {
      switch (kind) {
        case "vars" -> variable(line, offset);
        case "children" -> child(line, offset);
        case "hosts" -> host(line, offset);
        default -> {
          // The section's heading was wrong, which has been said.
        }
      }
    }
  }

  private void section(String line, int offset) {
    Matcher matcher = SECTION.matcher(line);
    if (!matcher.matches()) {
      kind = "";
      error(
          source.at(offset, line.length()),
          "this is no section heading",
          "write [group], [group:vars] or [group:children]");
      return;
    }
    group = builder.names.used(matcher.group(1), Optional.empty());
    kind = Optional.ofNullable(matcher.group(2)).orElse("hosts");
    Position name = source.at(offset + matcher.start(1), matcher.group(1).length());
    if (!KINDS.contains(kind)) {
      error(
          source.at(offset + matcher.start(2), kind.length()),
          "unknown kind of section '" + kind + "'",
          Suggestions.hint(kind, KINDS).orElse("known kinds are hosts, vars and children"));
      kind = "";
    } else if (kind.equals("vars")) {
      builder.group(matcher.group(1), Optional.empty());
      mentions.add(
          new Mention(
              group, name, "variables for the group '" + group + "', which nothing defines"));
    } else {
      builder.group(matcher.group(1), Optional.of(name));
      declared.add(group);
      for (Child child : Objects.requireNonNullElse(pending.remove(group), List.<Child>of())) {
        builder.addChild(child.parent(), group, Optional.of(child.position()));
      }
    }
  }

  private void host(String line, int offset) {
    List<Word> words;
    try {
      words = ShellWords.split(line, offset);
    } catch (ShellWords.BadQuoting e) {
      error(source.at(e.offset(), 1), e.getMessage(), "put the whole value in quotes");
      return;
    }
    Word first = words.get(0);
    Position position = position(first);
    if (first.text().contains("=")) {
      error(position, "a line here begins with the name of a host", hostHint());
      return;
    } else if (first.text().endsWith(":")) {
      error(position, "a ':' behind a name", "if this file is YAML, give it the extension .yml");
      return;
    }
    List<String> hosts = hostNames.add(first.text(), position, Optional.of(group));
    Map<String, Position> inLine = new HashMap<>();
    for (Word word : words.subList(1, words.size())) {
      int equals = word.text().indexOf('=');
      if (equals <= 0) {
        error(
            position(word),
            "expected key=value behind the name of a host",
            words.size() > 2 || equals == 0
                ? "no spaces around the '='; a value with spaces has to be in quotes"
                : "one host stands in each line");
        continue;
      }
      String key = word.text().substring(0, equals);
      Node value = value(word.from(equals + 1));
      if (once(inLine, key, position(word).withLength(key.length()))) {
        hosts.forEach(h -> builder.defineForHost(h, source, key, value));
      }
    }
  }

  private String hostHint() {
    return "variables of a whole group stand in a section of their own: [" + group + ":vars]";
  }

  private void variable(String line, int offset) {
    int equals = line.indexOf('=');
    String key = equals < 0 ? "" : line.substring(0, equals).strip();
    if (key.isEmpty()) {
      error(source.at(offset, line.length()), "expected key=value", "write name=value");
      return;
    }
    String rest = line.substring(equals + 1);
    String text = rest.strip();
    int start = offset + equals + 1 + (text.isEmpty() ? 0 : rest.indexOf(text));
    Node value = value(Word.of(text, start));
    int comment = text.indexOf(" #");
    if (comment > 0 && value instanceof ScalarNode scalar && scalar.text().equals(text)) {
      builder.warnings.add(
          Diagnostic.warning(
                  source.at(start + comment + 1, text.length() - comment - 1),
                  "this is part of the value, as it is in Ansible")
              .withHint("put a comment on a line of its own, or the value in quotes"));
    }
    if (once(
        given.computeIfAbsent(group, g -> new HashMap<>()), key, source.at(offset, key.length()))) {
      builder.defineForGroup(group, source, key, value);
    }
  }

  private void child(String line, int offset) {
    Matcher matcher = GROUP_NAME.matcher(line);
    if (!matcher.matches()) {
      error(source.at(offset, line.length()), "expected the name of one group", "one in each line");
      return;
    }
    Position position = source.at(offset, matcher.group(1).length());
    String name = builder.names.used(matcher.group(1), Optional.of(position));
    if (builder.groups.containsKey(name)) {
      builder.addChild(group, name, Optional.of(position));
    } else {
      pending.computeIfAbsent(name, n -> new ArrayList<>()).add(new Child(group, position));
    }
    mentions.add(
        new Mention(
            name,
            position,
            "the group '" + group + "' contains '" + name + "', which nothing defines"));
  }

  private boolean once(Map<String, Position> given, String key, Position position) {
    Position before = given.putIfAbsent(key, position);
    if (before != null) {
      builder.problems.add(
          Diagnostic.error(position, "the variable '" + key + "' is given twice")
              .withHint("remove one of them; Ansible would silently take the last")
              .withNote("first given here", before));
    }
    return before == null;
  }

  private Node value(Word word) {
    Node value = PyLiteral.parse(source, word);
    if (value instanceof ScalarNode scalar
        && scalar.value() instanceof FloatValue number
        && !String.valueOf(number.value()).equals(word.text())
        && word.text().matches("[0-9]+\\.[0-9]*0")) {
      builder.warnings.add(
          Diagnostic.warning(
                  scalar.position(),
                  "'%s' is the number %s here, as it is in Ansible"
                      .formatted(word.text(), number.value()))
              .withHint("if it is a version, keep it a text: '\"" + word.text() + "\"'"));
    }
    return value;
  }

  private Position position(Word word) {
    int[] offsets = word.offsets();
    return source.at(word.start(), offsets[offsets.length - 1] - word.start());
  }

  private void error(Position position, String message, String hint) {
    builder.problems.add(Diagnostic.error(position, message).withHint(hint));
  }
}
