package dev.molt.runner.module;

import dev.molt.dsl.value.MapValue;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What earlier tasks of a check would have made of a host. Empty throughout a real run. Modules
 * that read files or units look here before they believe the host. Thread-safe.
 */
public final class Foreseen {
  private final TreeMap<String, FileState> files = new TreeMap<>();
  private final Map<String, Boolean> units = new ConcurrentHashMap<>();
  private final Map<String, Boolean> groups = new ConcurrentHashMap<>();
  private final Map<String, MapValue> jobs = new ConcurrentHashMap<>();

  public synchronized boolean isEmpty() {
    return files.isEmpty() && units.isEmpty() && groups.isEmpty();
  }

  /** Takes an effect as given from now on. */
  public synchronized void add(Effect effect) {
    if (effect instanceof Effect.ServiceEffect service) {
      units.put(service.unit(), service.running());
    } else if (effect instanceof Effect.GroupEffect group) {
      groups.put(group.group(), group.exists());
    } else if (effect instanceof Effect.FileEffect file) {
      if (!file.state().exists()) {
        files.subMap(file.path() + "/", file.path() + "0").clear();
      }
      files.put(file.path(), file.state());
    }
  }

  /** What is foreseen for a path; empty where the host itself is to be believed. */
  public synchronized Optional<FileState> file(String path) {
    FileState own = files.get(path);
    if (own != null) {
      return Optional.of(own);
    }
    for (String up = parent(path); !up.isEmpty(); up = parent(up)) {
      FileState above = files.get(up);
      if (above != null && !above.exists()) {
        return Optional.of(FileState.ABSENT);
      }
    }
    return Optional.empty();
  }

  /** Everything foreseen below a directory, by full path, sorted. */
  public synchronized Map<String, FileState> below(String directory) {
    return new TreeMap<>(files.subMap(directory + "/", directory + "0"));
  }

  /** Keeps what a check found of a task with {@code async}, for who asks for that job's result. */
  public void addJob(String id, MapValue result) {
    jobs.put(id, result);
  }

  /** What is kept of a job of a check's; empty where the host is to be asked. */
  public Optional<MapValue> job(String id) {
    return Optional.ofNullable(jobs.get(id));
  }

  /** Whether a unit is foreseen to be running; empty where the host itself is to be believed. */
  public Optional<Boolean> unitRunning(String unit) {
    return Optional.ofNullable(units.get(unit));
  }

  /** Whether a group of users is foreseen to be there; empty where the host is to be believed. */
  public Optional<Boolean> group(String name) {
    return Optional.ofNullable(groups.get(name));
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "" : path.substring(0, slash);
  }
}
