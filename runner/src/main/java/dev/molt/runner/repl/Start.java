package dev.molt.runner.repl;

import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.vars.Templar;
import dev.molt.runner.engine.Prompter;
import dev.molt.runner.engine.RunOptions;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.module.Registry;
import dev.molt.runner.remote.Transport;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What a session starts with.
 *
 * @param folder relative paths are meant from there
 * @param options of the command line; its limit is the first pattern of hosts
 * @param yes whether nobody is to be asked before something is changed
 */
public record Start(
    Path folder,
    AtomicReference<Inventory> inventory,
    PlaybookLoader loader,
    Registry registry,
    Templar templar,
    Secrets secrets,
    Supplier<Transport> ssh,
    Supplier<Transport> local,
    Prompter prompter,
    RunOptions options,
    Playbooks playbooks,
    boolean yes) {}
