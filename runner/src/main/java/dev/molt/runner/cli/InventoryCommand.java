package dev.molt.runner.cli;

import dev.molt.dsl.inventory.Group;
import dev.molt.dsl.inventory.Host;
import dev.molt.dsl.inventory.HostPattern;
import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.inventory.InventoryLoader;
import dev.molt.dsl.inventory.InventoryOptions;
import dev.molt.dsl.inventory.Mismatch;
import dev.molt.dsl.settings.InventorySettings;
import dev.molt.dsl.settings.LanguageSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.template.library.YamlText;
import dev.molt.dsl.template.lookup.FileLookups;
import dev.molt.dsl.template.lookup.SearchPath;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vault.VaultSecrets;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code molt inventory}: shows hosts, groups and variables in the shapes of {@code
 * ansible-inventory}, which tools read.
 */
final class InventoryCommand {
  private static final String HELP =
      """
      usage: molt inventory --list|--host NAME|--graph [GROUP] [-i INVENTORY] [OPTIONS]

      The options are those of ansible-inventory. Variables are shown as they were written, with
      their templates; what was written encrypted stays so.

            --list              all groups, and the variables of all hosts, as JSON
            --host NAME         the variables of one host
            --graph             groups and hosts as a tree, from GROUP on
            --vars              with --graph: variables, too
            --export            with --list: variables where they are defined, not merged
        -y, --yaml              YAML instead of JSON
            --output FILE       into this file
        -i, --inventory NAME    file, directory, or hosts separated by commas; may be repeated
        -l, --limit PATTERN     with --list: only these hosts; @FILE holds patterns
        -e, --extra-vars VARS   key=value, a YAML or JSON mapping, or @FILE; may be repeated
            --playbook-dir DIR  group_vars and host_vars stand there, too
            --show-secrets      decrypt what is encrypted
            --vault-id ID@SOURCE, --vault-password-file FILE, -J, --ask-vault-password
                                where the passwords of encrypted files come from
      """;

  private static final Json.Options LAID_OUT = new Json.Options(4, true, false, ",", ": ");

  private final PrintStream out;
  private final PrintStream err;
  private final Settings settings;
  private final ExitStatus status;

  InventoryCommand(PrintStream out, PrintStream err, Settings settings, ExitStatus status) {
    this.out = out;
    this.err = err;
    this.settings = settings;
    this.status = status;
  }

  private static GivenWords parse(List<String> words) {
    return VaultOptions.declare(
            new OptionSet("molt inventory")
                .flag("--help", "-h")
                .flag("--version")
                .flag("--verbose", "-v")
                .flag("--list")
                .value("--host")
                .flag("--graph")
                .flag("--vars")
                .flag("--export")
                .flag("--yaml", "-y")
                .flag("--toml")
                .value("--output")
                .value("--inventory", "-i", "--inventory-file")
                .value("--limit", "-l")
                .value("--extra-vars", "-e")
                .value("--playbook-dir")
                .flag("--show-secrets"))
        .parse(words);
  }

  int execute(List<String> words) {
    status.show(List.of(), settings);
    GivenWords given = parse(words);
    if (given.has("--help")) {
      out.print(HELP);
      return 0;
    } else if (given.has("--version")) {
      Version.print(out, settings);
      return 0;
    }
    check(given);
    status.enter(ExitStatus.Phase.START);
    Optional<Path> named =
        given
            .last("--playbook-dir")
            .map(Path::of)
            .or(() -> settings.get(LanguageSettings.PLAYBOOK_DIR));
    Path folder = named.orElse(Path.of("")).toAbsolutePath().normalize();
    VaultSecrets vault =
        VaultOptions.of(given).secrets(settings, new TerminalAsker(err, System.in), this::warn);
    List<Layer> extraVars = new ArrayList<>();
    given.all("--extra-vars").forEach(text -> extraVars.add(0, ExtraVars.parse(text, vault)));
    Library library =
        Library.builder().builtins().lookups(new FileLookups(() -> SearchPath.of(folder))).build();
    Templar templar = new Templar(new TemplateEngine(library), vault);
    InventoryOptions options = InventoryLoading.options(settings, templar, extraVars);
    Inventory inventory =
        InventoryLoader.load(
            InventorySources.of(given.all("--inventory"), settings),
            named.isPresent() ? options.withPlaybookDir(folder) : options);
    inventory.warnings().forEach(this::warn);
    print(text(given, inventory, extraVars, vault), given);
    return 0;
  }

