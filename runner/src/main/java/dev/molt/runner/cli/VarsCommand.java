package dev.molt.runner.cli;

import dev.molt.dsl.inventory.Host;
import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.inventory.InventoryLoader;
import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.runner.engine.RunOptions;
import dev.molt.runner.engine.VariableOrigins;
import dev.molt.runner.engine.VariableOrigins.Definition;
import dev.molt.runner.event.Secrets;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code molt vars}: what a host's variables are worth, who says so, and what that hides. */
final class VarsCommand {
  private static final String HELP =
      """
      usage: molt vars HOST [NAME...] [-i INVENTORY] [OPTIONS]

      Prints the variables of a host with the file and line that each comes from. Of those that are
      named, also what they hide: the definitions that would hold if this one were not there.
      No host is contacted, so facts and registered results are not among them.

            --playbook FILE     as the first play of this playbook that is for the host sees them
        -i, --inventory NAME    file, directory, or hosts separated by commas; may be repeated
        -e, --extra-vars VARS   key=value, a YAML or JSON mapping, or @FILE; may be repeated
            --vault-id ID@SOURCE, --vault-password-file FILE, -J, --ask-vault-password
                                where the passwords of encrypted files come from
      """;

  private final PrintStream out;
  private final PrintStream err;
  private final Settings settings;
  private final Secrets secrets = new Secrets();

  VarsCommand(PrintStream out, PrintStream err, Settings settings) {
    this.out = out;
    this.err = err;
    this.settings = settings;
  }

  int execute(List<String> words) {
    GivenWords given =
        VaultOptions.declare(
                new OptionSet("molt vars")
                    .flag("--help", "-h")
                    .value("--playbook", "-p")
                    .value("--inventory", "-i", "--inventory-file")
                    .value("--extra-vars", "-e"))
            .parse(words);
    if (given.has("--help")) {
      out.print(HELP);
      return 0;
    } else if (given.others().isEmpty()) {
      throw Diagnostic.error("molt vars needs the name of a host")
          .withHint("molt vars HOST [NAME] -i INVENTORY")
          .asException();
    }
    String host = given.others().get(0);
    List<String> names = given.others().subList(1, given.others().size());
    Map<String, List<Definition>> all = definitions(given, host);
    VarsText text = new VarsText(secrets);
    if (names.isEmpty()) {
      text.all(all).forEach(out::println);
    }
    for (String name : names) {
      text.one(host, name, all).forEach(out::println);
    }
    return 0;
  }

  private Map<String, List<Definition>> definitions(GivenWords given, String host) {
    VaultSecrets vault =
        VaultOptions.of(given)
            .secrets(settings, new TerminalAsker(err, System.in), this::warn)
            .telling(secrets::add);
    List<Layer> extraVars = new ArrayList<>();
    given.all("--extra-vars").forEach(text -> extraVars.add(0, ExtraVars.parse(text, vault)));
    Optional<Path> file =
        given.last("--playbook").map(name -> Names.find("playbook", "playbooks", name));
    Path folder =
        file.map(f -> f.toAbsolutePath().getParent()).orElse(Path.of("").toAbsolutePath());
    PlaybookTools tools =
        PlaybookTools.of(file.orElse(folder.resolve("none")), vault, extraVars, settings);
    Optional<Playbook> playbook = file.map(tools.loader()::load);
    Inventory inventory =
        InventoryLoader.load(
            InventorySources.of(given.all("--inventory"), settings),
            InventoryLoading.options(settings, tools.templar(), extraVars).withPlaybookDir(folder));
    inventory.warnings().forEach(this::warn);
    tools.answers().inventory().set(inventory);
    if (inventory.hostOrLocal(host).isEmpty()) {
      List<String> known = inventory.hosts().stream().map(Host::name).toList();
      throw Diagnostic.error("there is no host '" + host + "' in the inventory")
          .withHint(
              Suggestions.hint(host, known)
                  .orElse("molt inventory --graph -i INVENTORY lists them"))
          .asException();
    }
    RunOptions options = RunOptions.of(settings, extraVars);
    return VariableOrigins.of(
        playbook, host, inventory, tools.loader(), tools.registry(), tools.templar(), options);
  }

  private void warn(Diagnostic warning) {
    err.println("warning: " + warning.message());
  }
}
