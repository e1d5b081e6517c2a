package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Keywords;
import dev.molt.dsl.playbook.RoleUse;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.OmitValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.Node;
import dev.molt.runner.engine.Loop.Item;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.module.Registry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one host includes. */
final class IncludeTarget {
  private static final List<String> FILE_KINDS = List.of("tasks", "vars", "defaults", "handlers");

  private final PlayContext play;
  private final Task task;
  private final Frame frame;
  private final HostRun host;
  private final TaskInfo info;
  private final TaskKeywords keywords;

  /**
   * Something to include.
   *
   * @param file of tasks
   * @param use of a role, instead
   * @param values what the loop gives: the item, its index
   * @param label of the item
   */
  record Wanted(
      Optional<Path> file,
      Optional<RoleUse> use,
      Map<String, Value> values,
      Optional<String> label) {
    /** For people. */
    String shown() {
      return use.map(RoleUse::name).orElseGet(() -> file.orElseThrow().toString());
    }

    /** What to say where the file is not there; empty for a role. */
    Optional<String> missing() {
      return file.filter(f -> !Files.exists(f))
          .map(f -> "Could not find or access '" + f + "' on the Ansible Controller.");
    }
  }

  /**
   * What came of asking.
   *
   * @param outcome the host's result where it includes nothing, or not all that its loop names
   */
  record Answer(List<Wanted> wanted, Optional<Done> outcome) {}

  IncludeTarget(PlayContext play, Task task, Frame frame, HostRun host, TaskInfo info) {
    this.play = play;
    this.task = task;
    this.frame = frame;
    this.host = host;
    this.info = info;
    this.keywords = new TaskKeywords(play.run(), frame);
  }

  Answer ask() {
    Variables variables = play.variables(host, frame);
    Loop loop = new Loop(play, frame);
    Optional<List<Item>> items;
    try {
      items = loop.items(variables);
    } catch (DiagnosticException e) {
      return new Answer(List.of(), Optional.of(failedOrSkipped(variables, e)));
    }
    List<Wanted> wanted = new ArrayList<>();
    if (items.isEmpty()) {
      try {
        if (!keywords.conditionsHold(variables)) {
          return new Answer(List.of(), Optional.of(skipped()));
        }
        wanted.add(wanted(variables, Map.of(), Optional.empty()));
        return new Answer(wanted, Optional.empty());
      } catch (DiagnosticException e) {
        return new Answer(List.of(), Optional.of(new Done(EngineFailure.result(host, e), false)));
      }
    }
    List<Value> results = new ArrayList<>();
    Optional<DiagnosticException> wrong = Optional.empty();
    for (Item item : items.get()) {
      Variables itemVariables = variables.with(item.layer());
      MapValue result = MapValue.ofStrings(item.values());
      try {
        if (keywords.conditionsHold(itemVariables)) {
          wanted.add(
              wanted(itemVariables, item.values(), Optional.of(loop.label(item, itemVariables))));
          result.put("changed", BoolValue.FALSE);
        } else {
          result.put("skipped", BoolValue.TRUE);
        }
      } catch (DiagnosticException e) {
        wrong = Optional.of(e);
        result.put("failed", BoolValue.TRUE).put("msg", new StrValue(EngineFailure.plain(e)));
      }
      results.add(result);
    }
    if (wrong.isPresent()) {
      HostResult failed = EngineFailure.result(host, wrong.get());
      failed.result().put("results", ListValue.of(results));
      return new Answer(wanted, Optional.of(new Done(failed, false)));
    }
    return new Answer(
        wanted, wanted.isEmpty() ? Optional.of(skippedAll(results)) : Optional.empty());
  }

  private Wanted wanted(Variables variables, Map<String, Value> values, Optional<String> label) {
    boolean ofRole = Registry.plainName(task.action().text()).equals("include_role");
    Node node =
        (ofRole ? task.named("name", "role") : task.named("file", "_raw_params")).orElseThrow();
    String name = text(node, variables);
    if (!ofRole) {
      Path file = Includes.find(play, task, frame, name, info.handler());
      return new Wanted(Optional.of(file), Optional.empty(), values, label);
    }
    Map<String, String> files = new LinkedHashMap<>();
    for (String kind : FILE_KINDS) {
      Optional<Node> from = task.option(kind + "_from");
      if (from.isPresent()) {
        Value value = play.run().templar().resolve(from.get(), variables);
        if (value != OmitValue.OMIT) {
          files.put(kind, Python.str(value));
        }
      }
    }
    RoleUse use =
        new RoleUse(
            task.position(),
            name,
            Keywords.NONE,
            Map.of(),
            files,
            true,
            flag("public", variables, false),
            flag("rolespec_validate", variables, true),
            Optional.of(flag("allow_duplicates", variables, true)));
    return new Wanted(Optional.empty(), Optional.of(use), values, label);
  }

  private String text(Node node, Variables variables) {
    Value value = play.run().templar().resolve(node, variables);
    if (value instanceof StrValue text && !text.text().isBlank()) {
      return text.text();
    }
    throw Diagnostic.error(
            node.position(), "this is no name of a file or role: " + Python.repr(value))
        .asException();
  }

  private boolean flag(String option, Variables variables, boolean otherwise) {
    return task.option(option)
        .map(n -> play.run().templar().resolve(n, variables))
        .filter(v -> v != OmitValue.OMIT)
        .map(Truth::switchesOn)
        .orElse(otherwise);
  }

  private Done failedOrSkipped(Variables variables, DiagnosticException loopError) {
    try {
      if (!keywords.conditionsHold(variables)) {
        return skipped();
      }
    } catch (DiagnosticException e) {
      // The loop's own error says what is wrong.
    }
    return new Done(EngineFailure.result(host, loopError), false);
  }

  private Done skipped() {
    MapValue result = MapValue.empty();
    result.put("changed", BoolValue.FALSE).put("skipped", BoolValue.TRUE);
    result.put("skip_reason", new StrValue("Conditional result was False"));
    return done(Status.SKIPPED, result);
  }

  private Done skippedAll(List<Value> results) {
    MapValue result = MapValue.empty();
    result.put("changed", BoolValue.FALSE).put("skipped", BoolValue.TRUE);
    result.put("msg", new StrValue("All items skipped"));
    result.put("results", ListValue.of(results));
    return done(Status.SKIPPED, result);
  }

  private Done done(Status status, MapValue result) {
    return new Done(
        new HostResult(
            host.name(),
            Optional.empty(),
            Optional.empty(),
            status,
            "",
            result,
            List.of(),
            List.of(),
            Duration.ZERO),
        false);
  }
}
