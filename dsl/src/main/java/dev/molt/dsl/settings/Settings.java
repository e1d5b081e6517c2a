package dev.molt.dsl.settings;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the environment and {@code ansible.cfg} say, the environment being the stronger; what they
 * do not say has its default. Immutable and thread-safe.
 */
public final class Settings {
  /** A value and who said so: a variable, or a place in the file; a default has no origin. */
  private record Given(Object value, Optional<String> origin) {}

  private final Map<Setting<?>, Given> given;
  private final Map<Setting<?>, Object> fallbacks = new ConcurrentHashMap<>();
  private final Map<String, ConfigFile.Entry> entries;
  private final Places places;
  private final Optional<Path> file;
  private final List<Diagnostic> warnings;

  private Settings(
      Map<Setting<?>, Given> given,
      Map<String, ConfigFile.Entry> entries,
      Places places,
      Optional<Path> file,
      List<Diagnostic> warnings) {
    this.given = Map.copyOf(given);
    this.entries = entries;
    this.places = places;
    this.file = file;
    this.warnings = List.copyOf(warnings);
  }

  /** Nothing but defaults. */
  public static Settings defaults() {
    return new Settings(
        Map.of(),
        Map.of(),
        new Places(Path.of("").toAbsolutePath(), System.getenv()),
        Optional.empty(),
        List.of());
  }

  /** Of this process. */
  public static Settings load() {
    return load(System.getenv(), Path.of("").toAbsolutePath());
  }

  /**
   * Finds {@code ansible.cfg} as Ansible does, and reads it and the variables.
   *
   * @param here the working directory
   * @throws dev.molt.dsl.source.DiagnosticException for every value that its setting cannot have
   */
  public static Settings load(Map<String, String> environment, Path here) {
    ConfigFinder finder = new ConfigFinder(environment, here);
    Optional<Path> file = finder.find();
    Map<String, ConfigFile.Entry> entries = file.map(Settings::entries).orElse(Map.of());
    Map<Setting<?>, Given> given = new HashMap<>();
    Places inEnvironment = new Places(here, environment);
    List<Diagnostic> warnings = new ArrayList<>(finder.warnings());
    if (!entries.isEmpty() || environment.keySet().stream().anyMatch(Settings::mayBeOne)) {
      Places inFile =
          new Places(file.map(f -> f.toAbsolutePath().getParent()).orElse(here), environment);
      Diagnostics problems = new Diagnostics();
      for (Setting<?> setting : Catalog.all()) {
        fromFile(setting, entries, inFile, given, problems);
        fromEnvironment(setting, inEnvironment, given, problems);
      }
      problems.throwIfErrors();
      notice(given, warnings);
    }
    return new Settings(given, entries, inEnvironment, file, warnings);
  }

  private static boolean mayBeOne(String variable) {
    return variable.startsWith("ANSIBLE_")
        || variable.startsWith("MOLT_")
        || variable.equals("EDITOR")
        || variable.equals("PAGER");
  }

  private static Map<String, ConfigFile.Entry> entries(Path file) {
    try {
      return ConfigFile.read(Source.file(file));
    } catch (IOException e) {
      throw Diagnostic.error("cannot read " + file).asException();
    }
  }

  private static void fromFile(
      Setting<?> setting,
      Map<String, ConfigFile.Entry> entries,
      Places places,
      Map<Setting<?>, Given> given,
      Diagnostics problems) {
    for (String key : setting.keys()) {
      ConfigFile.Entry entry = entries.get(key);
      if (entry != null) {
        try {
          Object value = setting.type().read(entry.value(), places);
          given.put(setting, new Given(value, Optional.of(entry.position().toString())));
        } catch (IllegalArgumentException e) {
          problems.add(Diagnostic.error(entry.position(), wrong(setting.name(), entry.value(), e)));
        }
      }
    }
  }

  private static void fromEnvironment(
      Setting<?> setting, Places places, Map<Setting<?>, Given> given, Diagnostics problems) {
    for (String variable : setting.variables()) {
      String text = places.environment().get(variable);
      if (text != null) {
        try {
          Object value = setting.type().read(text, places);
          given.put(setting, new Given(value, Optional.of(variable)));
        } catch (IllegalArgumentException e) {
          problems.add(
              Diagnostic.error("the variable " + wrong(variable, text, e))
                  .withHint("unset " + variable + " for the default, " + setting.fallback()));
        }
      }
    }
  }

  private static void notice(Map<Setting<?>, Given> given, List<Diagnostic> warnings) {
    Given checking = given.get(AccessSettings.HOST_KEY_CHECKING);
    if (checking != null && checking.value().equals(false)) {
      warnings.add(
          Diagnostic.warning(
                  "host keys are checked all the same ("
                      + checking.origin().orElse("")
                      + " says not to)")
              .withHint("add the keys of new hosts to known_hosts: ssh-keyscan HOST"));
    }
  }

  private static String wrong(String name, String text, IllegalArgumentException e) {
    return name + " takes " + e.getMessage() + ", found '" + text + "'";
  }

  /** The value of a setting; never null. */
  @SuppressWarnings("unchecked") // put there by the setting's own type
  public <T> T get(Setting<T> setting) {
    Given found = given.get(setting);
    return (T)
        (found != null
            ? found.value()
            : fallbacks.computeIfAbsent(setting, s -> s.type().read(s.fallback(), places)));
  }

  /** Who said so: a variable, or a file and line; empty for a default. */
  public Optional<String> origin(Setting<?> setting) {
    return Optional.ofNullable(given.get(setting)).flatMap(Given::origin);
  }

  /** With another value for a setting that neither the environment nor the file gives. */
  public <T> Settings orElse(Setting<T> setting, T value) {
    return given.containsKey(setting) ? this : with(setting, new Given(value, Optional.empty()));
  }

  /**
   * With this value, whatever was said before.
   *
   * @param origin who says so, such as {@code --forks}
   */
  public <T> Settings with(Setting<T> setting, T value, String origin) {
    return with(setting, new Given(value, Optional.of(origin)));
  }

  private Settings with(Setting<?> setting, Given value) {
    Map<Setting<?>, Given> more = new HashMap<>(given);
    more.put(setting, value);
    return new Settings(more, entries, places, file, warnings);
  }

  /** The {@code ansible.cfg} that was read. */
  public Optional<Path> file() {
    return file;
  }

  /** What was said that is not followed, for people. */
  public List<Diagnostic> warnings() {
    return warnings;
  }

  /**
   * A warning for every key of the file that neither Molt nor Ansible knows, in sections that Molt
   * reads. What only Ansible knows is not mentioned.
   */
  public List<Diagnostic> unknownKeys() {
    return UnknownKeys.of(entries);
  }
}
