package dev.molt.runner.module;

import dev.molt.dsl.source.DiagnosticException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Modules by name; each is made when it is first asked for, since loading all of them costs
 * start-up. Thread-safe once built.
 */
public final class Registry {
  private static final List<String> PREFIXES =
      List.of(
          "ansible.builtin.", "ansible.legacy.", "ansible.posix.", "community.general.", "molt.");

  private final Map<String, Supplier<Module<?>>> suppliers = new TreeMap<>();
  private final Map<String, Module<?>> made = new ConcurrentHashMap<>();

  /** Adds a module under its name without a collection. */
  public Registry add(String name, Supplier<Module<?>> supplier) {
    suppliers.put(name, supplier);
    return this;
  }

  /** The module of this name, with or without its collection. */
  public Optional<Module<?>> find(String name) {
    String plain = plainName(name);
    Supplier<Module<?>> supplier = suppliers.get(plain);
    return supplier == null
        ? Optional.empty()
        : Optional.of(made.computeIfAbsent(plain, n -> supplier.get()));
  }

  /** The same for who only looks; empty also for a script with mistakes, which are told in use. */
  public Optional<Module<?>> findReadable(String name) {
    try {
      return find(name);
    } catch (DiagnosticException e) {
      return Optional.empty();
    }
  }

  /** All names, without collections, sorted. */
  public List<String> names() {
    return List.copyOf(suppliers.keySet());
  }

  /** {@code ansible.builtin.copy} is {@code copy}; other names stay as they are. */
  public static String plainName(String name) {
    for (String prefix : PREFIXES) {
      if (name.startsWith(prefix)) {
        return name.substring(prefix.length());
      }
    }
    return name;
  }
}
