package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Block;
import dev.molt.dsl.playbook.Statement;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The handlers of a play: who was notified, and their turn, in the order of their definition. */
final class Handlers {
  private final PlayContext play;

  /** In the order of their definition; not by equality, since two handlers may read alike. */
  private final List<Handler> handlers = new ArrayList<>();

  private record Handler(Task task, Frame frame) {}

  Handlers(PlayContext play) {
    this.play = play;
    collect(play.play().handlers(), play.frame());
  }

  private void collect(List<Statement> statements, Frame frame) {
    for (Statement statement : statements) {
      Frame inner = frame.within(statement.keywords());
      if (statement instanceof Block block) {
        collect(block.body(), inner);
      } else {
        handlers.add(new Handler((Task) statement, inner));
      }
    }
  }

  /** Remembers what a task that changed something notifies. */
  void notify(Node notify, HostRun host, Variables variables) {
    for (String name : names(notify, variables)) {
      if (handlers.stream().noneMatch(h -> answersTo(h.task(), variables).contains(name))) {
        Set<String> known = new LinkedHashSet<>();
        handlers.forEach(h -> known.addAll(answersTo(h.task(), variables)));
        throw Diagnostic.error(notify.position(), "this play has no handler '" + name + "'")
            .withHint(
                Suggestions.hint(name, known)
                    .orElse("handlers of this play: " + String.join(", ", known)))
            .asException();
      }
      host.notified().add(name);
    }
  }

  private List<String> names(Node node, Variables variables) {
    Value value = play.run().templar().resolve(node, variables);
    List<String> names = new ArrayList<>();
    for (Value item : value instanceof ListValue list ? list.items() : List.of(value)) {
      names.add(Python.str(item));
    }
    return names;
  }

  private Set<String> answersTo(Task handler, Variables variables) {
    Set<String> names = new LinkedHashSet<>();
    handler.keywords().get("name").ifPresent(n -> names.addAll(names(n, variables)));
    handler.keywords().get("listen").ifPresent(n -> names.addAll(names(n, variables)));
    return names;
  }

  /** Runs what was notified; gives the hosts that came through. */
  List<HostRun> flush(List<HostRun> hosts, TaskRunner tasks) throws InterruptedException {
    boolean force =
        new TaskKeywords(play.run().templar(), play.frame())
            .flagOr("force_handlers", NoVariables.INSTANCE, false);
    List<HostRun> failed =
        force
            ? play.batch().stream().filter(h -> h.state() == HostRun.State.FAILED).toList()
            : List.of();
    failed.forEach(HostRun::recover);
    List<HostRun> all = new ArrayList<>(hosts);
    failed.stream().filter(h -> !hosts.contains(h)).forEach(all::add);
    for (Handler handler : handlers) {
      List<HostRun> notified =
          all.stream().filter(HostRun::active).filter(h -> wants(h, handler.task())).toList();
      if (!notified.isEmpty()) {
        tasks.runHandler(handler.task(), handler.frame(), notified);
      }
    }
    hosts.forEach(h -> h.notified().clear());
    for (HostRun host : failed) {
      if (host.active()) {
        host.fail(HostRun.State.FAILED, host.failure().orElseThrow());
      }
    }
    return hosts.stream().filter(HostRun::active).toList();
  }

  private boolean wants(HostRun host, Task handler) {
    return !host.notified().isEmpty()
        && answersTo(handler, play.variables(host, play.frame())).stream()
            .anyMatch(host.notified()::contains);
  }
}
