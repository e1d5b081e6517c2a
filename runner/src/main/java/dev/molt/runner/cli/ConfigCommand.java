package dev.molt.runner.cli;

import dev.molt.dsl.settings.Catalog;
import dev.molt.dsl.settings.Setting;
import dev.molt.dsl.settings.Settings;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code molt config}: prints what is configured, and who said so. */
final class ConfigCommand {
  private static final String HELP =
      """
      usage: molt config [--only-changed]

      Prints every setting with its value, and the variable or the line of ansible.cfg that gives
      it. What each means: molt doc -t setting.

            --only-changed   leave out what has its default
      """;

  private final PrintStream out;
  private final Settings settings;

  ConfigCommand(PrintStream out, Settings settings) {
    this.out = out;
    this.settings = settings;
  }

  int execute(List<String> words) {
    GivenWords given =
        new OptionSet("molt config").flag("--help", "-h").flag("--only-changed").parse(words);
    if (given.has("--help")) {
      out.print(HELP);
      return 0;
    }
    out.println(
        "# " + settings.file().map(f -> "read from " + f).orElse("there is no ansible.cfg"));
    for (Setting<?> setting : Catalog.all()) {
      Optional<String> origin = settings.origin(setting);
      if (origin.isPresent() || !given.has("--only-changed")) {
        out.println(
            setting.name()
                + " = "
                + shown(settings.get(setting))
                + "  # "
                + origin.orElse("default"));
      }
    }
    settings.warnings().forEach(w -> out.println("# " + w.message()));
    settings.unknownKeys().forEach(w -> out.println("# " + w.message()));
    return 0;
  }

  private static String shown(Object value) {
    if (value instanceof Optional<?> maybe) {
      return maybe.map(Object::toString).orElse("");
    } else if (value instanceof Collection<?> many) {
      return many.stream().map(Object::toString).collect(Collectors.joining(","));
    }
    return value.toString();
  }
}
