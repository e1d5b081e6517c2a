package dev.molt.runner.engine;

import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.inventory.InventoryLoader;
import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.settings.RunSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.YamlReader;
import dev.molt.runner.event.EventBus;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.HostSummary;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.module.Registry;
import dev.molt.runner.module.builtin.Builtins;
import dev.molt.runner.remote.FakeTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Runs playbooks on hosts that do not exist and writes down what happened. */
final class EngineKit {
  private final Path folder;
  private final Probe probe = new Probe();
  private final FakeTransport transport = new FakeTransport();
  private final List<Layer> extraVars = new ArrayList<>();
  private String inventory = "[web]\na\nb\n[db]\nc\n";
  private Optional<String> limit = Optional.empty();
  private TagFilter tags = TagFilter.ALL;
  private boolean check;
  private int forks = 8;

  /** What a run came to. */
  record Ran(PlaybookRunner.Outcome outcome, List<RunEvent> events, List<String> log) {
    /** The run in short: a line for each play and task with the outcome on each host. */
    List<String> lines() {
      List<String> lines = new ArrayList<>();
      Map<String, String> hosts = new TreeMap<>();
      for (RunEvent event : events) {
        if (event instanceof RunEvent.PlayStarted e) {
          lines.add("PLAY " + e.play().name() + ": " + String.join(" ", e.hosts()));
        } else if (event instanceof RunEvent.PlaySkipped e) {
          lines.add("LEFT OUT " + e.play().name() + ": " + e.why().text());
        } else if (event instanceof RunEvent.PlayStopped e) {
          lines.add("STOPPED " + String.join(" ", e.hosts()) + ": " + e.reason());
        } else if (event instanceof RunEvent.HostFinished e && !skippedMeta(e)) {
          String status = e.result().status().name().toLowerCase(Locale.ROOT);
          hosts.put(e.result().host(), status + e.result().delegate().map(d -> "@" + d).orElse(""));
        } else if (event instanceof RunEvent.TaskFinished e && !quietMeta(e.task(), hosts)) {
          lines.add((e.task().handler() ? "handler " : "") + e.task().name() + ": " + brief(hosts));
          hosts.clear();
        }
      }
      return lines;
    }

    /** What meta tasks do shows in what comes after them. */
    private static boolean quietMeta(RunEvent.TaskInfo task, Map<String, String> hosts) {
      return task.module().equals("meta") && hosts.isEmpty();
    }

    private static boolean skippedMeta(RunEvent.HostFinished e) {
      return e.task().module().equals("meta") && e.result().status() == RunEvent.Status.SKIPPED;
    }

    /** {@code a=ok b=ok} is {@code a b ok}. */
    private static String brief(Map<String, String> hosts) {
      Map<String, List<String>> byStatus = new java.util.LinkedHashMap<>();
      hosts.forEach((h, s) -> byStatus.computeIfAbsent(s, k -> new ArrayList<>()).add(h));
      return byStatus.entrySet().stream()
          .map(e -> String.join(" ", e.getValue()) + " " + e.getKey())
          .collect(Collectors.joining(", "));
    }

    List<HostResult> results() {
      return events.stream()
          .filter(RunEvent.HostFinished.class::isInstance)
          .map(e -> ((RunEvent.HostFinished) e).result())
          .toList();
    }

    List<HostResult> items() {
      return events.stream()
          .filter(RunEvent.ItemFinished.class::isInstance)
          .map(e -> ((RunEvent.ItemFinished) e).result())
          .toList();
    }

    /** What the last task said of a host. */
    HostResult last(String host) {
      List<HostResult> all = results().stream().filter(r -> r.host().equals(host)).toList();
      return all.get(all.size() - 1);
    }

    /** The counts that are not zero, host by host. */
    List<String> recap() {
      RunEvent.RunFinished end = (RunEvent.RunFinished) events.get(events.size() - 1);
      return end.hosts().stream().map(Ran::counts).toList();
    }

