package dev.molt.runner.cli;

import dev.molt.dsl.hook.Plugins;
import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.settings.LanguageSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.template.lookup.FileLookups;
import dev.molt.dsl.template.lookup.RunLookups;
import dev.molt.dsl.template.lookup.SearchPath;
import dev.molt.dsl.template.lookup.UrlLookup;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.dsl.yaml.DuplicateKeys;
import dev.molt.dsl.yaml.DuplicateKeys.Policy;
import dev.molt.runner.engine.EngineActions;
import dev.molt.runner.engine.PlaybookRunner;
import dev.molt.runner.engine.RunAnswers;
import dev.molt.runner.module.Registry;
import dev.molt.runner.module.builtin.Builtins;
import dev.molt.runner.module.script.GroovyModule;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * What reads a playbook: the modules and actions it may name, what its templates may use, and the
 * loader. Thread-safe.
 *
 * @param answers what lookups ask of the run; its inventory is empty at first
 */
public record PlaybookTools(
    Registry registry, Templar templar, PlaybookLoader loader, RunAnswers answers) {

  /** All modules, and the engine's own actions. */
  public static Registry actions() {
    return EngineActions.addTo(Builtins.registry());
  }

  /** The same with the modules in Groovy of {@link Plugins#folders}, which come first. */
  public static Registry actions(List<Path> folders) {
    Registry registry = actions();
    Plugins.files(folders, "library")
        .forEach((name, file) -> registry.add(name, () -> GroovyModule.load(name, file)));
    return registry;
  }

  /**
   * All filters, tests, functions and lookups.
   *
   * @param folders {@link Plugins#folders}; lookups of files look in the first
   */
  public static Library library(List<Path> folders, VaultSecrets vault) {
    return library(folders, vault, new RunAnswers(Settings.defaults()));
  }

  private static Library library(List<Path> folders, VaultSecrets vault, RunAnswers answers) {
    Path folder = folders.get(0);
    Library.Builder library =
        Library.builder()
            .builtins()
            .lookups(new FileLookups(() -> SearchPath.of(folder), vault))
            .lookups(new RunLookups(answers))
            .lookups(new UrlLookup());
    Plugins.declare(folders, library);
    return library.build();
  }

  /**
   * Decides what keys are that stand twice in a mapping, for all that is read from now on.
   *
   * @param warnings takes what is only a warning
   */
  public static void duplicateKeys(Settings settings, Consumer<Diagnostic> warnings) {
    Policy policy =
        switch (settings.get(LanguageSettings.DUPLICATE_DICT_KEY)) {
          case "warn" -> Policy.WARN;
          case "ignore" -> Policy.IGNORE;
          default ->
              settings.origin(LanguageSettings.DUPLICATE_DICT_KEY).isPresent()
                  ? Policy.ERROR
                  : Policy.REFUSE;
        };
    DuplicateKeys.are(policy, warnings);
  }

  /**
   * For one playbook.
   *
   * @param vault opens what is encrypted
   * @param extraVars names of imports may use them, the strongest first
   * @param settings where roles are looked for
   */
  public static PlaybookTools of(
      Path playbook, VaultSecrets vault, List<Layer> extraVars, Settings settings) {
    Path folder = playbook.toAbsolutePath().normalize().getParent();
    List<Path> rolesPath = settings.get(LanguageSettings.ROLES_PATH);
    List<Path> folders = Plugins.folders(folder, rolesPath);
    Registry registry = actions(folders);
    RunAnswers answers = new RunAnswers(settings);
    Templar templar =
        new Templar(
            new TemplateEngine(library(folders, vault, answers)),
            vault,
            settings.get(LanguageSettings.ALLOW_BROKEN_CONDITIONALS));
    PlaybookLoader loader =
        new PlaybookLoader(
            PlaybookRunner.actions(registry),
            Registry::plainName,
            templar,
            extraVars,
            rolesPath,
            List.of());
    return new PlaybookTools(registry, templar, loader, answers);
  }
}
