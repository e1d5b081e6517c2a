package dev.molt.runner.engine;

import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.playbook.LoadContext;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.playbook.Statement;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostic.Severity;
import dev.molt.dsl.source.DiagnosticException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in files what can be found without a host: in a playbook, in all that it imports, and in
 * what it includes by a name that is no template. Thread-safe.
 */
public final class StaticCheck {
  private static final Pattern QUOTED = Pattern.compile("'([^']+)'");

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

  /**
   * Everything that is wrong, or looks wrong; empty where nothing is.
   *
   * @param inventory the one that the playbook is for; where it is not known, what it could define
   *     counts as missing only if something of nearly the same name is there
   */
  public List<Diagnostic> playbook(Path file, Optional<Inventory> inventory) {
    Diagnostics found = new Diagnostics();
    Playbook playbook = loader.load(file, found);
    boolean whole = !found.hasErrors();
    check().find(playbook).all().forEach(found::add);
    RunHooks hooks = hooks(playbook, found);
    StaticIncludes includes = new StaticIncludes(this, loader, found);
    playbook.plays().forEach(play -> follow(play, includes));
    // What could not be read may define anything.
    if (whole && !includes.unknown()) {
      names(playbook, hooks, includes, inventory).forEach(found::add);
    }
    return found.all();
  }

  /** Compiles the hooks, if there are any. */
  private static RunHooks hooks(Playbook playbook, Diagnostics found) {
    RunHooks hooks = RunHooks.of(playbook, Settings.defaults());
    try {
      if (hooks.any()) {
        hooks.await(line -> {});
      }
    } catch (DiagnosticException e) {
      found.addAll(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return hooks;
  }

  /**
   * Names of variables that tasks use that are sure to run, and that nothing can define; empty
   * where something that could define them cannot be known beforehand.
   *
   * @param playbook without mistakes
   * @param hooks its own
   */
  public List<Diagnostic> undefined(Playbook playbook, RunHooks hooks, Inventory inventory) {
    StaticIncludes includes = new StaticIncludes(this, loader, new Diagnostics());
    playbook.plays().forEach(play -> follow(play, includes));
    return includes.unknown()
        ? List.of()
        : names(playbook, hooks, includes, Optional.of(inventory)).stream()
            .filter(d -> d.severity() == Severity.ERROR)
            .toList();
  }

  private void follow(Play play, StaticIncludes includes) {
    LoadContext context = context(play.file(), Optional.empty(), variables(play));
    includes.follow(play.preTasks(), context);
    includes.follow(play.roles(), context);
    includes.follow(play.tasks(), context);
    includes.follow(play.postTasks(), context);
    includes.follow(play.handlers(), context);
  }

  private List<Diagnostic> names(
      Playbook playbook, RunHooks hooks, StaticIncludes includes, Optional<Inventory> inventory) {
    DefinedNames defined = new DefinedNames(templar.vault(), registry, hooks);
    defined.layers(extraVars);
    inventory.ifPresent(defined::inventory);
    defined.besides(playbook.file().toAbsolutePath().normalize().getParent());
    playbook.plays().forEach(defined::play);
    includes.bodies().forEach(defined::statements);
    Diagnostics missing = new Diagnostics();
    NameCheck check = new NameCheck(templar.engine(), defined.all(), missing);
    playbook.plays().forEach(check::play);
    includes.bodies().forEach(check::included);
    if (inventory.isPresent()) {
      return missing.all();
    }
    return missing.all().stream()
        .filter(StaticCheck::looksMisspelt)
        .map(d -> new Diagnostic(Severity.WARNING, d.message(), d.position(), d.hint(), d.notes()))
        .toList();
  }

  /** One letter more, less or other, or two that are swapped: the inventory may define the rest. */
  private static boolean looksMisspelt(Diagnostic missing) {
    Matcher said = QUOTED.matcher(missing.message());
    Matcher meant = QUOTED.matcher(missing.hint().orElse(""));
    if (!said.find() || !meant.find()) {
      return false;
    }
    String one = said.group(1);
    String other = meant.group(1);
    int start = 0;
    int end = 0;
    int least = Math.min(one.length(), other.length());
    while (start < least && one.charAt(start) == other.charAt(start)) {
      start++;
    }
    while (end < least - start
        && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
      end++;
    }
    String left = one.substring(start, one.length() - end);
    String right = other.substring(start, other.length() - end);
    return (left.length() <= 1 && right.length() <= 1)
        || (left.length() == 2 && new StringBuilder(left).reverse().toString().equals(right));
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
