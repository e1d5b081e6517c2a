package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists the services of a host: systemd's units, and scripts in /etc/init.d. */
public final class ServiceFactsModule implements Module<ServiceFactsModule.Options> {
  private static final Spec<Options> SPEC =
      Spec.of("service_facts", "List the services of a host", Options.class);

  /** There are none. */
  public record Options() {}

  /** Without systemd running, the scripts say themselves how their services are. */
  private static final String SCRIPT =
      """
      s init; grep -l 'status)' /etc/init.d/*
      if [ -d /run/systemd/system/ ] && has systemctl; then
        s units; systemctl list-units --no-pager --no-legend --plain --type service --all
        s files; systemctl list-unit-files --no-pager --no-legend --type service --all
      elif has service; then
        s status; within service --status-all
      fi
      """;

  /** What says more of a unit than whether its file is enabled. */
  private static final Set<String> BAD = Set.of("not-found", "masked", "failed");

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    FactSource source =
        new FactSource(FactScript.ownEnvironment().script() + SCRIPT, (reply, facts) -> {});
    Reply reply =
        Probe.ask(
            target,
            mark -> FactScript.of(List.of(source), mark, 60, ""),
            "the services could not be listed");
    MapValue services = services(reply);
    if (services.entries().isEmpty()) {
      return Plan.unchanged(
          MapValue.empty()
              .put("skipped", BoolValue.TRUE)
              .put(
                  "msg",
                  new StrValue(
                      "Failed to find any services. This can be due to privileges or some other"
                          + " configuration issue.")));
    }
    return Plan.unchanged(
        MapValue.empty().put("ansible_facts", MapValue.empty().put("services", services)));
  }

  /** By name. */
  static MapValue services(Reply reply) {
    Map<String, MapValue> units = new LinkedHashMap<>();
    Map<String, Boolean> active = new LinkedHashMap<>();
    for (String line : reply.lines("units")) {
      String[] fields = line.strip().replaceFirst("^\\S?\\s(?=\\S+\\.service)", "").split("\\s+");
      if (fields.length > 3 && fields[0].endsWith(".service")) {
        active.put(fields[0], fields[2].equals("active"));
        units.put(
            fields[0],
            service(
                fields[0],
                fields[3].equals("running") ? "running" : "stopped",
                status(fields),
                "systemd"));
      }
    }
    for (String line : reply.lines("files")) {
      String[] fields = line.strip().split("\\s+");
      if (fields.length > 1 && fields[0].endsWith(".service")) {
        MapValue known = units.get(fields[0]);
        if (known == null) {
          units.put(fields[0], service(fields[0], "inactive", fields[1], "systemd"));
        } else if (!BAD.contains(((StrValue) known.get("status")).text())) {
          known.put("status", Value.of(fields[1]));
        }
      }
    }
    MapValue services = MapValue.empty();
    for (String path : reply.lines("init")) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      if (!reply.has("status")) {
        boolean runs = active.getOrDefault(name + ".service", false);
        services.put(name, sysv(name, runs));
      }
    }
    for (String line : reply.lines("status")) {
      String[] fields = line.strip().split("\\s+");
      if (fields.length == 4 && fields[0].equals("[")) {
        services.put(fields[3], sysv(fields[3], fields[1].equals("+")));
      }
    }
    units.forEach(services::put);
    return services;
  }

  /** Load, active and sub state may each be the bad one. */
  private static String status(String[] fields) {
    for (int i = 1; i < 4; i++) {
      if (BAD.contains(fields[i])) {
        return fields[i];
      }
    }
    return fields[2];
  }

  private static MapValue sysv(String name, boolean running) {
    return MapValue.empty()
        .put("name", Value.of(name))
        .put("state", Value.of(running ? "running" : "stopped"))
        .put("source", Value.of("sysv"));
  }

  private static MapValue service(String name, String state, String status, String source) {
    return MapValue.empty()
        .put("name", Value.of(name))
        .put("state", Value.of(state))
        .put("status", Value.of(status))
        .put("source", Value.of(source));
  }
}
