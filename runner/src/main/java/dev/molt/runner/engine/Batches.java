package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.template.Scope;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts the hosts of a play into batches, as {@code serial} says: numbers, percentages, lists. */
final class Batches {
  private Batches() {}

  static <T> List<List<T>> of(Play play, List<T> hosts, Templar templar, Scope scope) {
    Optional<Node> node = play.keywords().get("serial");
    if (node.isEmpty()) {
      return List.of(hosts);
    }
    Value value = templar.resolve(node.get(), scope);
    List<Value> sizes = value instanceof ListValue list ? list.items() : List.of(value);
    if (sizes.isEmpty()) {
      return List.of(hosts);
    }
    List<List<T>> batches = new ArrayList<>();
    int from = 0;
    for (int i = 0; from < hosts.size(); i++) {
      Value size = sizes.get(Math.min(i, sizes.size() - 1));
      int to = Math.min(hosts.size(), from + size(node.get(), Python.str(size), hosts.size()));
      batches.add(hosts.subList(from, to));
      from = to;
    }
    return batches;
  }

  /** At least one host a batch, however small the percentage; 0 means all. */
  private static int size(Node node, String text, int all) {
    try {
      if (text.endsWith("%")) {
        double percentage = Double.parseDouble(text.substring(0, text.length() - 1).strip());
        return Math.max(1, (int) (percentage * all / 100));
      }
      int number = Integer.parseInt(text.strip());
      return number <= 0 ? all : number;
    } catch (NumberFormatException e) {
      throw Diagnostic.error(
              node.position(),
              "serial is a number, a percentage, or a list of them, found '" + text + "'")
          .asException();
    }
  }
}