    private static String counts(HostSummary h) {
      StringBuilder out = new StringBuilder(h.host());
      Map<String, Integer> counts = new java.util.LinkedHashMap<>();
      counts.put("ok", h.ok());
      counts.put("changed", h.changed());
      counts.put("unknown", h.unknown());
      counts.put("unreachable", h.unreachable());
      counts.put("failed", h.failed());
      counts.put("skipped", h.skipped());
      counts.put("rescued", h.rescued());
      counts.put("ignored", h.ignored());
      counts.forEach((k, n) -> out.append(n == 0 ? "" : " " + k + "=" + n));
      return out.toString();
    }
  }

  EngineKit(Path folder) {
    this.folder = folder;
  }

  Probe probe() {
    return probe;
  }

  FakeTransport transport() {
    return transport;
  }

  EngineKit inventory(String ini) {
    inventory = ini;
    return this;
  }

  EngineKit file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  EngineKit check() {
    check = true;
    return this;
  }

  EngineKit forks(int number) {
    forks = number;
    return this;
  }

  EngineKit limit(String pattern) {
    limit = Optional.of(pattern);
    return this;
  }

  EngineKit tags(Set<String> only, Set<String> skip) {
    tags = new TagFilter(only, skip);
    return this;
  }

  EngineKit extra(String yaml) {
    MappingNode node =
        (MappingNode) YamlReader.read(Source.inline("-e", yaml)).orElseThrow(AssertionError::new);
    extraVars.add(0, Layer.ofNodes("extra vars", node));
    return this;
  }

  /** Runs one play for all hosts with these tasks. */
  Ran tasks(String tasks) {
    return run("- hosts: all\n  gather_facts: false\n  tasks:\n" + tasks.indent(4));
  }

  Ran run(String playbook) {
    file("play.yml", playbook);
    file("hosts.ini", inventory);
    Registry registry = EngineActions.addTo(Builtins.registry()).add("probe", () -> probe);
    Templar templar = new Templar(new TemplateEngine(Library.builder().builtins().build()));
    PlaybookLoader loader =
        new PlaybookLoader(PlaybookRunner.actions(registry), Registry::plainName);
    Secrets secrets = new Secrets();
    List<RunEvent> events = new CopyOnWriteArrayList<>();
    RunOptions options =
        new RunOptions(
            check,
            limit,
            extraVars,
            tags,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Settings.defaults()
                .with(RunSettings.FORKS, forks, "test")
                .with(RunSettings.UNDEFINED_NAMES, "ignore", "test"));
    try (EventBus bus = new EventBus(List.of(events::add), secrets)) {
      Playbook read = loader.load(folder.resolve("play.yml"));
      Inventory hosts =
          InventoryLoader.load(List.of(folder.resolve("hosts.ini").toString()), folder);
      RunTools tools =
          new RunTools(
              new AtomicReference<>(hosts),
              loader,
              registry,
              templar,
              secrets,
              bus,
              Prompter.NOBODY);
      RunHooks hooks = RunHooks.of(read, options.settings());
      PlaybookRunner.Outcome outcome =
          PlaybookRunner.run(read, hooks, tools, () -> transport, () -> transport, options);
      return new Ran(outcome, events, probe.log());
    }
  }

  /** What is wrong with a playbook, one line each with its place in the file. */
  List<String> mistakes(String playbook) {
    try {
      Ran ran = run(playbook);
      throw new AssertionError("it ran: " + ran.lines());
    } catch (DiagnosticException e) {
      return e.diagnostics().stream().map(EngineKit::line).toList();
    }
  }

  private static String line(dev.molt.dsl.source.Diagnostic d) {
    String at =
        d.position().map(p -> p.line() + ":" + p.column() + "+" + p.length() + " ").orElse("");
    return at + d.message() + d.hint().map(h -> " = " + h).orElse("");
  }

  /** A message as the console shows it. */
  static String rendered(DiagnosticException e) {
    return e.diagnostics().stream().map(DiagnosticFormatter::format).collect(Collectors.joining());
  }
}
