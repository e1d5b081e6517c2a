package dev.molt.runner.engine;

import dev.molt.dsl.inventory.Host;
import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.settings.RunSettings;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.Node;
import dev.molt.runner.event.EventBus;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.module.Registry;
import dev.molt.runner.remote.Transport;
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
  private final RunContext run;
  private final Layer about;

  private VariableOrigins(RunContext run, String host) {
    this.run = run;
    this.about = about(run.inventory(), host);
  }

  /** What every host knows of itself, for templates that use it. */
  private static Layer about(Inventory inventory, String host) {
    int dot = host.indexOf('.');
    Map<String, Value> known = new LinkedHashMap<>();
    known.put("inventory_hostname", Value.of(host));
    known.put("inventory_hostname_short", Value.of(dot > 0 ? host.substring(0, dot) : host));
    known.put("group_names", ListValue.ofStrings(InventoryLayers.groupNames(inventory, host)));
    known.put("groups", InventoryLayers.groups(inventory));
    inventory
        .host(host)
        .flatMap(Host::inventoryDir)
        .ifPresent(d -> known.put("inventory_dir", Value.of(d)));
    return Layer.ofValues("the host itself", known);
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
      return new VariableOrigins(run, host).definitions(playbook, host);
    } finally {
      workers.shutdownNow();
    }
  }

  /** The same in a run that is under way: what it has found out and set counts too. */
  static Map<String, List<Definition>> of(RunContext run, Playbook playbook, String host) {
    RunContext asking =
        run.with(run.options().with(RunSettings.GATHERING, "explicit"), run.workers());
    return new VariableOrigins(asking, host).definitions(Optional.of(playbook), host);
  }

  private static Transport refuse() {
    throw new IllegalStateException("variables are told without hosts");
  }

  private Map<String, List<Definition>> definitions(Optional<Playbook> playbook, String name) {
    HostRun host = run.host(name);
    List<Layer> layers = layers(playbook, host);
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

  private List<Layer> layers(Optional<Playbook> playbook, HostRun host) {
    PlaySelection selection = new PlaySelection(run);
    for (Play play : playbook.map(Playbook::plays).orElse(List.of())) {
      if (selection.hosts(play).contains(host.name())) {
        VarsFiles files = new VarsFiles(play, run.templar());
        List<HostRun> hosts = List.of(host);
        return new PlayContext(run, play, "", hosts, hosts, files, Map.of()).layers(host);
      }
    }
    List<Layer> layers = new ArrayList<>(run.options().extraVars());
    layers.addAll(InventoryLayers.of(run.inventory(), host.name()));
    layers.add(MagicVariables.connection(run, host));
    return layers;
  }

  private List<Definition> definitions(String name, List<Layer> places, List<Layer> layers) {
    List<Definition> definitions = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Layer place = places.get(i);
      Optional<Position> position =
          Optional.ofNullable(place.nodes().get(name)).map(Node::position);
      // As if those that are stronger did not define it.
      List<Layer> rest = new ArrayList<>();
      rest.add(about);
      rest.addAll(layers);
      rest.removeAll(places.subList(0, i));
      boolean merges = run.options().mergeHashes();
      Optional<Value> value = Optional.empty();
      Optional<String> problem = Optional.empty();
      try {
        value = Optional.of(new Variables(run.templar(), rest, merges).lookup(name));
      } catch (DiagnosticException e) {
        problem = Optional.of(EngineFailure.plain(e));
      }
      definitions.add(new Definition(place.label(), position, value, problem));
    }
    return definitions;
  }
}
