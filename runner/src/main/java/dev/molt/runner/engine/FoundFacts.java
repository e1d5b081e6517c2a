package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.settings.LanguageSettings;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Variables;
import dev.molt.runner.event.RunEvent.HostResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Gives hosts the facts that a task found or set. */
record FoundFacts(PlayContext play, Task task, Frame frame, String module, HostRun worker) {
  private static final List<String> GATHERING = List.of("setup", "gather_facts");

  void take(HostResult result, List<HostRun> standsFor) {
    if (module.equals("debug")) {
      return;
    }
    Map<String, Value> facts = TaskResults.facts(result.result());
    boolean gathered = GATHERING.contains(module) && !result.status().bad();
    if (facts.isEmpty() && !gathered) {
      return;
    }
    if (module.equals("set_fact")
        && !play.run().options().settings().get(LanguageSettings.JINJA2_NATIVE)) {
      facts.replaceAll((name, value) -> booleanOf(value));
    }
    List<HostRun> hosts = about(result, standsFor);
    for (HostRun host : hosts) {
      if (module.equals("set_fact")) {
        host.facts().putAll(facts);
        if (cacheable(result.result())) {
          host.gathered().add(facts);
        }
      } else {
        host.gathered().add(gathered ? prefixed(facts) : facts);
      }
      if (gathered) {
        host.gathered().markGathered();
      }
      if (!module.equals("set_fact") || cacheable(result.result())) {
        play.run().cache().save(host.name(), host.gathered().values());
      }
    }
  }

  /** With {@code delegate_facts} they are about the host that the task was done on. */
  private List<HostRun> about(HostResult result, List<HostRun> standsFor) {
    Variables variables = play.variables(worker, frame);
    TaskKeywords keywords = new TaskKeywords(play.run(), frame);
    Optional<String> delegate = result.delegate().or(() -> literalDelegate(keywords, variables));
    if (delegate.isEmpty() || !keywords.flagOr("delegate_facts", variables, false)) {
      return standsFor;
    }
    return List.of(play.run().host(delegate.get()));
  }

  private static Optional<String> literalDelegate(TaskKeywords keywords, Variables variables) {
    try {
      return keywords.text("delegate_to", variables);
    } catch (DiagnosticException e) {
      return Optional.empty();
    }
  }

  private static Value booleanOf(Value value) {
    return switch (value instanceof StrValue s ? s.text().toLowerCase(Locale.ROOT) : "") {
      case "true", "yes" -> Value.of(true);
      case "false", "no" -> Value.of(false);
      default -> value;
    };
  }

  private static boolean cacheable(MapValue result) {
    Value said = result.get("_ansible_facts_cacheable");
    return said != null && Truth.of(said);
  }

  private static Map<String, Value> prefixed(Map<String, Value> facts) {
    Map<String, Value> prefixed = new LinkedHashMap<>();
    facts.forEach(
        (name, value) ->
            prefixed.put(
                name.startsWith(HostFacts.PREFIX)
                        || name.startsWith("facter_")
                        || name.startsWith("ohai_")
                        || name.equals("gather_subset")
                        || name.equals("module_setup")
                    ? name
                    : HostFacts.PREFIX + name,
                value));
    return prefixed;
  }
}
