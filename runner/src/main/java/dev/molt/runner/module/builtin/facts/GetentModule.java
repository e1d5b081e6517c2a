package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Asks the host's databases of users, groups, hosts and so on. */
public final class GetentModule implements Module<GetentModule.Options> {
  private static final Spec<Options> SPEC =
      Spec.of("getent", "Ask a host's databases of users, groups, hosts", Options.class);

  private static final Set<String> COLONS = Set.of("passwd", "shadow", "group", "gshadow");
  private static final int NO_PROGRAM = 127;

  /** See {@link Option} on each. */
  public record Options(
      @Option(value = "Which database, such as passwd.", required = true) String database,
      @Option("Whose entry; all entries otherwise.") Optional<String> key,
      @Option("The service to ask, such as files, in place of the host's own choice.")
          Optional<String> service,
      @Option("What parts the fields; a colon in passwd and its like, blanks otherwise.")
          Optional<String> split,
      @Option(value = "Whether a key that is not there is a failure.", defaultValue = "true")
          boolean failKey) {}

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String line =
        "getent "
            + options.service().map(s -> "-s " + ShellQuote.quote(s) + " ").orElse("")
            + ShellQuote.quote(options.database())
            + options.key().map(key -> " " + ShellQuote.quote(key)).orElse("");
    ScriptResult answer = target.read(Script.of(line + "\n").withDeadline(target.deadline()));
    MapValue entries = MapValue.empty();
    String name = "getent_" + options.database();
    MapValue result = MapValue.empty().put("ansible_facts", MapValue.empty().put(name, entries));
    switch (answer.exitStatus()) {
      case 0 -> read(answer.out(), separator(options), entries);
      case 1 -> throw new ModuleException("Missing arguments, or database unknown.");
      case 2 -> {
        String message = "One or more supplied key could not be found in the database.";
        if (options.failKey()) {
          throw new ModuleException(message);
        }
        entries.put(options.key().orElse(""), NullValue.NULL);
        result.put("msg", new StrValue(message));
      }
      case 3 -> throw new ModuleException("Enumeration not supported on this database.");
      case NO_PROGRAM ->
          throw new ModuleException(
              "Failed to find required executable \"getent\" in paths: it is part of libc's"
                  + " programs (libc-bin, glibc-common, musl-utils)");
      default ->
          throw new ModuleException(
              "Unexpected failure! getent ended with "
                  + answer.exitStatus()
                  + ": "
                  + answer.err().strip());
    }
    return Plan.unchanged(result);
  }

  private static Pattern separator(Options options) {
    Optional<String> given =
        options
            .split()
            .or(() -> COLONS.contains(options.database()) ? Optional.of(":") : Optional.empty());
    return Pattern.compile(given.map(Pattern::quote).orElse("\\s+"));
  }

  /** A key that has several entries, as hosts have, gets the list of them. */
  private static void read(String out, Pattern separator, MapValue entries) {
    Set<String> several = new HashSet<>();
    for (String line : out.lines().toList()) {
      List<String> fields = Arrays.asList(separator.split(line.strip(), -1));
      String key = fields.get(0);
      Value rest = ListValue.ofStrings(fields.subList(1, fields.size()));
      if (!entries.has(key)) {
        entries.put(key, rest);
      } else {
        if (several.add(key)) {
          entries.put(key, ListValue.of(entries.get(key)));
        }
        ((ListValue) entries.get(key)).items().add(rest);
      }
    }
  }
}
