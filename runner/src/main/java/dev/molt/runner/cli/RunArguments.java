package dev.molt.runner.cli;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of {@code molt run}. Parsed by hand: a library for it costs more at start than all
 * the rest of a short command (docs/decisions/0004).
 */
record RunArguments(
    boolean help,
    List<String> playbooks,
    List<String> inventories,
    boolean check,
    boolean diff,
    Optional<String> limit,
    List<String> extraVars,
    Set<String> tags,
    Set<String> skipTags,
    int forks,
    Optional<String> user,
    Optional<String> privateKey,
    boolean askPassword,
    boolean askBecomePassword,
    int verbosity) {

  private static final Map<String, String> LONG = new LinkedHashMap<>();

  static {
    LONG.put("-i", "--inventory");
    LONG.put("-C", "--check");
    LONG.put("-D", "--diff");
    LONG.put("-l", "--limit");
    LONG.put("-e", "--extra-vars");
    LONG.put("-t", "--tags");
    LONG.put("-f", "--forks");
    LONG.put("-u", "--user");
    LONG.put("-h", "--help");
    LONG.put("-v", "--verbose");
    LONG.put("-k", "--ask-pass");
    LONG.put("-K", "--ask-become-pass");
    LONG.put("--inventory-file", "--inventory");
    LONG.put("--key-file", "--private-key");
  }

  private static final Set<String> FLAGS =
      Set.of("--check", "--diff", "--help", "--verbose", "--ask-pass", "--ask-become-pass");
  private static final Set<String> VALUED =
      Set.of(
          "--inventory",
          "--limit",
          "--extra-vars",
          "--tags",
          "--skip-tags",
          "--forks",
          "--user",
          "--private-key");

  static RunArguments parse(List<String> arguments, int defaultForks) {
    List<String> playbooks = new ArrayList<>();
    Map<String, List<String>> given = new LinkedHashMap<>();
    int verbosity = 0;
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.matches("-v+")) {
        verbosity += word.length() - 1;
      } else if (!word.startsWith("-") || word.equals("-")) {
        playbooks.add(word);
      } else {
        String name = word;
        String value = null;
        int equals = word.indexOf('=');
        if (word.startsWith("--") && equals > 0) {
          name = word.substring(0, equals);
          value = word.substring(equals + 1);
        } else if (!word.startsWith("--") && word.length() > 2) {
          name = word.substring(0, 2);
          value = word.substring(2);
        }
        name = LONG.getOrDefault(name, name);
        if (FLAGS.contains(name) && value == null) {
          given.put(name, List.of());
          verbosity += name.equals("--verbose") ? 1 : 0;
        } else if (VALUED.contains(name)) {
          if (value == null) {
            if (++i == arguments.size()) {
              throw wrong(word + " needs a value", Optional.empty());
            }
            value = arguments.get(i);
          }
          given.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        } else if (FLAGS.contains(name)) {
          throw wrong("molt run has no value for '" + name + "'", Optional.empty());
        } else {
          throw unknown(word);
        }
      }
    }
    return new RunArguments(
        given.containsKey("--help"),
        playbooks,
        given.getOrDefault("--inventory", List.of()),
        given.containsKey("--check"),
        given.containsKey("--diff"),
        last(given, "--limit"),
        given.getOrDefault("--extra-vars", List.of()),
        words(given.getOrDefault("--tags", List.of())),
        words(given.getOrDefault("--skip-tags", List.of())),
        last(given, "--forks").map(RunArguments::forks).orElse(defaultForks),
        last(given, "--user"),
        last(given, "--private-key"),
        given.containsKey("--ask-pass"),
        given.containsKey("--ask-become-pass"),
        verbosity);
  }

  private static int forks(String text) {
    try {
      int forks = Integer.parseInt(text);
      if (forks >= 1) {
        return forks;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong("--forks takes a number from 1 on, found '" + text + "'", Optional.empty());
  }

  private static Set<String> words(List<String> lists) {
    Set<String> words = new LinkedHashSet<>();
    lists.forEach(l -> words.addAll(Arrays.asList(l.split(","))));
    return words;
  }

  private static Optional<String> last(Map<String, List<String>> given, String name) {
    List<String> values = given.getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  private static DiagnosticException unknown(String word) {
    Set<String> valid = new LinkedHashSet<>(FLAGS);
    valid.addAll(VALUED);
    int equals = word.indexOf('=');
    String name = equals > 0 ? word.substring(0, equals) : word;
    return wrong("molt run has no option '" + name + "'", Suggestions.hint(name, valid));
  }

  private static DiagnosticException wrong(String message, Optional<String> hint) {
    return Diagnostic.error(message)
        .withHint(hint.orElse("molt run --help lists the options"))
        .asException();
  }
}
