package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Block;
import dev.molt.dsl.playbook.Role;
import dev.molt.dsl.playbook.RoleBlock;
import dev.molt.dsl.playbook.Statement;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import dev.molt.runner.event.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The handlers of a play: who was notified, and their turn, in the order of their definition: those
 * of roles, the play's own, those of roles that are imported or included.
 */
final class Handlers {
  private final PlayContext play;

  /** In the order of their definition; not by equality, since two handlers may read alike. */
  private final List<Handler> handlers = new CopyOnWriteArrayList<>();

  private final Map<HostRun, Notified> notified = new ConcurrentHashMap<>();

  /** One handler; those of one section were written together, such as those of a role. */
  private record Handler(Task task, Frame frame, int section) {
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** What waits for one host; touched by the thread that has the host only. */
  private static final class Notified {
    /** By name: which handlers answer to it is found out when they have their turn. */
    final Set<String> names = new LinkedHashSet<>();

    final Set<Handler> handlers = Collections.newSetFromMap(new IdentityHashMap<>());
    boolean flushing;
  }

  private int sections;

  Handlers(PlayContext play) {
    this.play = play;
  }

  /** Finds the handlers that the play has before it begins. */
  void collect() {
    Frame frame = play.frame();
    play.play().roles().forEach(r -> ofRole(r, frame.inRole(r.keywords(), r.role())));
    sections++;
    collect(play.play().handlers(), frame);
    imported(play.play().roles(), frame, false);
    imported(play.play().preTasks(), frame, true);
    imported(play.play().tasks(), frame, true);
    imported(play.play().postTasks(), frame, true);
  }

  /** A role brings its handlers, after those of what it depends on. */
  void ofRole(RoleBlock role, Frame frame) {
    role.dependencies().forEach(d -> ofRole(d, frame.inRole(d.keywords(), d.role())));
    sections++;
    collect(role.handlers(), frame);
  }

  private void imported(List<? extends Statement> statements, Frame frame, boolean own) {
    for (Statement statement : statements) {
      if (statement instanceof RoleBlock role) {
        Frame inside = frame.inRole(role.keywords(), role.role());
        if (own) {
          ofRole(role, inside);
        }
        imported(role.tasks(), inside, true);
      } else if (statement instanceof Block block) {
        Frame inside = frame.within(block.keywords());
        imported(block.body(), inside, true);
        imported(block.rescue(), inside, true);
        imported(block.always(), inside, true);
      }
    }
  }

  private void collect(List<Statement> statements, Frame frame) {
    for (Statement statement : statements) {
      if (statement instanceof Block block) {
        collect(block.body(), frame.within(block.keywords()));
      } else if (statement instanceof Task task) {
        handlers.add(new Handler(task, frame.at(task), sections));
      }
    }
  }

  /** Remembers what a task that changed something notifies; gives the names nobody answers to. */
  List<String> notify(Collection<String> names, HostRun host, Variables variables) {
    List<String> unknown = new ArrayList<>();
    Notified waiting = notified.computeIfAbsent(host, h -> new Notified());
    for (String name : names) {
      List<Handler> meant = answering(name, variables);
      if (meant.isEmpty()) {
        unknown.add(name);
      } else if (waiting.flushing) {
        waiting.handlers.addAll(meant);
      } else {
        waiting.names.add(name);
      }
      for (Handler handler : meant) {
        play.run()
            .events()
            .publish(new RunEvent.HandlerNotified(Instant.now(), title(handler), host.name()));
      }
    }
    return unknown;
  }

  private static String title(Handler handler) {
    String role = handler.frame().nearestRole().map(r -> r.name() + " : ").orElse("");
    return role + handler.task().label();
  }

  /** The names that handlers of the play answer to, for suggestions. */
  Set<String> known(Variables variables) {
    Set<String> known = new LinkedHashSet<>();
    handlers.forEach(h -> known.addAll(names(h, variables)));
    handlers.forEach(h -> known.addAll(topics(h)));
    return known;
  }

  /**
   * Of several handlers of a name one, and all that listen to it: the later section wins, and
   * within it the first.
   */
  private List<Handler> answering(String name, Variables variables) {
    List<Handler> meant = new ArrayList<>();
    Set<String> listeners = new LinkedHashSet<>();
    List<Handler> order = new ArrayList<>(handlers);
    order.sort(Comparator.comparingInt(Handler::section).reversed());
    boolean named = false;
    for (Handler handler : order) {
      if (!named && answersTo(handler, name, variables)) {
        named = true;
        meant.add(handler);
      }
      if (listensTo(handler, name)) {
        // Of handlers that read alike, such as those of a role that came in twice, the last one.
        boolean hasName = handler.task().keywords().has("name");
        if ((!hasName || listeners.add(handler.task().label())) && !meant.contains(handler)) {
          meant.add(handler);
        }
      }
    }
    return meant;
  }

