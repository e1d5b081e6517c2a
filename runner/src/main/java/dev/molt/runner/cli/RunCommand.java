package dev.molt.runner.cli;

import dev.molt.dsl.hook.Hooks;
import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.inventory.InventoryLoader;
import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.settings.InventorySettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.dsl.yaml.DuplicateKeys;
import dev.molt.runner.engine.PlaybookRunner;
import dev.molt.runner.engine.RunHooks;
import dev.molt.runner.engine.RunOptions;
import dev.molt.runner.engine.RunTools;
import dev.molt.runner.engine.Session;
import dev.molt.runner.engine.TagFilter;
import dev.molt.runner.event.EventBus;
import dev.molt.runner.event.RunListener;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.remote.local.LocalTransport;
import dev.molt.runner.remote.ssh.SshTransport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code molt run}. */
final class RunCommand {
  private final PrintStream out;
  private final PrintStream err;
  private final Asker asker;
  private final ExitStatus status;
  private final Settings settings;
  private final Optional<Within> within;
  private final List<Diagnostic> warnings = new ArrayList<>();
  private volatile EventBus running;
  private VaultSecrets vault = VaultSecrets.none();

  /**
   * A session that the run is part of.
   *
   * @param base what its command line said; the words of the run are stronger
   * @param check whether to change nothing, whatever the words say
   * @param readOnly whether no task can change anything, whatever it says
   * @param limit a pattern of hosts, where the words name none
   */
  record Within(
      Session session,
      Inventory inventory,
      VaultSecrets vault,
      Secrets secrets,
      RunOptions base,
      boolean check,
      boolean readOnly,
      String limit) {}

  /**
   * @param status turns to Ansible's exit statuses where the run is shown as Ansible does
   */
  RunCommand(PrintStream out, PrintStream err, Settings settings, ExitStatus status) {
    this(out, err, settings, status, Optional.empty());
  }

  /** One that connects to nothing by itself: the session that it is part of has done so. */
  RunCommand(
      PrintStream out,
      PrintStream err,
      Settings settings,
      ExitStatus status,
      Optional<Within> within) {
    this(out, err, settings, status, within, new TerminalAsker(err, System.in));
  }

  /**
   * One whose questions go to somebody else.
   *
   * @param asker is asked one question at a time
   */
  RunCommand(
      PrintStream out,
      PrintStream err,
      Settings settings,
      ExitStatus status,
      Optional<Within> within,
      Asker asker) {
    this.within = within;
    this.out = out;
    this.err = err;
    this.asker = asker;
    this.settings = settings;
    this.status = status;
  }

  int execute(List<String> words) {
    status.enter(ExitStatus.Phase.ARGUMENTS);
    status.show(words, settings);
    RunArguments arguments = RunArguments.parse(words, settings);
    if (arguments.help()) {
      out.print(Help.RUN);
      return 0;
    } else if (arguments.given().has("--version")) {
      Version.print(out, settings);
      return 0;
    }
    if (arguments.playbooks().isEmpty()) {
      throw Diagnostic.error("molt run needs a playbook")
          .withHint("molt run upgrade.yml -i prod")
          .asException();
    }
    warnings.addAll(settings.warnings());
    if (arguments.verbosity() > 0) {
      warnings.addAll(settings.unknownKeys());
    }
    status.enter(ExitStatus.Phase.START);
    List<Path> files =
        arguments.playbooks().stream().map(n -> Names.find("playbook", "playbooks", n)).toList();
    if (within.isPresent() && !arguments.inventories().isEmpty()) {
      throw Diagnostic.error("in a session, playbooks are run on its own inventory")
          .withHint("leave out -i, or run it in a shell: molt run ...")
          .asException();
    }
    List<String> inventories =
        within.isPresent()
            ? within.get().inventory().sources()
            : InventorySources.of(arguments.inventories(), arguments.settings());
    boolean runs = runs(arguments);
    if (runs && within.isEmpty()) {
      boolean hooks = files.stream().anyMatch(RunCommand::mentionsHooks);
      Thread warming = new Thread(() -> warmUp(hooks), "warm-up");
      warming.setDaemon(true);
      warming.start();
    }
    vault =
        within
            .map(Within::vault)
            .orElseGet(() -> arguments.vault().secrets(arguments.settings(), asker, warnings::add));
    RunOptions options = options(arguments, runs);
    if (runs && within.isEmpty()) {
      // Not before: somebody who is asked for a password may leave at once.
      Interrupts.watch(Thread.currentThread());
    }
    Outputs outputs = new Outputs(arguments, out, err);
    int ended = 0;
    PlaybookTools.duplicateKeys(arguments.settings(), this::warn);
    try {
      for (Path file : files) {
        ended = one(file, inventories, arguments, options, outputs);
        if (ended != 0) {
          break;
        }
      }
    } finally {
      DuplicateKeys.are(DuplicateKeys.Policy.REFUSE, d -> {});
    }
    return ended;
  }

  /**
   * Loads what takes longest, while the playbook is read. Groovy goes first: hooks are called
   * before there is anything to do on hosts.
   */
  private static void warmUp(boolean hooks) {
    if (hooks) {
      Hooks.warmUp();
    }
    SshTransport.warmUp();
  }

