package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.playbook.Role;
import dev.molt.dsl.settings.LanguageSettings;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One batch of one play, and the variables that its hosts see, in Ansible's order of precedence.
 * Thread-safe.
 */
final class PlayContext {
  private final RunContext run;
  private final Play play;
  private final String name;
  private final List<HostRun> allHosts;
  private final List<HostRun> batch;
  private final VarsFiles files;
  private final Layer prompted;
  private final Layer playVars;
  private final LazyFacts facts = new LazyFacts(this);
  private final List<Role> roles = new CopyOnWriteArrayList<>();
  private final List<Role> exporting = new CopyOnWriteArrayList<>();

  /**
   * A batch.
   *
   * @param allHosts the hosts of the play
   * @param batch the hosts of this batch
   * @param files the play's {@code vars_files}
   * @param prompted what the user answered to {@code vars_prompt}
   */
  private PlayContext(
      RunContext run,
      Play play,
      String name,
      List<HostRun> allHosts,
      List<HostRun> batch,
      VarsFiles files,
      Layer prompted) {
    this.run = run;
    this.play = play;
    this.name = name;
    this.allHosts = List.copyOf(allHosts);
    this.batch = List.copyOf(batch);
    this.files = files;
    this.prompted = prompted;
    this.playVars = playVars(play);
    this.roles.addAll(StaticRoles.of(play));
    if (!run.options().settings().get(LanguageSettings.PRIVATE_ROLE_VARS)) {
      roles.stream().filter(Role::isPublic).forEach(exporting::add);
    }
  }

  /** A play whose hosts are all in one batch, and which has asked nobody anything. */
  static PlayContext of(RunContext run, Play play, String name, List<HostRun> hosts) {
    return of(run, play, name, hosts, hosts, Map.of());
  }

  /**
   * A play as a whole.
   *
   * @param hosts those it is for
   * @param left those of them that can still be worked on
   * @param answers to {@code vars_prompt}
   */
  static PlayContext of(
      RunContext run,
      Play play,
      String name,
      List<HostRun> hosts,
      List<HostRun> left,
      Map<String, Value> answers) {
    VarsFiles files = new VarsFiles(play, run.templar());
    Layer prompted = Layer.ofValues("vars_prompt", answers);
    return new PlayContext(run, play, name, hosts, left, files, prompted);
  }

  /** The same for some of its hosts. */
  PlayContext with(List<HostRun> some) {
    return new PlayContext(run, play, name, allHosts, some, files, prompted);
  }

  static Layer playVars(Play play) {
    return play.keywords().get("vars").orElse(null) instanceof MappingNode vars
        ? Layer.ofNodes("play vars", vars)
        : Layer.ofNodes("play vars", Map.of());
  }

  RunContext run() {
    return run;
  }

  Play play() {
    return play;
  }

  String name() {
    return name;
  }

  List<HostRun> allHosts() {
    return allHosts;
  }

  List<HostRun> batch() {
    return batch;
  }

  VarsFiles files() {
    return files;
  }

  Frame frame() {
    return Frame.ofPlay(play.keywords());
  }

  Path directory() {
    Path parent = play.file().toAbsolutePath().normalize().getParent();
    return parent == null ? Path.of("/") : parent;
  }

  /** The roles of the play so far, those that were included too. */
  List<Role> roles() {
    return roles;
  }

  /** A role came in by an include. */
  void addRole(Role role) {
    roles.add(role);
    if (role.isPublic()) {
      exporting.add(role);
    }
  }

  /** The variables of a host at a task; {@code frame} may be the play's own. */
  Variables variables(HostRun host, Frame frame) {
    return variables(host, frame, files.of(host.name(), () -> variables(host, frame(), List.of())));
  }

  private Variables variables(HostRun host, Frame frame, List<Layer> fileVars) {
    List<Layer> layers = new ArrayList<>();
    Variables[] self = new Variables[1];
    layers.add(MagicVariables.of(this, host, frame, () -> self[0]));
    layers.addAll(layers(host, frame, fileVars));
    self[0] = new Variables(run.templar(), layers, run.options().mergeHashes());
    return self[0];
  }

  /** All that defines variables of a host but Molt itself, the strongest first. */
  List<Layer> layers(HostRun host) {
    Frame frame = frame();
    return layers(host, frame, files.of(host.name(), () -> variables(host, frame, List.of())));
  }

  private List<Layer> layers(HostRun host, Frame frame, List<Layer> fileVars) {
    List<Layer> layers = new ArrayList<>();
    layers.addAll(run.options().extraVars());
    layers.addAll(frame.includeParams());
    List<Role> around = frame.roles();
    around.forEach(r -> layers.add(r.params()));
    layers.add(Layer.ofValues("set_fact and register", host.facts()));
    layers.add(host.included());
    layers.addAll(frame.vars());
    for (int i = 0; i < around.size(); i++) {
      layers.addAll(i == 0 ? around.get(i).exports() : around.get(i).vars());
    }
    for (int i = exporting.size() - 1; i >= 0; i--) {
      layers.addAll(exporting.get(i).exports());
    }
    layers.addAll(fileVars);
    layers.add(prompted);
    layers.add(playVars);
    layers.add(facts.layer(host));
    layers.addAll(InventoryLayers.of(run.inventory(), host.name()));
    for (int i = 0; i < around.size(); i++) {
      layers.addAll(i == 0 ? around.get(i).allDefaults() : around.get(i).defaults());
    }
    for (int i = exporting.size() - 1; i >= 0; i--) {
      layers.addAll(exporting.get(i).allDefaults());
    }
    layers.add(MagicVariables.connection(run, host));
    return layers;
  }

  /** What {@code hostvars} shows of a host: nothing of plays and tasks. */
  Variables hostVariables(HostRun host) {
    List<Layer> layers = new ArrayList<>();
    Variables[] self = new Variables[1];
    layers.add(MagicVariables.of(this, host, frame(), () -> self[0]));
    layers.addAll(run.options().extraVars());
    layers.add(Layer.ofValues("set_fact and register", host.facts()));
    layers.add(host.included());
    layers.add(facts.layer(host));
    layers.addAll(InventoryLayers.of(run.inventory(), host.name()));
    self[0] = new Variables(run.templar(), layers, run.options().mergeHashes());
    return self[0];
  }

  /** What can be known where no host is: for names of imports, plays and the like. */
  Variables withoutHost(Frame frame) {
    List<Layer> layers = new ArrayList<>(run.options().extraVars());
    layers.addAll(frame.includeParams());
    List<Role> around = frame.roles();
    around.forEach(r -> layers.add(r.params()));
    layers.addAll(frame.vars());
    around.forEach(r -> layers.addAll(r.vars()));
    layers.add(prompted);
    layers.add(playVars);
    around.forEach(r -> layers.addAll(r.defaults()));
    return new Variables(run.templar(), layers);
  }
}
