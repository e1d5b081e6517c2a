package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.settings.AccessSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Variables;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.remote.BecomeException;
import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.UnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses where and as whom a task works: its host, or the one that it is delegated to. */
record Targets(
    PlayContext play,
    Task task,
    Frame frame,
    TaskKeywords keywords,
    HostRun host,
    RunEvent.TaskInfo info) {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");

  /** A backup of a large database takes its time; a hung host is noticed by the connection. */
  private static final Duration NO_DEADLINE = Duration.ofDays(1);

  /** A target, and the host's name where it is not the task's own. */
  record Chosen(HostTarget target, Optional<String> delegate) {}

  /** The connection to a host, which others may use too. */
  private record Source(
      Connections connections, String host, boolean local, ConnectionSettings settings)
      implements HostTarget.ConnectionSource {
    @Override
    public Connection get() throws UnreachableException {
      return connections.open(host, local, settings);
    }

    @Override
    public void reset() {
      connections.reset(host);
    }
  }

  /**
   * Connects to a host beforehand. If it cannot be reached, whoever first asks it for something is
   * told.
   */
  static void reach(PlayContext play, HostRun host) {
    Task task = MadeTask.of(play.play(), "ping");
    Frame frame = play.frame().at(task);
    RunEvent.TaskInfo info =
        new RunEvent.TaskInfo(0, "connect", "ping", task.position().toString(), false);
    try {
      new Targets(play, task, frame, new TaskKeywords(play.run(), frame), host, info)
          .choose(play.variables(host, frame))
          .target()
          .reach();
    } catch (UnreachableException | BecomeException | DiagnosticException e) {
      // It is said later.
    }
  }

  Chosen choose(Variables variables) {
    Optional<String> delegate =
        keywords.text("delegate_to", variables).filter(d -> !d.equals(host.name()));
    HostRun worker = delegate.map(play.run()::host).orElse(host);
    Variables scope = delegate.isPresent() ? play.variables(worker, frame) : variables;
    ConnectionVars vars = new ConnectionVars(worker.name(), scope, play.run().secrets());
    Optional<String> kind =
        delegate.isPresent() ? Optional.empty() : keywords.text("connection", variables);
    Settings set = play.run().options().settings();
    boolean local =
        vars.local(
            kind.or(() -> implicitlyLocal(worker.name()))
                .or(() -> Optional.of(set.get(AccessSettings.TRANSPORT))));
    ConnectionSettings settings =
        vars.settings(
            (delegate.isPresent()
                    ? Optional.<String>empty()
                    : keywords.text("remote_user", variables))
                .or(play.run().options()::user),
            delegate.isPresent() ? Optional.empty() : keywords.text("port", variables),
            play.run().options());
    Identity identity =
        vars.identity(
            keywords.flagOr("become", variables, set.get(AccessSettings.BECOME)),
            keywords.text("become_user", variables),
            keywords.text("become_method", variables),
            play.run().options());
    if (local && identity.user().equals(System.getProperty("user.name"))) {
      identity = Identity.LOGIN;
    }
    HostTarget target =
        new HostTarget(
                worker.name(),
                new Source(play.run().connections(), worker.name(), local, settings),
                identity,
                environment(variables),
                worker.foreseen(),
                this::find,
                keywords.hidden(variables) ? message -> {} : this::tell,
                NO_DEADLINE,
                play.run().options().verbosity())
            .opening(play.run().templar().vault())
            .asking(
                () ->
                    play.run()
                        .options()
                        .consent()
                        .change(info.title(), worker.name(), address(local, settings)))
            .on(new TaskController(play, frame, task, host.name(), variables));
    return new Chosen(target, delegate);
  }

  private static Optional<String> address(boolean local, ConnectionSettings settings) {
    return local ? Optional.empty() : Optional.of(settings.address() + ":" + settings.port());
  }

  /** Where a host of a play is: its address and port; empty where it is this machine. */
  static Optional<String> address(PlayContext play, HostRun host) {
    Variables variables = play.variables(host, play.frame());
    RunOptions options = play.run().options();
    ConnectionVars vars = new ConnectionVars(host.name(), variables, play.run().secrets());
    boolean local = vars.local(Optional.of(options.settings().get(AccessSettings.TRANSPORT)));
    return address(local, vars.settings(options.user(), Optional.empty(), options));
  }

  /** The variables with {@code ansible_delegated_vars}, where the task is delegated. */
  Variables withDelegate(Variables variables) {
    Optional<String> delegate = keywords.text("delegate_to", variables);
    if (delegate.isEmpty()) {
      return variables;
    }
    Variables other = play.variables(play.run().host(delegate.get()), frame);
    MapValue seen =
        new MapValue(
            new LazyMap(
                other::names,
                n -> n.equals("inventory_hostname") ? variables.lookup(n) : other.lookup(n)));
    return variables.with(
        Layer.ofValues(
            "delegate",
            Map.of("ansible_delegated_vars", MapValue.empty().put(delegate.get(), seen))));
  }

  private void tell(String message) {
    play.run().events().publish(new RunEvent.Progress(Instant.now(), info, host.name(), message));
  }

  /** Facts may be needed to know the environment: gathering them does without. */
  private Map<String, String> environment(Variables variables) {
    try {
      Map<String, String> environment = keywords.environment(variables);
      boolean job = info.module().equals("async_status") || keywords.async(variables).isPresent();
      if (job) {
        Value directory = variables.lookup("ansible_async_dir");
        if (!(directory instanceof UndefinedValue)) {
          environment.putIfAbsent("ANSIBLE_ASYNC_DIR", Python.str(directory));
        }
      }
      return environment;
    } catch (UndefinedException e) {
      if (info.module().equals(FactGathering.ACTION) || info.module().equals("setup")) {
        return keywords.knownEnvironment(variables);
      }
      throw e;
    }
  }

  private Optional<String> implicitlyLocal(String name) {
    boolean listed = play.run().inventory().host(name).isPresent();
    return THIS_MACHINE.contains(name) && !listed ? Optional.of("local") : Optional.empty();
  }

  private Path find(String kind, String name) throws ModuleException {
    Path given =
        Path.of(name.startsWith("~/") ? System.getProperty("user.home") + name.substring(1) : name);
    if (given.isAbsolute()) {
      if (Files.exists(given)) {
        return given;
      }
      throw new ModuleException("there is no file " + given + " on this machine (the controller)");
    }
    Set<Path> tried = new LinkedHashSet<>();
    for (Path directory : SearchFolders.of(play, frame)) {
      tried.add(directory.resolve(kind).resolve(given).normalize());
      tried.add(directory.resolve(given).normalize());
    }
    for (Path candidate : tried) {
      if (Files.exists(candidate)) {
        return candidate;
      }
    }
    List<String> places = new ArrayList<>();
    tried.forEach(p -> places.add(p.toString()));
    throw new ModuleException(
        "there is no file '"
            + name
            + "' on this machine (the controller); looked for "
            + places.stream().collect(Collectors.joining(", ")));
  }
}