  private static void check(GivenWords given) {
    long actions = Stream.of("--list", "--host", "--graph").filter(given::has).count();
    if (actions != 1) {
      throw Diagnostic.error(
              actions == 0
                  ? "No action selected, at least one of --host, --graph or --list needs to be"
                      + " specified."
                  : "Conflicting options used, only one of --host, --graph or --list can be used"
                      + " at the same time.")
          .withHint("molt inventory --list -i INVENTORY")
          .asException();
    } else if (given.has("--toml")) {
      throw Diagnostic.error("TOML is not supported: --toml")
          .withHint("leave it out for JSON, or ask for --yaml")
          .asException();
    } else if (given.others().size() > (given.has("--graph") ? 1 : 0)) {
      throw Diagnostic.error("molt inventory has no use for '" + given.others().get(0) + "'")
          .withHint("only --graph takes the name of a group")
          .asException();
    }
  }

  private String text(
      GivenWords given, Inventory inventory, List<Layer> extraVars, VaultSecrets vault) {
    boolean yaml = given.has("--yaml");
    boolean graph = given.has("--graph");
    boolean export = given.has("--export") || settings.get(InventorySettings.EXPORT);
    InventoryVars.Form form =
        graph ? InventoryVars.Form.TEXT : yaml ? InventoryVars.Form.YAML : InventoryVars.Form.JSON;
    InventoryVars vars =
        new InventoryVars(inventory, form, export, extraVars, vault, given.has("--show-secrets"));
    if (given.has("--host")) {
      return laidOut(vars.of(host(inventory, given.last("--host").orElseThrow())), yaml);
    } else if (graph) {
      return new InventoryListing(inventory, inventory.hosts(), vars, export)
          .graph(top(inventory, given), given.has("--vars"));
    }
    InventoryListing listing =
        new InventoryListing(inventory, limited(inventory, given), vars, export);
    return laidOut(yaml ? listing.yaml() : listing.script(), yaml);
  }

  private static String laidOut(MapValue value, boolean yaml) {
    return yaml ? YamlText.block(value) : Json.write(value, LAID_OUT);
  }

  private Host host(Inventory inventory, String pattern) {
    Mismatch mismatch = InventoryLoading.mismatch(settings);
    List<Host> hosts = HostPattern.parse(pattern).select(inventory, mismatch, this::warn);
    if (hosts.size() != 1) {
      throw Diagnostic.error("You must pass a single valid host to --host parameter")
          .withHint("'" + pattern + "' stands for " + hosts.size() + " hosts")
          .asException();
    }
    return hosts.get(0);
  }

  private static Group top(Inventory inventory, GivenWords given) {
    String name = given.others().isEmpty() ? "all" : given.others().get(0);
    return inventory
        .group(name)
        .orElseThrow(
            () ->
                Diagnostic.error("Pattern must be valid group name when using --graph: " + name)
                    .withHint(Suggestions.hint(name, inventory.groups().keySet()))
                    .asException());
  }

  private List<Host> limited(Inventory inventory, GivenWords given) {
    if (given.last("--limit").isEmpty()) {
      return inventory.hosts();
    }
    HostPattern limit = HostPattern.limit(given.last("--limit").get(), Path.of(""));
    List<Host> allowed = limit.select(inventory, InventoryLoading.mismatch(settings), this::warn);
    return inventory.hosts().stream().filter(allowed::contains).toList();
  }

  private void print(String text, GivenWords given) {
    if (given.last("--output").isPresent()) {
      Path file = UserPath.of(given.last("--output").get());
      try {
        Files.writeString(file, text);
      } catch (IOException e) {
        throw Diagnostic.error("Unable to write to destination file (" + file + "): " + e)
            .asException();
      }
    } else {
      out.print(text.endsWith("\n") ? text : text + "\n");
    }
  }

  private void warn(Diagnostic warning) {
    err.print(status.words(warning));
  }
}
