package dev.molt.runner.cli;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options of one command, read as Ansible's commands read theirs: long names may be shortened
 * as long as they are unambiguous, a value stands behind {@code =} or in the next word, flags of
 * one letter may stand together, and what follows {@code --} is no option.
 *
 * <p>By hand: a library for it costs more at start than all the rest of a short command
 * (docs/decisions/0004).
 */
public final class OptionSet {
  private record Option(String name, boolean valued) {}

  private final String command;
  private final Map<String, Option> options = new LinkedHashMap<>();

  /**
   * A set without options.
   *
   * @param command for errors, such as {@code molt run}
   */
  public OptionSet(String command) {
    this.command = command;
  }

  /** An option without a value; what it was given is found under the first of its names. */
  public OptionSet flag(String... names) {
    return add(false, names);
  }

  /** An option with a value; what it was given is found under the first of its names. */
  public OptionSet value(String... names) {
    return add(true, names);
  }

  private OptionSet add(boolean valued, String... names) {
    Option option = new Option(names[0], valued);
    for (String name : names) {
      options.put(name, option);
    }
    return this;
  }

  /**
   * Reads a command line.
   *
   * @throws DiagnosticException for an option that there is not, and for a missing value
   */
  public GivenWords parse(List<String> words) {
    Map<String, List<String>> given = new LinkedHashMap<>();
    List<String> others = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--")) {
        others.addAll(words.subList(i + 1, words.size()));
        break;
      } else if (!isOption(word)) {
        others.add(word);
      } else if (word.startsWith("--")) {
        i = longOption(words, i, given);
      } else {
        i = letters(words, i, given);
      }
    }
    return new GivenWords(command, given, others);
  }

  /** A word with a blank in it is none, whatever it begins with; nor is a number. */
  private static boolean isOption(String word) {
    return word.length() > 1
        && word.startsWith("-")
        && word.indexOf(' ') < 0
        && !word.matches("-\\d+|-\\d*\\.\\d+");
  }

  private int longOption(List<String> words, int at, Map<String, List<String>> given) {
    String word = words.get(at);
    int equals = word.indexOf('=');
    String name = equals > 0 ? word.substring(0, equals) : word;
    Option option = byLongName(name);
    if (equals > 0) {
      if (!option.valued) {
        throw wrong(command + " has no value for '" + name + "'", Optional.empty());
      }
      put(given, option, word.substring(equals + 1));
      return at;
    }
    return withNext(words, at, option, name, given);
  }

  /** {@code -Cvf5}: flags together, the last one perhaps with its value. */
  private int letters(List<String> words, int at, Map<String, List<String>> given) {
    String word = words.get(at);
    for (int i = 1; i < word.length(); i++) {
      String name = "-" + word.charAt(i);
      Option option = options.get(name);
      if (option == null) {
        throw unknown(i == 1 ? word : name);
      } else if (option.valued && i + 1 < word.length()) {
        int start = word.charAt(i + 1) == '=' ? i + 2 : i + 1;
        put(given, option, word.substring(start));
        return at;
      } else if (option.valued) {
        return withNext(words, at, option, name, given);
      }
      put(given, option, "");
    }
    return at;
  }

  private int withNext(
      List<String> words, int at, Option option, String name, Map<String, List<String>> given) {
    if (!option.valued) {
      put(given, option, "");
      return at;
    }
    if (at + 1 == words.size() || isOption(words.get(at + 1))) {
      throw wrong(name + " needs a value", Optional.empty());
    }
    put(given, option, words.get(at + 1));
    return at + 1;
  }

  private static void put(Map<String, List<String>> given, Option option, String value) {
    given.computeIfAbsent(option.name, n -> new ArrayList<>()).add(value);
  }

  private Option byLongName(String name) {
    Option exact = options.get(name);
    if (exact != null) {
      return exact;
    }
    Map<String, Option> meant = new LinkedHashMap<>();
    options.forEach(
        (n, option) -> {
          if (n.startsWith(name) && name.length() > 2) {
            meant.putIfAbsent(option.name, option);
          }
        });
    if (meant.isEmpty()) {
      throw unknown(name);
    } else if (meant.size() > 1) {
      Set<String> names = new TreeSet<>();
      options.keySet().stream().filter(n -> n.startsWith(name)).forEach(names::add);
      throw wrong(
          "'" + name + "' is short for several options",
          Optional.of("write one of " + String.join(", ", names)));
    }
    return meant.values().iterator().next();
  }

  private DiagnosticException unknown(String name) {
    return wrong(
        command + " has no option '" + name + "'",
        Suggestions.hint(name, options.keySet().stream().filter(n -> n.length() > 2).toList()));
  }

  private DiagnosticException wrong(String message, Optional<String> hint) {
    return Diagnostic.error(message)
        .withHint(hint.orElse(command + " --help lists the options"))
        .asException();
  }
}
