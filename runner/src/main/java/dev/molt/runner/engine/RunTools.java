package dev.molt.runner.engine;

import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.vars.Templar;
import dev.molt.runner.event.EventBus;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.module.Registry;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a run reads with, tells, and asks. Thread-safe.
 *
 * @param inventory tasks may change it
 * @param loader reads what tasks include
 * @param secrets what {@code events} mask; passwords that the run learns are added
 */
public record RunTools(
    AtomicReference<Inventory> inventory,
    PlaybookLoader loader,
    Registry registry,
    Templar templar,
    Secrets secrets,
    EventBus events,
    Prompter prompter) {}
