package dev.molt.runner.engine;

import dev.molt.dsl.vault.VaultException;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.runner.module.Foreseen;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.BecomeException;
import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** A host as one task sees it. Used by one thread, the one that runs the task on this host. */
public final class HostTarget implements Target {
  private final String host;
  private final ConnectionSource connection;
  private final Identity identity;
  private final Map<String, String> environment;
  private final Foreseen foreseen;
  private final FileFinder files;
  private final Consumer<String> progress;
  private final Duration deadline;
  private final int verbosity;
  private boolean writable;
  private Runnable consent = () -> {};
  private VaultSecrets vault = VaultSecrets.none();
  private Optional<Controller> controller = Optional.empty();

  /** Opens the connection on first use, so that a task that needs no host needs no connection. */
  @FunctionalInterface
  public interface ConnectionSource {
    Connection get() throws UnreachableException;

    /** Drops the connection; {@link #get} opens another. */
    default void reset() {}

    /** Whether it is one to this machine. */
    default boolean local() {
      return false;
    }
  }

  /** See {@link Target#find}. */
  @FunctionalInterface
  public interface FileFinder {
    Path find(String kind, String name) throws ModuleException;
  }

  /** What a task knows on this side; see {@link Target} for each. */
  public interface Controller {
    String inventoryHost();

    Path local(String path);

    String render(Template template) throws ModuleException;
  }

  /** A target with the usual deadline, seen by nobody. */
  public HostTarget(
      String host,
      ConnectionSource connection,
      Identity identity,
      Map<String, String> environment,
      Foreseen foreseen,
      FileFinder files,
      Consumer<String> progress) {
    this(
        host,
        connection,
        identity,
        environment,
        foreseen,
        files,
        progress,
        Script.DEFAULT_DEADLINE,
        0);
  }

  public HostTarget(
      String host,
      ConnectionSource connection,
      Identity identity,
      Map<String, String> environment,
      Foreseen foreseen,
      FileFinder files,
      Consumer<String> progress,
      Duration deadline,
      int verbosity) {
    this.host = Objects.requireNonNull(host);
    this.connection = connection;
    this.identity = identity;
    this.environment = Map.copyOf(environment);
    this.foreseen = foreseen;
    this.files = files;
    this.progress = progress;
    this.deadline = deadline;
    this.verbosity = verbosity;
  }

  /** With what opens encrypted files of the playbook's. */
  HostTarget opening(VaultSecrets secrets) {
    vault = secrets;
    return this;
  }

  /** The same host, for a task that may take as long. */
  HostTarget withDeadline(Duration longest) {
    HostTarget limited =
        new HostTarget(
            host, connection, identity, environment, foreseen, files, progress, longest, verbosity);
    limited.controller = controller;
    limited.consent = consent;
    return limited.opening(vault);
  }

  /** With what a task knows on this side. */
  public HostTarget on(Controller here) {
    controller = Optional.of(here);
    return this;
  }

  /** With somebody who is asked each time before it is written to, and may throw. */
  HostTarget asking(Runnable somebody) {
    consent = somebody;
    return this;
  }

  void allowWrites(boolean allowed) {
    if (allowed) {
      consent.run();
    }
    writable = allowed;
  }

  @Override
  public String host() {
    return host;
  }

  /** Connects, and starts the shell that the task would use. */
  void reach() throws UnreachableException, BecomeException {
    connection.get().shell(identity);
  }

  @Override
  public ScriptResult read(Script script)
      throws ModuleException, UnreachableException, InterruptedException {
    return run(script);
  }

  @Override
  public ScriptResult write(Script script)
      throws ModuleException, UnreachableException, InterruptedException {
    if (!writable) {
      throw new IllegalStateException("a plan must not write");
    }
    return run(script);
  }

  private ScriptResult run(Script script)
      throws ModuleException, UnreachableException, InterruptedException {
    Script run = script;
    if (!environment.isEmpty()) {
      StringBuilder exports = new StringBuilder();
      environment.forEach(
          (name, value) ->
              exports
                  .append("export ")
                  .append(name)
                  .append('=')
                  .append(ShellQuote.quote(value))
                  .append('\n'));
      run =
          new Script(
              exports + script.text(),
              script.stdin(),
              script.deadline(),
              script.maxOutput(),
              script.onLine());
    }
    try {
      return connection.get().shell(identity).run(run);
    } catch (BecomeException e) {
      throw new ModuleException(e.getMessage(), e);
    }
  }

  @Override
  public Socket tunnel(String address, int port, Duration timeout)
      throws IOException, UnreachableException {
    Connection open = connection.get();
    try {
      return open.tunnel(address, port, timeout);
    } catch (IOException e) {
      // A port that did not answer is one thing, a host that went away another.
      if (!open.alive()) {
        throw new UnreachableException(e.getMessage(), e);
      }
      throw e;
    }
  }

  @Override
  public void reconnect() {
    connection.reset();
  }

  @Override
  public boolean isController() {
    return connection.local();
  }

  @Override
  public Foreseen foreseen() {
    return foreseen;
  }

  @Override
  public Path find(String kind, String name) throws ModuleException {
    return files.find(kind, name);
  }

  @Override
  public String inventoryHost() {
    return controller.map(Controller::inventoryHost).orElse(host);
  }

  @Override
  public Path local(String path) {
    return controller.map(c -> c.local(path)).orElseGet(() -> Target.super.local(path));
  }

  @Override
  public String render(Template template) throws ModuleException {
    return controller.isPresent()
        ? controller.get().render(template)
        : Target.super.render(template);
  }

  @Override
  public byte[] decrypt(Path file, byte[] content) throws ModuleException {
    try {
      return vault.open(content, file);
    } catch (VaultException e) {
      String message = e.diagnostics().get(0).message();
      boolean named = message.contains(file.toString());
      throw new ModuleException(named ? message : message + " on " + file, e);
    }
  }

  @Override
  public void progress(String message) {
    progress.accept(message);
  }

  @Override
  public int verbosity() {
    return verbosity;
  }

  @Override
  public Duration deadline() {
    return deadline;
  }
}
