package dev.molt.runner.engine;

import dev.molt.dsl.settings.LanguageSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Keeps facts between runs, a JSON file for each host: Ansible's {@code fact_caching = jsonfile}.
 * What cannot be read or written is told, and does not stop a run. Thread-safe.
 */
final class FactCache {
  private final Optional<Path> folder;
  private final String prefix;
  private final Duration longest;
  private final Consumer<Diagnostic> warnings;

  private FactCache(
      Optional<Path> folder, String prefix, Duration longest, Consumer<Diagnostic> warnings) {
    this.folder = folder;
    this.prefix = prefix;
    this.longest = longest;
    this.warnings = warnings;
  }

  /**
   * As the settings say; one that keeps nothing where they say {@code memory}.
   *
   * @throws dev.molt.dsl.source.DiagnosticException for another kind, and where there is no folder
   */
  static FactCache of(Settings settings, Consumer<Diagnostic> warnings) {
    String kind = settings.get(LanguageSettings.FACT_CACHING);
    String plain = kind.substring(kind.lastIndexOf('.') + 1);
    Optional<Path> folder = settings.get(LanguageSettings.FACT_CACHING_CONNECTION);
    if (plain.equals("jsonfile") && folder.isEmpty()) {
      throw Diagnostic.error("fact_caching = jsonfile needs a folder to keep facts in")
          .withHint("set fact_caching_connection to one")
          .asException();
    } else if (!plain.equals("jsonfile") && !plain.equals("memory")) {
      throw Diagnostic.error("fact_caching: there is no '" + kind + "'")
          .withHint("it is memory or jsonfile")
          .asException();
    }
    return new FactCache(
        plain.equals("memory") ? Optional.empty() : folder,
        settings.get(LanguageSettings.FACT_CACHING_PREFIX),
        Duration.ofSeconds(settings.get(LanguageSettings.FACT_CACHING_TIMEOUT)),
        warnings);
  }

  private Optional<Path> file(String host) {
    return folder.map(f -> f.resolve(prefix + host.replace('/', '_')));
  }

  /** The facts that were kept of a host, unless they are too old. */
  Map<String, Value> load(String host) {
    Optional<Path> file = file(host).filter(Files::isRegularFile);
    if (file.isEmpty()) {
      return Map.of();
    }
    try {
      Instant kept = Files.getLastModifiedTime(file.get()).toInstant();
      boolean old = !longest.isZero() && kept.plus(longest).isBefore(Instant.now());
      if (!old && Json.parse(Files.readString(file.get())) instanceof MapValue facts) {
        Map<String, Value> values = new LinkedHashMap<>();
        facts.entries().forEach((name, value) -> values.put(Python.str(name), value));
        return values;
      }
    } catch (IOException | ValueException e) {
      warn("the facts kept in " + file.get() + " cannot be read: " + e.getMessage());
    }
    return Map.of();
  }

  /** Keeps the facts of a host in place of those from before. */
  void save(String host, Map<String, Value> facts) {
    Optional<Path> file = file(host);
    if (file.isEmpty()) {
      return;
    }
    try {
      Files.createDirectories(folder.orElseThrow());
      // Made for the owner alone.
      Path fresh = Files.createTempFile(folder.orElseThrow(), ".facts", "");
      Files.writeString(fresh, Json.write(MapValue.ofStrings(facts)));
      Files.move(fresh, file.get(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | ValueException e) {
      warn("facts cannot be kept in " + file.get() + ": " + e.getMessage());
    }
  }

  /** Forgets the facts of these hosts: {@code --flush-cache}. */
  void flush(Stream<String> hosts) {
    hosts.forEach(
        host -> {
          try {
            Optional<Path> file = file(host);
            if (file.isPresent()) {
              Files.deleteIfExists(file.get());
            }
          } catch (IOException e) {
            warn("the facts kept of " + host + " cannot be removed: " + e.getMessage());
          }
        });
  }

  private void warn(String message) {
    warnings.accept(Diagnostic.warning(message));
  }
}
