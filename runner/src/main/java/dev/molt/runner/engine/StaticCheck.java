package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.vars.Templar;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.module.Registry;
import java.nio.file.Path;
import java.util.List;

/** Finds in a playbook and all that it imports what can be found without a host. Thread-safe. */
public final class StaticCheck {
  private final PlaybookLoader loader;
  private final Registry registry;
  private final Templar templar;

  public StaticCheck(PlaybookLoader loader, Registry registry, Templar templar) {
    this.loader = loader;
    this.registry = registry;
    this.templar = templar;
  }

  /** Everything that is wrong, or looks wrong; empty where nothing is. */
  public List<Diagnostic> playbook(Path file) {
    Diagnostics found = new Diagnostics();
    try {
      Playbook playbook = loader.load(file);
      new PlaybookCheck(registry, new OptionBinder(templar, new Secrets()), templar)
          .check(playbook);
    } catch (DiagnosticException e) {
      found.addAll(e);
    }
    return found.all();
  }
}
