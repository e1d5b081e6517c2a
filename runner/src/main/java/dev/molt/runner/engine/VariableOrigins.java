package dev.molt.runner.engine;

import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.playbook.Keywords;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.settings.RunSettings;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.Node;
import dev.molt.runner.event.EventBus;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.module.Registry;
import dev.molt.runner.remote.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells where the variables of a host come from, in the order of precedence of a run, without
 * reaching any host: what a run itself finds out and sets is not among them.
 */
public final class VariableOrigins {
  /** For a host that is in no play. */
  private static final Play NONE =
      new Play(
          Source.inline("", "").at(0, 1),
          Path.of("none"),
          new Keywords(Map.of()),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  private final RunContext run;
  private final PlayContext play;
  private final HostRun host;

  private VariableOrigins(RunContext run, Optional<Playbook> playbook, String host) {
    this.run = run;
    this.host = run.host(host);
    this.play = PlayContext.of(run, play(run, playbook, host), "", List.of(this.host));
  }

  /** The first that is for the host. */
  private static Play play(RunContext run, Optional<Playbook> playbook, String host) {
    PlaySelection selection = new PlaySelection(run);
    return playbook.stream()
        .flatMap(book -> book.plays().stream())
        .filter(play -> selection.hosts(play).contains(host))
        .findFirst()
        .orElse(NONE);
  }

  /**
   * One place that defines a variable.
   *
   * @param label what kind of place, such as {@code play vars}
   * @param position where it is written; empty where it is in no file
   * @param value what it is worth; empty where that cannot be said
   * @param problem why it cannot be said
   */
  public record Definition(
      String label, Optional<Position> position, Optional<Value> value, Optional<String> problem) {}

  /**
   * The definitions of every variable of a host, sorted by name; of each the one that holds comes
   * first, then those that it hides, strongest first.
   *
   * @param playbook its first play that is for the host counts too; without one, only the inventory
   *     and extra variables do
   * @param host one of the inventory's, or a name of this machine
   */
  public static Map<String, List<Definition>> of(
      Optional<Playbook> playbook,
      String host,
      Inventory inventory,
      PlaybookLoader loader,
      Registry registry,
      Templar templar,
      RunOptions options) {
    ExecutorService workers = Executors.newSingleThreadExecutor(WorkerThread::new);
    Secrets secrets = new Secrets();
    try (Connections none = new Connections(VariableOrigins::refuse, VariableOrigins::refuse);
        EventBus silent = new EventBus(List.of(), secrets)) {
      RunTools tools =
          new RunTools(
              new AtomicReference<>(inventory),
              loader,
              registry,
              templar,
              secrets,
              silent,
              Prompter.NOBODY);
      RunHooks hooks = RunHooks.none(options.settings());
      RunOptions asking = options.with(RunSettings.GATHERING, "explicit");
      RunContext run = RunContext.of(tools, hooks, none, workers, asking);
      return new VariableOrigins(run, playbook, host).definitions();
    } finally {
      workers.shutdownNow();
    }
  }

  /** The same in a run that is under way: what it has found out and set counts too. */
  static Map<String, List<Definition>> of(RunContext run, Playbook playbook, String host) {
    RunContext asking =
        run.with(run.options().with(RunSettings.GATHERING, "explicit"), run.workers(), run.hooks());
    return new VariableOrigins(asking, Optional.of(playbook), host).definitions();
  }

  private static Transport refuse() {
    throw new IllegalStateException("variables are told without hosts");
  }

  private Map<String, List<Definition>> definitions() {
    List<Layer> layers = play.layers(host);
    Map<String, List<Layer>> places = new TreeMap<>();
    for (Layer layer : layers) {
      for (String variable : new Variables(run.templar(), List.of(layer)).names()) {
        places.computeIfAbsent(variable, v -> new ArrayList<>()).add(layer);
      }
    }
    places.keySet().removeAll(List.of("ansible_facts", "ansible_ssh_host"));
    Map<String, List<Definition>> all = new LinkedHashMap<>();
    places.forEach((variable, of) -> all.put(variable, definitions(variable, of, layers)));
    return all;
  }

  private List<Definition> definitions(String name, List<Layer> places, List<Layer> layers) {
    List<Definition> definitions = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Layer place = places.get(i);
      Optional<Position> position =
          Optional.ofNullable(place.nodes().get(name)).map(Node::position);
      // As if those that are stronger did not define it.
      List<Layer> rest = new ArrayList<>();
      Variables[] self = new Variables[1];
      rest.add(MagicVariables.of(play, host, play.frame(), () -> self[0]));
      rest.addAll(layers);
      rest.removeAll(places.subList(0, i));
      self[0] = new Variables(run.templar(), rest, run.options().mergeHashes());
      Optional<Value> value = Optional.empty();
      Optional<String> problem = Optional.empty();
      try {
        value = Optional.of(self[0].lookup(name));
      } catch (DiagnosticException e) {
        problem = Optional.of(EngineFailure.plain(e));
      }
      definitions.add(new Definition(place.label(), position, value, problem));
    }
    return definitions;
  }
}
