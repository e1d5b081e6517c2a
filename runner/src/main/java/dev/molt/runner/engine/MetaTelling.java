package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Role;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells of a meta task, in Ansible's words: programs look for them. */
record MetaTelling(PlayContext play, TaskRunner tasks, Task task, Frame frame, boolean handler) {
  private static final Set<String> OF_EACH_HOST =
      Set.of("end_host", "end_role", "flush_handlers", "noop", "reset_connection");

  /**
   * @param meant the hosts for which its condition holds
   */
  void tell(String action, List<HostRun> meant, List<HostRun> hosts) {
    if (OF_EACH_HOST.contains(action)) {
      hosts.stream()
          .filter(HostRun::active)
          .forEach(h -> tell(action, h, meant.contains(h), List.of(h)));
    } else {
      tell(action, hosts.get(0), !meant.isEmpty(), hosts);
    }
  }

  private void tell(String action, HostRun host, boolean done, List<HostRun> hosts) {
    Instant start = Instant.now();
    TaskInfo info = tasks.begin(task, frame, hosts, handler);
    String words = done ? done(action, host) : skipped(action, host);
    play.run()
        .events()
        .publish(new RunEvent.Note(Instant.now(), 2, Optional.empty(), "META: " + words));
    if (!done) {
      play.run()
          .events()
          .publish(new RunEvent.HostFinished(Instant.now(), info, result(action, host, words)));
    }
    tasks.end(info, start);
  }

  private static HostResult result(String action, HostRun host, String why) {
    MapValue result = MapValue.empty().put("msg", new StrValue(action));
    result.put("skipped", BoolValue.TRUE).put("skip_reason", new StrValue(why));
    return new HostResult(
        host.name(),
        Optional.empty(),
        Optional.empty(),
        Status.SKIPPED,
        "",
        result,
        List.of(),
        List.of(),
        Duration.ZERO);
  }

  private String done(String action, HostRun host) {
    return switch (action) {
      case "flush_handlers" -> "triggered running handlers for " + host.name();
      case "refresh_inventory" -> "inventory successfully refreshed";
      case "clear_facts" -> "facts cleared";
      case "clear_host_errors" -> "cleared host errors";
      case "end_batch" -> "ending batch";
      case "end_play" -> "ending play";
      case "end_host" -> "ending play for " + host.name();
      case "end_role" -> "ending role " + role() + " for " + host.name();
      case "reset_connection" -> "reset connection";
      default -> action;
    };
  }

  private String skipped(String action, HostRun host) {
    String end =
        switch (action) {
          case "flush_handlers" -> ", not running handlers for " + host.name();
          case "clear_facts" -> ", not clearing facts and fact cache for " + host.name();
          case "clear_host_errors" -> ", not clearing host error state for " + host.name();
          case "end_batch" -> ", continuing current batch";
          case "end_play" -> ", continuing play";
          case "end_host" -> ", continuing execution for " + host.name();
          case "end_role" -> "continuing role " + role() + " for " + host.name();
          default -> "";
        };
    return action + " conditional evaluated to False" + end;
  }

  private String role() {
    return frame.nearestRole().map(Role::name).orElse("");
  }
}
