package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a task does: a module and its options, written as {@code module: options}, or in one of the
 * older ways, {@code action: module options}, {@code action: {module: ..., ...}} and the same under
 * {@code local_action}.
 *
 * @param local whether it is to be done on this machine
 */
record TaskAction(ScalarNode name, Node options, boolean local) {
  /** Reads the value of {@code action} or {@code local_action}. */
  static Optional<TaskAction> of(MappingNode.Entry entry, Diagnostics problems) {
    boolean local = entry.key().text().equals("local_action");
    if (entry.value() instanceof ScalarNode text && !text.isNull()) {
      return Optional.of(split(text, local));
    } else if (entry.value() instanceof MappingNode mapping
        && mapping.get("module").orElse(null) instanceof ScalarNode module) {
      TaskAction named = split(module, local);
      List<MappingNode.Entry> rest = new ArrayList<>();
      mapping.entries().stream().filter(e -> !e.key().text().equals("module")).forEach(rest::add);
      if (named.options instanceof ScalarNode words && !words.isNull()) {
        rest.add(new MappingNode.Entry(ScalarNode.made(words.position(), "_raw_params"), words));
      }
      return Optional.of(
          new TaskAction(named.name, new MappingNode(mapping.position(), rest), local));
    }
    problems.add(
        Diagnostic.error(entry.value().position(), "'" + entry.key().text() + "' names no module")
            .withHint("write the module's name as the keyword: 'copy:' and below it its options"));
    return Optional.empty();
  }

  private static TaskAction split(ScalarNode text, boolean local) {
    String all = text.text();
    int start = 0;
    while (start < all.length() && Character.isWhitespace(all.charAt(start))) {
      start++;
    }
    int end = start;
    int braces = 0;
    while (end < all.length() && (braces > 0 || !Character.isWhitespace(all.charAt(end)))) {
      if (all.startsWith("{{", end)) {
        braces++;
      } else if (all.startsWith("}}", end)) {
        braces--;
      }
      end++;
    }
    int rest = end;
    while (rest < all.length() && Character.isWhitespace(all.charAt(rest))) {
      rest++;
    }
    Node options = rest < all.length() ? text.part(rest, all.length()) : nothing(text);
    return new TaskAction(text.part(start, end), options, local);
  }

  private static ScalarNode nothing(ScalarNode near) {
    return new ScalarNode(
        near.position(),
        "",
        NullValue.NULL,
        ScalarNode.Style.PLAIN,
        "",
        (offset, length) -> near.position());
  }
}
