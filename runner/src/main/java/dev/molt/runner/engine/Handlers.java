package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Block;
import dev.molt.dsl.playbook.Statement;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The handlers of a play: who was notified, and their turn, in the order of their definition. */
final class Handlers {
  private final PlayContext play;

  /** In the order of their definition; not by equality, since two handlers may read alike. */
  private final List<Handler> handlers = new ArrayList<>();

  private final Map<HostRun, Set<Handler>> notified = new HashMap<>();

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
      List<Handler> meant = answering(name, variables);
      if (meant.isEmpty()) {
        Set<String> known = new LinkedHashSet<>();
        handlers.forEach(h -> known.addAll(names(h, "name", variables)));
        handlers.forEach(h -> known.addAll(names(h, "listen", variables)));
        throw Diagnostic.error(notify.position(), "this play has no handler '" + name + "'")
            .withHint(
                Suggestions.hint(name, known)
                    .orElse("handlers of this play: " + String.join(", ", known)))
            .asException();
      }
      notified.computeIfAbsent(host, h -> newSet()).addAll(meant);
    }
  }

  /** Of several handlers of a name the last one, and all that listen to it. */
  private List<Handler> answering(String name, Variables variables) {
    List<Handler> listening = new ArrayList<>();
    Handler named = null;
    for (Handler handler : handlers) {
      if (names(handler, "name", variables).contains(name)) {
        named = handler;
      }
      if (names(handler, "listen", variables).contains(name)) {
        listening.add(handler);
      }
    }
    if (named != null) {
      listening.add(named);
    }
    return listening;
  }

  private List<String> names(Node node, Variables variables) {
    Value value = play.run().templar().resolve(node, variables);
    List<String> names = new ArrayList<>();
    for (Value item : value instanceof ListValue list ? list.items() : List.of(value)) {
      names.add(Python.str(item));
    }
    return names;
  }

  /** None where a variable in the name is not defined: then nobody can notify it by that. */
  private List<String> names(Handler handler, String keyword, Variables variables) {
    try {
      return handler.task().keywords().get(keyword).map(n -> names(n, variables)).orElse(List.of());
    } catch (UndefinedException e) {
      return List.of();
    }
  }

  /** Runs what was notified on these hosts; gives those that came through. */
  List<HostRun> flush(List<HostRun> hosts, TaskRunner tasks) throws InterruptedException {
    for (Handler handler : handlers) {
      List<HostRun> turn = hosts.stream().filter(h -> h.active() && wants(h, handler)).toList();
      // A handler that is notified after its turn waits for the next one.
      turn.forEach(h -> notified.get(h).remove(handler));
      if (!turn.isEmpty()) {
        tasks.runHandler(handler.task(), handler.frame(), turn);
      }
    }
    return hosts.stream().filter(HostRun::active).toList();
  }

  /** As {@link #flush}; with {@code force_handlers} for the hosts that failed too. */
  List<HostRun> flushAtEnd(List<HostRun> hosts, TaskRunner tasks) throws InterruptedException {
    List<HostRun> failed =
        play.batch().stream().filter(h -> h.state() == HostRun.State.FAILED).toList();
    if (failed.isEmpty() || !force(failed.get(0))) {
      return flush(hosts, tasks);
    }
    failed.forEach(HostRun::recover);
    flush(
        play.batch().stream().filter(h -> hosts.contains(h) || failed.contains(h)).toList(), tasks);
    for (HostRun host : failed) {
      if (host.active()) {
        host.fail(HostRun.State.FAILED, host.failure().orElseThrow());
      }
    }
    return hosts.stream().filter(HostRun::active).toList();
  }

  private boolean force(HostRun host) {
    return new TaskKeywords(play.run().templar(), play.frame())
        .flagOr("force_handlers", play.variables(host, play.frame()), false);
  }

  private boolean wants(HostRun host, Handler handler) {
    return notified.getOrDefault(host, Set.of()).contains(handler);
  }

  private static Set<Handler> newSet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
