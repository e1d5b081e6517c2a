package dev.molt.runner.cli;

import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.inventory.InventoryLoader;
import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.template.lookup.FileLookups;
import dev.molt.dsl.template.lookup.SearchPath;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.runner.engine.PlaybookRunner;
import dev.molt.runner.engine.RunOptions;
import dev.molt.runner.engine.TagFilter;
import dev.molt.runner.event.EventBus;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.module.Registry;
import dev.molt.runner.module.builtin.Builtins;
import dev.molt.runner.remote.local.LocalTransport;
import dev.molt.runner.remote.ssh.SshTransport;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code molt run}. */
final class RunCommand {
  private final PrintStream out;
  private final PrintStream err;
  private Optional<String> loginPassword = Optional.empty();
  private Optional<String> becomePassword = Optional.empty();

  RunCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  int execute(List<String> words) {
    RunArguments arguments = RunArguments.parse(words, RunOptions.DEFAULT_FORKS);
    if (arguments.help()) {
      out.print(Help.RUN);
      return 0;
    }
    if (arguments.playbooks().isEmpty()) {
      throw Diagnostic.error("molt run needs a playbook")
          .withHint("molt run upgrade.yml -i prod")
          .asException();
    }
    List<Path> files =
        arguments.playbooks().stream().map(n -> Names.find("playbook", "playbooks", n)).toList();
    if (arguments.inventories().isEmpty()) {
      throw Diagnostic.error("molt run needs an inventory")
          .withHint("name one with -i: a file or directory, or hosts such as -i n1,n2,")
          .asException();
    }
    List<String> inventories =
        arguments.inventories().stream()
            .map(n -> n.contains(",") ? n : Names.find("inventory", "inventory", n).toString())
            .toList();
    Interrupts.watch(Thread.currentThread());
    // What SSH needs is loaded while the playbook is.
    Thread warming = new Thread(SshTransport::warmUp, "warm-up");
    warming.setDaemon(true);
    warming.start();
    // Asked once, however many playbooks there are.
    loginPassword = arguments.askPassword() ? Optional.of(ask("login")) : Optional.empty();
    becomePassword = arguments.askBecomePassword() ? Optional.of(ask("sudo")) : Optional.empty();
    int status = 0;
    for (Path file : files) {
      status = one(file, inventories, arguments);
      if (status != 0) {
        break;
      }
    }
    return status;
  }

  private int one(Path file, List<String> inventories, RunArguments arguments) {
    Registry registry = Builtins.registry();
    Templar templar = new Templar(new TemplateEngine(library(file)));
    PlaybookLoader loader =
        new PlaybookLoader(PlaybookRunner.actions(registry), Registry::plainName);
    Playbook playbook = loader.load(file);
    Path parent = file.toAbsolutePath().getParent();
    Inventory inventory = InventoryLoader.load(inventories, parent);
    Secrets secrets = new Secrets();
    RunOptions options = options(arguments);
    ConsoleListener console =
        new ConsoleListener(out, Style.detect(), arguments.verbosity(), arguments.diff());
    try (EventBus events = new EventBus(List.of(console), secrets)) {
      inventory.warnings().forEach(w -> events.publish(new RunEvent.Warning(Instant.now(), w)));
      return PlaybookRunner.run(
              playbook,
              inventory,
              loader,
              registry,
              templar,
              secrets,
              events,
              SshTransport::new,
              LocalTransport::new,
              options)
          .exitStatus();
    } finally {
      err.flush();
    }
  }

  /** Reads a password from the terminal, without showing it. */
  @SuppressWarnings(
      "SystemConsoleNull") // from JDK 22 on it is never null; the launcher knows better
  private static String ask(String what) {
    Console console = Boolean.getBoolean("molt.input.terminal") ? System.console() : null;
    char[] password = console == null ? null : console.readPassword("%s password: ", what);
    if (password == null || password.length == 0) {
      throw Diagnostic.error("no " + what + " password was given")
          .withHint("-k and -K ask for it on a terminal; an inventory or -e @FILE can hold it, too")
          .asException();
    }
    return new String(password);
  }

  /** Lookups that read files look beside the playbook. */
  private static Library library(Path playbook) {
    Path folder = playbook.toAbsolutePath().normalize().getParent();
    return Library.builder()
        .builtins()
        .lookups(new FileLookups(() -> SearchPath.of(folder)))
        .build();
  }

  private RunOptions options(RunArguments arguments) {
    List<Layer> extra = new ArrayList<>();
    for (String text : arguments.extraVars()) {
      extra.add(0, ExtraVars.parse(text));
    }
    return new RunOptions(
        arguments.check(),
        arguments.diff(),
        arguments.forks(),
        arguments.limit(),
        extra,
        new TagFilter(arguments.tags(), arguments.skipTags()),
        arguments.user(),
        arguments.privateKey(),
        loginPassword,
        becomePassword,
        arguments.verbosity());
  }
}
