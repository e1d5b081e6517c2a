package dev.molt.runner.cli.lint;

import dev.molt.dsl.hook.ScriptKind;
import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.inventory.InventoryLoader;
import dev.molt.dsl.settings.InventorySettings;
import dev.molt.dsl.settings.RunSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostic.Severity;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.dsl.yaml.DuplicateKeys;
import dev.molt.runner.cli.GivenWords;
import dev.molt.runner.cli.InventoryLoading;
import dev.molt.runner.cli.InventorySources;
import dev.molt.runner.cli.OptionSet;
import dev.molt.runner.cli.PlaybookTools;
import dev.molt.runner.cli.VaultOptions;
import dev.molt.runner.engine.StaticCheck;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@code molt lint}: says what is wrong with playbooks, without any host. */
public final class LintCommand {
  private static final String HELP =
      """
      usage: molt lint PLAYBOOK|SCRIPT|FOLDER... [OPTIONS]

      Checks playbooks and all that they import: keywords, modules and their options, templates,
      filters, names of files. A file in Groovy is what its folder is for: library, filters, tests,
      lookups, hooks, inventory; elsewhere it is a playbook. Of a folder, all playbooks and files of
      tasks in it are checked, and what is in folders such as library; all other YAML is read.

        -f, --format FORMAT   text (default), json, or sarif for editors and code hosts
        -i, --inventory NAME  what is for these hosts: then all names of variables that nothing
                              defines are found, else only those that look misspelt
        -e, --extra-vars VARS variables that a run will be given
            --strict          warnings count as errors
            --vault-id, --vault-password-file, -J
                              as for molt run; what they do not open is passed over

      exit status: 0 no errors, 1 errors, 2 could not check
      """;

  private static final List<String> FORMATS = List.of("text", "json", "sarif");

  private final PrintStream out;
  private final PrintStream err;
  private final Settings settings;
  private final String version;
  private final Function<String, Path> finder;
  private final Function<String, Layer> extraVars;

  /**
   * A command that prints there.
   *
   * @param err where warnings and questions go
   * @param settings where roles are looked for, and vault passwords
   * @param version of Molt, for programs
   * @param finder finds a playbook that was named, or throws a {@link DiagnosticException}
   * @param extraVars reads what {@code -e} gives
   */
  public LintCommand(
      PrintStream out,
      PrintStream err,
      Settings settings,
      String version,
      Function<String, Path> finder,
      Function<String, Layer> extraVars) {
    this.out = out;
    this.err = err;
    this.extraVars = extraVars;
    this.settings = settings;
    this.version = version;
    this.finder = finder;
  }

  /**
   * Checks and prints; gives the exit status.
   *
   * @throws DiagnosticException for wrong words, and for names of nothing
   */
  public int execute(List<String> words) {
    GivenWords given =
        VaultOptions.declare(
                new OptionSet("molt lint")
                    .flag("--help", "-h")
                    .value("--format", "-f")
                    .flag("--strict")
                    .value("--inventory", "-i")
                    .value("--extra-vars", "-e"))
            .parse(words);
    if (given.has("--help")) {
      out.print(HELP);
      return 0;
    }
    String format = given.last("--format").orElse("text");
    if (!FORMATS.contains(format)) {
      throw Diagnostic.error("there is no format '" + format + "'")
          .withHint(
              Suggestions.hint(format, FORMATS)
                  .orElse("--format is one of " + String.join(", ", FORMATS)))
          .asException();
    } else if (given.others().isEmpty()) {
      throw Diagnostic.error("molt lint needs a playbook or a folder")
          .withHint("molt lint upgrade.yml, or molt lint .")
          .asException();
    }
    VaultSecrets vault = VaultOptions.of(given).secrets(settings, err).leavingClosed();
    Findings findings = new Findings();
    PlaybookTools.duplicateKeys(settings, d -> findings.add(List.of(d)));
    LintFiles files = new LintFiles(findings, vault);
    Set<Path> playbooks = new LinkedHashSet<>();
    Map<Path, ScriptKind> scripts = new LinkedHashMap<>();
    int named = 0;
    for (String name : given.others()) {
      if (Files.isDirectory(Path.of(name))) {
        files.search(Path.of(name));
        playbooks.addAll(files.playbooks());
      } else {
        Path file = finder.apply(name);
        ScriptKind.of(file)
            .ifPresentOrElse(kind -> scripts.put(file, kind), () -> playbooks.add(file));
        named++;
      }
    }
    List<Layer> extra = new ArrayList<>();
    given.all("--extra-vars").forEach(e -> extra.add(0, extraVars.apply(e)));
    try {
      playbooks.forEach(p -> playbook(p, given.all("--inventory"), extra, vault, findings));
      files
          .tasks()
          .forEach(
              (file, role) ->
                  findings.add(check(files.playbookOf(file), extra, vault).tasks(file, role)));
    } finally {
      DuplicateKeys.are(DuplicateKeys.Policy.REFUSE, d -> {});
    }
    scripts.putAll(files.scripts());
    Duration longest = Duration.ofSeconds(settings.get(RunSettings.HOOK_TIMEOUT));
    scripts.forEach(new LintScripts(findings, longest)::check);
    int count = named + files.count();
    out.print(
        switch (format) {
          case "json" -> Report.json(findings, count);
          case "sarif" -> Sarif.of(findings, version);
          default -> Report.text(findings, count);
        });
    boolean failed =
        findings.count(Severity.ERROR) > 0
            || (given.has("--strict") && findings.count(Severity.WARNING) > 0);
    return failed ? 1 : 0;
  }

  private void playbook(
      Path file,
      List<String> inventories,
      List<Layer> extra,
      VaultSecrets vault,
      Findings findings) {
    Optional<Inventory> inventory = Optional.empty();
    try {
      inventory = inventory(file, inventories, extra, vault);
    } catch (DiagnosticException e) {
      findings.add(e.diagnostics());
    }
    findings.add(check(file, extra, vault).playbook(file, inventory));
  }

  /** The one that was named or is configured. */
  private Optional<Inventory> inventory(
      Path playbook, List<String> named, List<Layer> extra, VaultSecrets vault) {
    if (named.isEmpty() && settings.origin(InventorySettings.INVENTORY).isEmpty()) {
      return Optional.empty();
    }
    Templar templar = PlaybookTools.of(playbook, vault, extra, settings).templar();
    return Optional.of(
        InventoryLoader.load(
            InventorySources.of(named, settings),
            InventoryLoading.options(settings, templar, extra)
                .withPlaybookDir(playbook.toAbsolutePath().getParent())));
  }

  private StaticCheck check(Path file, List<Layer> extra, VaultSecrets vault) {
    PlaybookTools tools = PlaybookTools.of(file, vault, extra, settings);
    return new StaticCheck(tools.loader(), tools.registry(), tools.templar(), extra);
  }
}