  /** Whether a playbook seems to need Groovy: only reading it tells. */
  private static boolean mentionsHooks(Path playbook) {
    try {
      return Files.readString(playbook).contains("hooks:");
    } catch (IOException e) {
      // Whoever reads it says what is wrong.
      return false;
    }
  }

  private int one(
      Path file,
      List<String> inventories,
      RunArguments arguments,
      RunOptions options,
      Outputs outputs) {
    status.enter(ExitStatus.Phase.LOADING);
    Secrets secrets = within.map(Within::secrets).orElseGet(Secrets::new);
    VaultSecrets opening = vault.telling(secrets::add);
    PlaybookTools tools =
        PlaybookTools.of(file, opening, options.extraVars(), arguments.settings());
    Playbook playbook = tools.loader().load(file);
    RunHooks hooks =
        runs(arguments)
            ? RunHooks.of(playbook, arguments.settings())
            : RunHooks.none(arguments.settings());
    Path parent = file.toAbsolutePath().getParent();
    status.enter(ExitStatus.Phase.START);
    Inventory inventory =
        within.isPresent()
            ? within.get().inventory()
            : InventoryLoader.load(
                inventories,
                InventoryLoading.options(arguments.settings(), tools.templar(), options.extraVars())
                    .withPlaybookDir(parent));
    tools.answers().inventory().set(inventory);
    status.enter(ExitStatus.Phase.LOADING);
    if (Listing.wanted(arguments.given())) {
      new Listing(out, arguments.given(), options, inventory, tools.templar()).print(playbook);
      return 0;
    } else if (syntaxOnly(arguments)) {
      PlaybookRunner.check(playbook, tools.registry(), tools.templar(), secrets);
      out.println("\nplaybook: " + file);
      return 0;
    }
    List<RunListener> listeners = new ArrayList<>(List.of(outputs.listener()));
    listeners.addAll(RetryFile.of(file, arguments.settings(), err));
    try (EventBus events = new EventBus(listeners, secrets)) {
      running = events;
      warnings(inventory, inventories, arguments).forEach(this::warn);
      RunTools parts =
          new RunTools(
              tools.answers().inventory(),
              tools.loader(),
              tools.registry(),
              tools.templar(),
              secrets,
              events,
              asker::ask);
      return status.of(
          within.isPresent()
              ? within.get().session().playbook(playbook, hooks, parts, options)
              : PlaybookRunner.run(
                  playbook, hooks, parts, SshTransport::new, LocalTransport::new, options));
    } finally {
      running = null;
      err.flush();
    }
  }

  /** Until there is something that shows them, warnings wait. */
  private void warn(Diagnostic warning) {
    EventBus bus = running;
    if (bus == null) {
      warnings.add(warning);
    } else {
      bus.warn(warning);
    }
  }

  /** Whether anything is to be run, and not only told. */
  private static boolean runs(RunArguments arguments) {
    return !Listing.wanted(arguments.given()) && !syntaxOnly(arguments);
  }

  private static boolean syntaxOnly(RunArguments arguments) {
    return arguments.given().has("--syntax-check");
  }

  private List<Diagnostic> warnings(
      Inventory inventory, List<String> inventories, RunArguments arguments) {
    List<Diagnostic> all = new ArrayList<>(warnings);
    warnings.clear();
    if (arguments.given().has("--module-path")) {
      all.add(Diagnostic.warning("--module-path is not followed: modules are not Python's here"));
    }
    all.addAll(inventory.warnings());
    if (inventories.isEmpty() && settings.get(InventorySettings.UNPARSED_WARNING)) {
      all.add(Diagnostic.warning("No inventory was parsed, only implicit localhost is available"));
    }
    if (inventory.hosts().isEmpty() && settings.get(InventorySettings.LOCALHOST_WARNING)) {
      all.add(
          Diagnostic.warning(
              "provided hosts list is empty, only localhost is available. Note that the implicit"
                  + " localhost does not match 'all'"));
    }
    return all;
  }

  /**
   * @throws DiagnosticException for what {@code -e} gives, and where a password cannot be had
   */
  private RunOptions options(RunArguments arguments, boolean runs) {
    List<Layer> extra = new ArrayList<>();
    for (String text : arguments.extraVars()) {
      extra.add(0, ExtraVars.parse(text, vault));
    }
    GivenWords given = arguments.given();
    within.ifPresent(w -> extra.addAll(w.base().extraVars()));
    Passwords passwords =
        within.isPresent()
            ? new Passwords(within.get().base().password(), within.get().base().becomePassword())
            : runs ? Passwords.of(arguments.settings(), asker) : Passwords.NONE;
    RunOptions options =
        new RunOptions(
            arguments.check() || (within.isPresent() && within.get().check()),
            arguments.limit().or(() -> within.map(Within::limit).filter(l -> !l.equals("all"))),
            extra,
            new TagFilter(arguments.tags(), arguments.skipTags()),
            passwords.login(),
            passwords.become(),
            given.last("--start-at-task"),
            given.has("--step") ? Optional.of(new StepPrompt(out)) : Optional.empty(),
            given.has("--flush-cache"),
            arguments.settings());
    return within.isPresent() && within.get().readOnly() ? options.withoutChanges() : options;
  }
}
