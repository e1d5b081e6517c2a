package dev.molt.runner.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.runner.engine.HostTarget;
import dev.molt.runner.engine.ModuleRun;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.UnreachableException;
import dev.molt.runner.remote.local.LocalTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a module the way the engine does and holds it to the SPI's promises: a check changes nothing
 * and foretells exactly, what was applied stays applied, and nobody makes needless round trips. Not
 * thread-safe.
 */
public final class ModuleKit implements AutoCloseable {
  private final CountingConnection connection;
  private final List<Path> watched = new ArrayList<>();
  private final List<String> progress = new ArrayList<>();
  private Map<String, String> environment = Map.of();
  private Map<String, Value> variables = Map.of();
  private Foreseen foreseen = new Foreseen();
  private Identity identity = Identity.LOGIN;

  /**
   * What came of the three runs.
   *
   * @param checkTrips round trips that the check took; likewise the other two
   */
  public record Runs(
      Outcome check,
      Outcome applied,
      Outcome again,
      int checkTrips,
      int appliedTrips,
      int againTrips) {}

  public ModuleKit(Connection connection) {
    this.connection = new CountingConnection(connection);
  }

  /** Over a shell of this machine that stays open until the kit is closed. */
  public static ModuleKit local() {
    return local(Identity.LOGIN);
  }

  /** The same as another user, become with sudo. */
  public static ModuleKit local(String user) {
    return local(Identity.sudo(user, Optional.empty()));
  }

  private static ModuleKit local(Identity identity) {
    ModuleKit kit =
        new ModuleKit(
            new LocalTransport()
                .open(
                    new ConnectionSettings(
                        "localhost",
                        "localhost",
                        22,
                        "root",
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        List.of(Path.of("/dev/null")),
                        Duration.ofSeconds(5),
                        Optional.empty())));
    kit.identity = identity;
    return kit;
  }

  @Override
  public void close() {
    connection.close();
  }

  /** Directories that a check must leave exactly as they are. */
  public ModuleKit watching(Path... directories) {
    watched.addAll(List.of(directories));
    return this;
  }

  public ModuleKit environment(Map<String, String> variables) {
    environment = Map.copyOf(variables);
    return this;
  }

  /** Checks, applies, applies again, and asserts what must hold for every module with a state. */
  public <P extends Record> Runs converges(Module<P> module, P options)
      throws ModuleException, UnreachableException, InterruptedException {
    foreseen = new Foreseen();
    Outcome check = check(module, options);
    final int checkTrips = roundTrips();
    foreseen = new Foreseen();
    Outcome applied = apply(module, options);
    final int appliedTrips = roundTrips();
    assertThat(check.status()).as("status foretold by the check").isEqualTo(applied.status());
    assertThat(check.diffs()).as("diffs foretold by the check").isEqualTo(applied.diffs());
    assertThat(check.effects()).as("effects foretold by the check").isEqualTo(applied.effects());
    Outcome again = apply(module, options);
    assertThat(again.status())
        .as("status of the second run, which differs in %s", again.diffs())
        .isEqualTo(Status.OK);
    return new Runs(check, applied, again, checkTrips, appliedTrips, roundTrips());
  }

  /** As {@link #converges} for a change, asserting two round trips for it and one for none. */
  public <P extends Record> Runs changes(Module<P> module, P options)
      throws ModuleException, UnreachableException, InterruptedException {
    Runs runs = converges(module, options);
    assertThat(runs.applied().status()).isEqualTo(Status.CHANGED);
    assertThat(runs.checkTrips()).as("round trips of the check").isEqualTo(1);
    assertThat(runs.appliedTrips()).as("round trips of the change").isEqualTo(2);
    assertThat(runs.againTrips()).as("round trips when all is well").isEqualTo(1);
    return runs;
  }

  /** As {@link #converges} where all is well from the start: one round trip each. */
  public <P extends Record> Runs unchanged(Module<P> module, P options)
      throws ModuleException, UnreachableException, InterruptedException {
    Runs runs = converges(module, options);
    assertThat(runs.check().diffs()).isEmpty();
    assertThat(runs.applied().status()).isEqualTo(Status.OK);
    assertThat(runs.checkTrips()).as("round trips when all is well").isEqualTo(1);
    return runs;
  }

  /** As {@link #unchanged}, where looking takes more than one round trip; the result. */
  public <P extends Record> MapValue unchangedWhateverTheTrips(Module<P> module, P options)
      throws ModuleException, UnreachableException, InterruptedException {
    Runs runs = converges(module, options);
    assertThat(runs.applied().status()).isEqualTo(Status.OK);
    return runs.applied().result();
  }

  /**
   * One check. Effects of earlier checks are foreseen, as in a play; {@link #forget} starts over.
   */
  public <P extends Record> Outcome check(Module<P> module, P options)
      throws ModuleException, UnreachableException, InterruptedException {
    Map<String, String> before = Snapshot.of(watched);
    Outcome outcome = run(module, options, true);
    assertThat(Snapshot.of(watched)).as("what a check must not touch").isEqualTo(before);
    return outcome;
  }

  /** One real run. */
  public <P extends Record> Outcome apply(Module<P> module, P options)
      throws ModuleException, UnreachableException, InterruptedException {
    return run(module, options, false);
  }

  /** Drops what earlier checks foresaw. */
  public ModuleKit forget() {
    foreseen = new Foreseen();
    return this;
  }

  public Foreseen foreseen() {
    return foreseen;
  }

  /** How many scripts the last check or apply ran. */
  public int roundTrips() {
    return connection.roundTrips();
  }

  /** How many bytes the last check or apply sent on standard input. */
  public long bytesSent() {
    return connection.bytesSent();
  }

  /** What modules reported since the kit was made. */
  public List<String> progress() {
    return List.copyOf(progress);
  }

  private <P extends Record> Outcome run(Module<P> module, P options, boolean check)
      throws ModuleException, UnreachableException, InterruptedException {
    connection.reset();
    HostTarget target =
        new HostTarget(
            "testhost",
            () -> connection,
            identity,
            environment,
            foreseen,
            ModuleKit::find,
            progress::add);
    target.on(controller());
    return ModuleRun.execute(module, options, target, check);
  }

  /** Variables for templates. */
  public ModuleKit variables(Map<String, Value> values) {
    variables = Map.copyOf(values);
    return this;
  }

  private HostTarget.Controller controller() {
    Templar templar = new Templar(new TemplateEngine(Library.builder().builtins().build()));
    return new HostTarget.Controller() {
      @Override
      public String inventoryHost() {
        return "testhost";
      }

      @Override
      public Path local(String path) {
        return Path.of(path).toAbsolutePath();
      }

      @Override
      public String render(Target.Template template) {
        try {
          Source source = Source.file(template.file());
          Variables scope = new Variables(templar, List.of(Layer.ofValues("variables", variables)));
          return templar
              .engine()
              .renderText(source.text(), TextOrigin.of(source), scope, template.options());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private static Path find(String kind, String name) throws ModuleException {
    Path path = Path.of(name);
    if (!Files.exists(path)) {
      throw new ModuleException("no " + kind + " entry " + name);
    }
    return path;
  }

  /** Writes a file and the directories above it. */
  public static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
