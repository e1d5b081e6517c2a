package dev.molt.runner.repl;

import dev.molt.dsl.inventory.Host;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.RunOptions;
import dev.molt.runner.engine.Session;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Knows which hosts want somebody to be asked before they are changed: those of which the inventory
 * said so before the first line, and those of which it does now. Nothing that a line sets takes a
 * host out. Thread-safe.
 */
final class Guard {
  private final Session session;
  private final Play play;

  /** By name, where they are; null before the first line. */
  private Map<String, Optional<String>> asLoaded;

  /** What addresses were found to be, in numbers. */
  private final Map<String, Set<String>> numbers = new ConcurrentHashMap<>();

  /**
   * @param play any: what its hosts are does not matter
   */
  Guard(Session session, Play play) {
    this.session = session;
    this.play = play;
  }

  /** Looks at the inventory, if that was not done yet: to be called before anything is run. */
  synchronized Map<String, Optional<String>> asLoaded() {
    if (asLoaded == null) {
      Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "::1"));
      session.inventory().hosts().stream().map(Host::name).forEach(hosts::add);
      Map<String, Optional<String>> found = new LinkedHashMap<>();
      hosts.stream().filter(this::asksNow).forEach(h -> found.put(h, address(h)));
      asLoaded = found;
    }
    return asLoaded;
  }

  private Optional<String> address(String host) {
    try {
      return session.address(play, host);
    } catch (DiagnosticException e) {
      // Then nobody reaches it by another name either.
      return Optional.empty();
    }
  }

  private boolean asksNow(String host) {
    try {
      Value value = session.variable(play, host, "molt_confirm");
      return !(value instanceof UndefinedValue)
          && Truth.ofWord(Python.str(value)).orElse(Boolean.TRUE);
    } catch (DiagnosticException e) {
      // Something is said of it, and nobody knows what.
      return true;
    }
  }

  /** Whether this host wants it. */
  boolean asks(String host) {
    return asLoaded().containsKey(host) || asksNow(host);
  }

  /** Whether any host does. */
  boolean asksAnywhere() {
    return session.inventory().hosts().stream().map(Host::name).anyMatch(this::asks);
  }

  /** The host that wants it and is at this address, or has this name. */
  private Optional<String> found(String host, Optional<String> at) {
    if (asks(host)) {
      return Optional.of(host);
    } else if (at.isEmpty() || asLoaded().isEmpty()) {
      return Optional.empty();
    }
    Set<String> there = numbers(at.get());
    return asLoaded().entrySet().stream()
        .filter(
            e ->
                e.getValue().isPresent()
                    && !Collections.disjoint(there, numbers(e.getValue().get())))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * The addresses, with the port, that a name may stand for. All of the loopback are one. What
   * cannot be resolved is only itself.
   */
  private Set<String> numbers(String address) {
    return numbers.computeIfAbsent(
        address.toLowerCase(Locale.ROOT),
        a -> {
          int colon = a.lastIndexOf(':');
          String port = a.substring(colon);
          Set<String> all = new HashSet<>(Set.of(a));
          try {
            for (InetAddress each : InetAddress.getAllByName(a.substring(0, colon))) {
              all.add((each.isLoopbackAddress() ? "loopback" : each.getHostAddress()) + port);
            }
          } catch (UnknownHostException e) {
            // Nobody reaches it by this name.
          }
          return all;
        });
  }

  static DiagnosticException nobody() {
    return Diagnostic.error("the inventory says molt_confirm, and there is nobody to ask")
        .withHint("look at what would be changed, then give --yes; nothing was changed")
        .asException();
  }

  static boolean yes(String answer) {
    return List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
  }

  /** Asks once for each host of a line that nobody was asked about before; a no ends it. */
  final class Asking implements RunOptions.Consent {
    private final Set<String> allowed;
    private final Function<String, Optional<String>> asker;
    private Optional<DiagnosticException> refused = Optional.empty();

    /**
     * @param allowed those that may be changed
     * @param asker gives an answer; nothing where there is nobody
     */
    Asking(Set<String> allowed, Function<String, Optional<String>> asker) {
      this.allowed = new HashSet<>(allowed);
      this.asker = asker;
    }

    @Override
    public synchronized void change(String task, String host, Optional<String> address) {
      Optional<String> wants = found(host, address);
      if (wants.isEmpty() || allowed.contains(host)) {
        return;
      }
      if (refused.isPresent()) {
        throw refused.get();
      }
      String which = wants.get().equals(host) ? host : host + ", which is " + wants.get();
      Optional<String> answer = asker.apply("'" + task + "' changes " + which + ": do it? [y/N] ");
      if (answer.isPresent() && yes(answer.get())) {
        allowed.add(host);
        return;
      }
      refused =
          Optional.of(
              answer.isEmpty()
                  ? Diagnostic.error(
                          "the inventory says molt_confirm for "
                              + wants.get()
                              + ", and there is nobody to ask")
                      .withHint("give --yes if it is to be changed")
                      .asException()
                  : Diagnostic.error("not allowed: " + which + " was not changed").asException());
      throw refused.get();
    }

    /** Whether something was not allowed. */
    synchronized boolean refused() {
      return refused.isPresent();
    }
  }
}
