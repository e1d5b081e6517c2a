package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Lists the packages that are installed on a host, as its package managers know them. */
public final class PackageFactsModule implements Module<PackageFactsModule.Options> {
  private static final Spec<Options> SPEC =
      Spec.of("package_facts", "List the packages installed on a host", Options.class);

  /** Which managers count. */
  public enum Strategy {
    FIRST,
    ALL
  }

  /** See {@link Option} on each. */
  public record Options(
      @Option(
              value = "Package managers to ask: apt, rpm, apk, pacman; auto for those there are.",
              defaultValue = "auto")
          List<String> manager,
      @Option(value = "Ask the first that is there, or all of them.", defaultValue = "first")
          Strategy strategy) {}

  /** What asks each, in the order in which they are looked for; one package on a line. */
  private static final Map<String, String> SCRIPTS =
      Map.of(
          "apt",
          """
          has dpkg-query && {
            s apt
            f='${db:Status-Status}\\t${Package}\\t${Version}\\t${Architecture}\\t${Section}'
            dpkg-query -W -f "$f\\n"
            D=1
          }
          """,
          "rpm",
          """
          has rpm && {
            s rpm
            rpm -qa --qf '%{NAME}\\t%{VERSION}\\t%{RELEASE}\\t%{EPOCH}\\t%{ARCH}\\n'
            D=1
          }
          """,
          "apk",
          "has apk && { s apk; apk info -v; D=1; }",
          "pacman",
          "has pacman && { s pacman; pacman -Q; D=1; }");

  private static final List<String> ORDER = List.of("apt", "rpm", "apk", "pacman");

  private static final Map<String, String> ALIASES =
      Map.of(
          "dnf", "rpm",
          "dnf5", "rpm",
          "yum", "rpm",
          "zypper", "rpm",
          "atomic_container", "rpm");

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Set<String> managers = managers(options);
    StringBuilder script = new StringBuilder(FactScript.ownEnvironment().script());
    script.append("D=\n");
    for (String manager : managers) {
      if (options.strategy() == Strategy.FIRST) {
        script.append("[ -n \"$D\" ] || ");
      }
      script.append(SCRIPTS.get(manager)).append('\n');
    }
    FactSource source = new FactSource(script.toString(), (reply, facts) -> {});
    Reply reply =
        Probe.ask(
            target,
            mark -> FactScript.of(List.of(source), mark, 60, ""),
            "the packages could not be listed");
    MapValue packages = MapValue.empty();
    boolean found = false;
    for (String manager : managers) {
      if (reply.has(manager)) {
        found = true;
        reply.lines(manager).forEach(line -> add(packages, manager, line));
      }
    }
    if (!found) {
      throw new ModuleException(
          "Could not detect a supported package manager from the following list: " + managers);
    }
    return Plan.unchanged(
        MapValue.empty().put("ansible_facts", MapValue.empty().put("packages", packages)));
  }

  private static Set<String> managers(Options options) throws ModuleException {
    Set<String> managers = new LinkedHashSet<>();
    List<String> unsupported = new ArrayList<>();
    for (String given : options.manager()) {
      String name = given.toLowerCase(Locale.ROOT);
      String manager = ALIASES.getOrDefault(name, name);
      if (manager.equals("auto")) {
        managers.addAll(ORDER);
      } else if (SCRIPTS.containsKey(manager)) {
        managers.add(manager);
      } else {
        unsupported.add(name);
      }
    }
    if (!unsupported.isEmpty()) {
      throw new ModuleException(
          "Unsupported package managers requested: " + String.join(", ", unsupported));
    }
    return managers;
  }

  private static void add(MapValue packages, String manager, String line) {
    MapValue entry = MapValue.empty();
    String[] fields = line.split(manager.equals("pacman") ? " " : "\t", -1);
    switch (manager) {
      case "apt" -> {
        if (fields.length < 5 || !fields[0].equals("installed")) {
          return;
        }
        put(entry, fields[1], "version", fields[2], "arch", fields[3], "category", fields[4]);
      }
      case "rpm" -> {
        if (fields.length < 5) {
          return;
        }
        put(entry, fields[0], "version", fields[1], "release", fields[2], "arch", fields[4]);
        entry.put(
            "epoch", fields[3].equals("(none)") ? NullValue.NULL : HostFacts.number(fields[3]));
      }
      case "apk" -> apk(entry, line);
      default -> put(entry, fields[0], "version", fields.length > 1 ? fields[1] : "");
    }
    entry.put("source", Value.of(manager));
    Value name = entry.get("name");
    if (packages.find(name) instanceof ListValue list) {
      list.items().add(entry);
    } else {
      packages.entries().put(name, ListValue.of(entry));
    }
  }

  private static void put(MapValue entry, String name, String... more) {
    entry.put("name", Value.of(name));
    for (int i = 0; i < more.length; i += 2) {
      entry.put(more[i], Value.of(more[i + 1]));
    }
  }

  /** As {@code busybox-1.36.1-r15}. */
  private static void apk(MapValue entry, String line) {
    int release = line.lastIndexOf('-');
    int version = release < 0 ? -1 : line.lastIndexOf('-', release - 1);
    if (version < 0) {
      put(entry, line, "version", "", "release", "");
    } else {
      put(
          entry,
          line.substring(0, version),
          "version",
          line.substring(version + 1, release),
          "release",
          line.substring(release + 1));
    }
  }
}
