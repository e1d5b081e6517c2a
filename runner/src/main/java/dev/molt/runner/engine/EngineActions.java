package dev.molt.runner.engine;

import dev.molt.runner.module.Registry;

/** The actions that the engine does itself and that have options like a module's. */
public final class EngineActions {
  private EngineActions() {}

  /** Adds them to a registry, so that playbooks, documentation and checks know them. */
  public static Registry addTo(Registry registry) {
    return registry
        .add("add_host", AddHostAction::new)
        .add("group_by", GroupByAction::new)
        .add("include_vars", IncludeVarsAction::new)
        .add("set_stats", SetStatsAction::new)
        .add("validate_argument_spec", ValidateArgumentSpecAction::new);
  }
}
