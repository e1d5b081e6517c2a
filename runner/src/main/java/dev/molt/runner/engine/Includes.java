package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Keywords;
import dev.molt.dsl.playbook.LoadContext;
import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.playbook.Role;
import dev.molt.dsl.playbook.RoleBlock;
import dev.molt.dsl.playbook.RoleUse;
import dev.molt.dsl.playbook.Statement;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.runner.engine.IncludeTarget.Wanted;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code include_tasks} and {@code include_role}: each host includes what its variables say, once
 * or for each item of a loop; hosts that agree go together.
 */
final class Includes {
  private final PlayContext play;
  private final PlayRunner runner;
  private final TaskRunner tasks;
  private final Handlers handlers;

  /** Hosts that include the same, with the same item. */
  private record Group(Wanted wanted, List<HostRun> hosts) {}

  /** What came in, and for whom. */
  private record Body(List<? extends Statement> statements, Frame frame, List<HostRun> hosts) {}

  Includes(PlayContext play, PlayRunner runner, TaskRunner tasks, Handlers handlers) {
    this.play = play;
    this.runner = runner;
    this.tasks = tasks;
    this.handlers = handlers;
  }

  List<HostRun> run(Task task, Frame frame, List<HostRun> hosts, boolean handler)
      throws InterruptedException {
    Instant start = Instant.now();
    TaskInfo info = tasks.begin(task, frame, hosts, handler);
    List<HostRun> asked = tasks.onceOrAll(frame, hosts);
    List<Group> groups = new ArrayList<>();
    for (HostRun host : asked) {
      IncludeTarget target = new IncludeTarget(play, task, frame, host, info);
      IncludeTarget.Answer answer = target.ask();
      answer.wanted().forEach(wanted -> group(groups, wanted, host));
      answer.outcome().ifPresent(done -> tasks.take(task, frame, info, host, done, List.of(host)));
    }
    List<Body> bodies = new ArrayList<>();
    for (Group group : groups) {
      load(task, frame, info, group, handler).ifPresent(bodies::add);
    }
    tasks.end(info, start);
    for (Body body : bodies) {
      List<HostRun> including = body.hosts().stream().filter(HostRun::active).toList();
      runner.statements(body.statements(), body.frame(), including, handler);
    }
    tasks.stopWhereFatal(info, new TaskKeywords(play.run(), frame), hosts);
    return hosts.stream().filter(HostRun::active).toList();
  }

  private static void group(List<Group> groups, Wanted wanted, HostRun host) {
    for (Group group : groups) {
      if (group.wanted().equals(wanted) && !group.hosts().contains(host)) {
        group.hosts().add(host);
        return;
      }
    }
    groups.add(new Group(wanted, new ArrayList<>(List.of(host))));
  }

  /** Reads what a group includes, and tells of it; hosts fail where that cannot be done. */
  private Optional<Body> load(Task task, Frame frame, TaskInfo info, Group group, boolean handler) {
    List<HostRun> including = group.hosts().stream().filter(HostRun::active).toList();
    if (including.isEmpty()) {
      return Optional.empty();
    }
    Frame inner = inner(task, frame, group.wanted());
    List<? extends Statement> body;
    try {
      body =
          group.wanted().use().isPresent()
              ? role(task, inner, group.wanted().use().get())
              : file(task, inner, group.wanted().file().orElseThrow(), handler);
    } catch (DiagnosticException e) {
      for (HostRun host : including) {
        tasks.take(
            task,
            frame,
            info,
            host,
            new Done(EngineFailure.result(host, e, group.wanted().missing()), false),
            List.of(host));
      }
      return Optional.empty();
    }
    including.forEach(h -> h.count(RunEvent.Status.OK));
    play.run()
        .events()
        .publish(
            new RunEvent.Included(
                Instant.now(),
                info,
                group.wanted().shown(),
                group.wanted().label(),
                including.stream().map(HostRun::name).toList()));
    return Optional.of(new Body(body, inner, including));
  }

  /**
   * The include's keywords hold for the include alone, all but its variables; what stands under
   * {@code apply} holds for the tasks.
   */
  private static Frame inner(Task task, Frame frame, Wanted wanted) {
    Map<String, MappingNode.Entry> vars = new LinkedHashMap<>(frame.keywords().entries());
    vars.keySet().retainAll(Set.of("vars"));
    Frame inner = frame.outer().including(new Keywords(vars), wanted.values());
    Map<String, MappingNode.Entry> applied = new LinkedHashMap<>();
    if (task.option("apply").orElse(null) instanceof MappingNode apply) {
      apply.entries().forEach(e -> applied.put(e.key().text(), e));
    }
    return inner.within(new Keywords(applied));
  }

  private List<Statement> file(Task task, Frame inner, Path file, boolean handler) {
    LoadContext context = context(task, inner, handler);
    List<Statement> body = play.run().loader().loadTasks(file, task.options().position(), context);
    check(body);
    return body;
  }

  private List<RoleBlock> role(Task task, Frame inner, RoleUse use) {
    RoleBlock block = play.run().loader().loadRole(use, context(task, inner, false));
    List<Statement> all = new ArrayList<>(block.handlers());
    all.add(block);
    check(all);
    play.addRole(block.role());
    handlers.ofRole(block, inner.inRole(block.keywords(), block.role()));
    return List.of(block);
  }

  private void check(List<Statement> statements) {
    new PlaybookCheck(play.run().registry(), play.run().binder(), play.run().templar())
        .checkStatements(statements);
  }

  private LoadContext context(Task task, Frame inner, boolean handler) {
    return context(play, task, inner, handler);
  }

  static LoadContext context(PlayContext play, Task task, Frame inner, boolean handler) {
    Optional<Path> role = inner.nearestRole().map(Role::directory);
    return new LoadContext(
        play.directory(),
        task.file(),
        task.includedFrom(),
        role,
        play.withoutHost(inner),
        handler,
        false,
        0);
  }

  /** The file that a name stands for, for the task that says it. */
  static Path find(PlayContext play, Task task, Frame frame, String name, boolean handler) {
    return PlaybookLoader.tasksFile(name, context(play, task, frame, handler));
  }
}
