package dev.molt.runner.engine;

import dev.molt.dsl.playbook.LoadContext;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.playbook.Statement;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.module.Registry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds in files what can be found without a host: in a playbook, in all that it imports, and in
 * what it includes by a name that is no template. Thread-safe.
 */
public final class StaticCheck {
  private final PlaybookLoader loader;
  private final Registry registry;
  private final Templar templar;
  private final List<Layer> extraVars;

  /**
   * A check with these tools.
   *
   * @param extraVars names of imports may use them, the strongest first
   */
  public StaticCheck(
      PlaybookLoader loader, Registry registry, Templar templar, List<Layer> extraVars) {
    this.loader = loader;
    this.registry = registry;
    this.templar = templar;
    this.extraVars = List.copyOf(extraVars);
  }

  /** Everything that is wrong, or looks wrong; empty where nothing is. */
  public List<Diagnostic> playbook(Path file) {
    Diagnostics found = new Diagnostics();
    Playbook playbook = loader.load(file, found);
    check().find(playbook).all().forEach(found::add);
    StaticIncludes includes = new StaticIncludes(this, loader, found);
    for (Play play : playbook.plays()) {
      LoadContext context = context(play.file(), Optional.empty(), variables(play));
      includes.follow(play.preTasks(), context);
      includes.follow(play.roles(), context);
      includes.follow(play.tasks(), context);
      includes.follow(play.postTasks(), context);
      includes.follow(play.handlers(), context);
    }
    return found.all();
  }

  /**
   * The same of a file of tasks, or of handlers if it stands in a folder of that name.
   *
   * @param role the folder of the role that it belongs to
   */
  public List<Diagnostic> tasks(Path file, Optional<Path> role) {
    Diagnostics found = new Diagnostics();
    LoadContext context = context(file, role, new Variables(templar, extraVars));
    context =
        file.toAbsolutePath().getParent().endsWith("handlers") ? context.asHandlers() : context;
    Position start = Source.inline(file.toString(), "").at(0, 1);
    List<Statement> tasks = loader.loadTasks(file, start, context, found);
    check().find(tasks).all().forEach(found::add);
    new StaticIncludes(this, loader, found).follow(tasks, context);
    return found.all();
  }

  PlaybookCheck check() {
    return new PlaybookCheck(registry, new OptionBinder(templar, new Secrets()), templar);
  }

  /** Of the variables of the play, those that stand in it. */
  private Variables variables(Play play) {
    List<Layer> layers = new ArrayList<>(extraVars);
    if (play.keywords().get("vars").orElse(null) instanceof MappingNode vars) {
      layers.add(Layer.ofNodes("play vars", vars));
    }
    return new Variables(templar, layers);
  }

  private static LoadContext context(Path file, Optional<Path> role, Variables names) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return new LoadContext(folder, file, List.of(), role, names, false, true, 0);
  }
}