  private static boolean listensTo(Handler handler, String name) {
    Role role = handler.frame().nearestRole().orElse(null);
    for (String topic : topics(handler)) {
      if (topic.equals(name)
          || (role != null
              && (name.equals(role.name() + " : " + topic)
                  || name.equals(role.shortName() + " : " + topic)))) {
        return true;
      }
    }
    return false;
  }

  private boolean answersTo(Handler handler, String name, Variables variables) {
    for (String own : names(handler, variables)) {
      Role role = handler.frame().nearestRole().orElse(null);
      if (own.equals(name)
          || (role != null
              && (name.equals(role.name() + " : " + own)
                  || name.equals(role.shortName() + " : " + own)))) {
        return true;
      }
    }
    return false;
  }

  private List<String> names(Node node, Variables variables) {
    return texts(play.run().templar().resolve(node, variables));
  }

  /** What a handler listens to, as written: these are no templates. */
  private static List<String> topics(Handler handler) {
    List<String> topics = new ArrayList<>();
    handler
        .task()
        .keywords()
        .get("listen")
        .ifPresent(
            n -> {
              for (Node item : n instanceof SequenceNode list ? list.items() : List.of(n)) {
                if (item instanceof ScalarNode scalar && !scalar.isNull()) {
                  topics.add(scalar.text());
                }
              }
            });
    return topics;
  }

  /** A text, or those of a list, lists within it opened. */
  static List<String> texts(Value value) {
    List<String> names = new ArrayList<>();
    if (value instanceof ListValue list) {
      list.items().forEach(item -> names.addAll(texts(item)));
    } else {
      names.add(Python.str(value));
    }
    return names;
  }

  /** None where a variable in the name is not defined: then nobody can notify it by that. */
  private List<String> names(Handler handler, Variables variables) {
    Node node = handler.task().keywords().get("name").orElse(null);
    if (node == null) {
      return List.of();
    } else if (node instanceof ScalarNode plain && !plain.text().contains("{{")) {
      return List.of(plain.text());
    }
    try {
      return names(node, variables);
    } catch (UndefinedException e) {
      return List.of();
    }
  }

  /** Runs what was notified on these hosts; gives those that came through. */
  List<HostRun> flush(List<HostRun> hosts, TaskRunner tasks) throws InterruptedException {
    for (HostRun host : hosts) {
      begin(host);
    }
    // Handlers of roles that come in meanwhile are at the end of the list.
    for (int i = 0; i < handlers.size(); i++) {
      Handler handler = handlers.get(i);
      List<HostRun> turn = hosts.stream().filter(h -> h.active() && wants(h, handler)).toList();
      // A handler that is notified after its turn waits for the next one.
      turn.forEach(h -> notified.get(h).handlers.remove(handler));
      if (!turn.isEmpty()) {
        tasks.runHandler(handler.task(), handler.frame(), turn);
      }
    }
    for (HostRun host : hosts) {
      notified.get(host).flushing = false;
    }
    return hosts.stream().filter(HostRun::active).toList();
  }

  private void begin(HostRun host) {
    Notified waiting = notified.computeIfAbsent(host, h -> new Notified());
    if (!waiting.names.isEmpty()) {
      Variables variables = play.variables(host, play.frame());
      waiting.names.forEach(n -> waiting.handlers.addAll(answering(n, variables)));
      waiting.names.clear();
    }
    waiting.flushing = true;
  }

  /**
   * As {@link #flush}; with {@code force_handlers} for the hosts that failed too.
   *
   * @param batch all that began the play
   * @param hosts those of them that came this far
   */
  List<HostRun> flushAtEnd(List<HostRun> batch, List<HostRun> hosts, TaskRunner tasks)
      throws InterruptedException {
    List<HostRun> failed = batch.stream().filter(h -> h.state() == HostRun.State.FAILED).toList();
    if (failed.isEmpty() || !force(failed.get(0))) {
      return flush(hosts, tasks);
    }
    failed.forEach(HostRun::recover);
    flush(batch.stream().filter(h -> hosts.contains(h) || failed.contains(h)).toList(), tasks);
    for (HostRun host : failed) {
      if (host.active()) {
        host.fail(HostRun.State.FAILED, host.failure().orElseThrow());
      }
    }
    return hosts.stream().filter(HostRun::active).toList();
  }

  private boolean force(HostRun host) {
    return new TaskKeywords(play.run(), play.frame())
        .flagOr(
            "force_handlers",
            play.variables(host, play.frame()),
            play.run().options().forceHandlers());
  }

  private boolean wants(HostRun host, Handler handler) {
    return notified.get(host).handlers.contains(handler);
  }
}
