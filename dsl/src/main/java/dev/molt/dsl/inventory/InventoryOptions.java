package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Source;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vault.VaultSecrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * How inventories are loaded. Immutable.
 *
 * @param playbookDir where else to look for {@code group_vars} and {@code host_vars}
 * @param unlock decrypts a file that begins with {@code $ANSIBLE_VAULT}
 * @param templar evaluates what {@code constructed} and {@code generator} inventories hold; asked
 *     for only where there is one
 * @param extraVars those of {@code -e}, strongest first, for constructed inventories that ask for
 *     them
 * @param groupNames what becomes of names such as {@code web-eu}
 * @param broken what a source that cannot be read means
 * @param ignored what is passed over in directories
 * @param scriptDeadline how long one run of an executable inventory may take
 */
public record InventoryOptions(
    Optional<Path> playbookDir,
    UnaryOperator<Source> unlock,
    Supplier<Templar> templar,
    List<Layer> extraVars,
    GroupNames.Policy groupNames,
    Broken broken,
    IgnoredFiles ignored,
    Duration scriptDeadline) {

  /** What it means when a source does not exist or has a mistake in it. */
  public enum Broken {
    /** An error: half an inventory is a trap. */
    ERROR,
    /** A warning, as long as another source can be read; Ansible's {@code unparsed_is_failed}. */
    ERROR_IF_ALL,
    /** A warning, as in Ansible where nothing is configured. */
    WARNING
  }

  /** Of an executable inventory, unless set. */
  public static final Duration SCRIPT_DEADLINE = Duration.ofMinutes(2);

  public InventoryOptions {
    extraVars = List.copyOf(extraVars);
  }

  /** No playbook, no passwords, no extra variables, and all mistakes are errors. */
  public static InventoryOptions defaults() {
    return new InventoryOptions(
        Optional.empty(),
        VaultSecrets.none()::open,
        () -> new Templar(new TemplateEngine(Library.builtin())),
        List.of(),
        GroupNames.Policy.WARN,
        Broken.ERROR,
        IgnoredFiles.DEFAULT,
        SCRIPT_DEADLINE);
  }

  public InventoryOptions withPlaybookDir(Path directory) {
    return new InventoryOptions(
        Optional.ofNullable(directory),
        unlock,
        templar,
        extraVars,
        groupNames,
        broken,
        ignored,
        scriptDeadline);
  }

  public InventoryOptions withUnlock(UnaryOperator<Source> newUnlock) {
    return new InventoryOptions(
        playbookDir, newUnlock, templar, extraVars, groupNames, broken, ignored, scriptDeadline);
  }

  public InventoryOptions withTemplar(Supplier<Templar> newTemplar) {
    return new InventoryOptions(
        playbookDir, unlock, newTemplar, extraVars, groupNames, broken, ignored, scriptDeadline);
  }

  public InventoryOptions withExtraVars(List<Layer> strongestFirst) {
    return new InventoryOptions(
        playbookDir, unlock, templar, strongestFirst, groupNames, broken, ignored, scriptDeadline);
  }

  public InventoryOptions withGroupNames(GroupNames.Policy policy) {
    return new InventoryOptions(
        playbookDir, unlock, templar, extraVars, policy, broken, ignored, scriptDeadline);
  }

  public InventoryOptions withBroken(Broken meaning) {
    return new InventoryOptions(
        playbookDir, unlock, templar, extraVars, groupNames, meaning, ignored, scriptDeadline);
  }

  public InventoryOptions withIgnored(IgnoredFiles files) {
    return new InventoryOptions(
        playbookDir, unlock, templar, extraVars, groupNames, broken, files, scriptDeadline);
  }

  public InventoryOptions withScriptDeadline(Duration deadline) {
    return new InventoryOptions(
        playbookDir, unlock, templar, extraVars, groupNames, broken, ignored, deadline);
  }
}
