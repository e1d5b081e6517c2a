package dev.molt.runner.repl;

import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.Session;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.Secrets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names in expressions: variables, results and their keys, filters, tests, functions. */
final class NameOffers {
  private static final Pattern STEP =
      Pattern.compile("\\.(\\w+)|\\[(?:'([^'\\]]*)'|\"([^\"\\]]*)\")\\]");
  private static final Pattern RESULT =
      Pattern.compile(
          "\\$(\\d{1,6}|_)((?:" + STEP.pattern() + ")*)(\\.(\\w*)|\\[(['\"]?)([^'\"\\]]*))$");
  private static final Pattern BY_NAME =
      Pattern.compile("(?<![\\w.])(hostvars|groups)(\\.(\\w*)|\\[(['\"]?)([^'\"\\]]*))$");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
  private static final Pattern NUMBER = Pattern.compile("\\$(\\w*)$");
  private static final Pattern FILTER = Pattern.compile("\\|\\s*([\\w.]*)$");
  private static final Pattern TEST = Pattern.compile("\\bis\\s+(?:not\\s+)?([\\w.]*)$");
  private static final Pattern NAME = Pattern.compile("(?<![\\w.$])([A-Za-z_]\\w*)?$");

  private final Repl repl;
  private final Library library;
  private final Secrets secrets;

  NameOffers(Repl repl, Start start) {
    this.repl = repl;
    this.library = start.templar().engine().library();
    this.secrets = start.secrets();
  }

  /** Whether the end of the text stands within braces. */
  boolean inTemplate(String text) {
    int open = Math.max(text.lastIndexOf("{{"), text.lastIndexOf("{%"));
    return open >= 0 && Math.max(text.lastIndexOf("}}"), text.lastIndexOf("%}")) < open;
  }

  Completions.Found at(String text) {
    Matcher result = RESULT.matcher(text);
    if (result.find()) {
      return members(result, result.groupCount() - 3, inResult(result.group(1), result.group(2)));
    }
    Matcher named = BY_NAME.matcher(text);
    if (named.find()) {
      return members(named, 2, named.group(1).equals("groups") ? groups() : hosts());
    }
    if (inText(text)) {
      return new Completions.Found(text.length(), List.of());
    }
    Matcher number = NUMBER.matcher(text);
    if (number.find()) {
      return new Completions.Found(number.start(), numbers(number.group(1)));
    }
    Matcher filter = FILTER.matcher(text);
    if (filter.find()) {
      return found(filter, entries(Library.Kind.FILTER, filter.group(1)));
    }
    Matcher test = TEST.matcher(text);
    if (test.find()) {
      return found(test, entries(Library.Kind.TEST, test.group(1)));
    }
    Matcher name = NAME.matcher(text);
    if (!name.find()) {
      return new Completions.Found(text.length(), List.of());
    }
    String begun = name.group(1) == null ? "" : name.group(1);
    List<Offer> offers = new ArrayList<>();
    offers.addAll(variables(begun));
    if (!begun.isEmpty()) {
      offers.addAll(entries(Library.Kind.FUNCTION, begun));
    }
    return new Completions.Found(text.length() - begun.length(), offers);
  }

  /** Whether the end of the text stands within a text in quotes of an expression. */
  private static boolean inText(String text) {
    int open = Math.max(text.lastIndexOf("{{"), text.lastIndexOf("{%"));
    char quote = 0;
    for (int i = Math.max(0, open); open >= 0 && i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      }
    }
    return quote != 0;
  }

  private List<Offer> groups() {
    return offers(repl.runs().session().inventory().groups().keySet(), "", "group");
  }

  private List<Offer> hosts() {
    return offers(
        repl.runs().session().inventory().hosts().stream().map(h -> h.name()).toList(), "", "host");
  }

  /**
   * What stands behind a dot or a bracket; what cannot stand behind a dot, in a bracket.
   *
   * @param begun the group that is the dot or bracket and what comes; below it the name behind a
   *     dot, the quote in a bracket, and what is in it
   */
  private static Completions.Found members(Matcher at, int begun, List<Offer> all) {
    boolean dot = at.group(begun + 1) != null;
    String name = at.group(dot ? begun + 1 : begun + 3);
    List<Offer> fit = all.stream().filter(o -> o.value().startsWith(name)).toList();
    if (dot && fit.stream().allMatch(o -> WORD.matcher(o.value()).matches())) {
      return new Completions.Found(at.start(begun + 1), fit);
    }
    String quote = dot || at.group(begun + 2).isEmpty() ? "'" : at.group(begun + 2);
    List<Offer> offers = new ArrayList<>();
    for (Offer o : fit) {
      boolean plain = dot && WORD.matcher(o.value()).matches();
      String value = plain ? "." + o.value() : "[" + quote + o.value() + quote + "]";
      offers.add(new Offer(value, o.about(), false));
    }
    return new Completions.Found(at.start(begun), offers);
  }

  private static Completions.Found found(Matcher matcher, List<Offer> offers) {
    return new Completions.Found(matcher.start(1), offers);
  }

  private Optional<String> firstHost() {
    return repl.runs().hosts(repl.mood()).stream().findFirst();
  }

  /** Those that a host has; results of lines are named by their number. */
  List<Offer> variables(String host, String begun) {
    if (repl.runs().session().inventory().hostOrLocal(host).isEmpty()) {
      return List.of();
    }
    Play play = repl.runs().play(repl.mood());
    return offers(
        repl.runs().session().names(play, host).stream()
            .filter(n -> !n.startsWith(Runs.PREFIX))
            .toList(),
        begun,
        "variable");
  }

  /** Those that the first host has. */
  List<Offer> variables(String begun) {
    return firstHost().map(h -> variables(h, begun)).orElse(List.of());
  }

  List<Offer> facts(String begun) {
    return offers(Session.factNames(), begun, "");
  }

  private List<Offer> entries(Library.Kind kind, String begun) {
    List<Offer> offers = new ArrayList<>();
    library.entries(kind).stream()
        .filter(e -> e.name().startsWith(begun))
        .forEach(e -> offers.add(new Offer(e.name(), e.summary(), true)));
    return offers;
  }

  private List<Offer> numbers(String begun) {
    List<Offer> offers = new ArrayList<>();
    for (Finished line : repl.runs().finished()) {
      if (String.valueOf(line.number()).startsWith(begun)) {
        offers.add(new Offer("$" + line.number(), secrets.mask(line.line()), false));
      }
    }
    return offers;
  }

  /**
   * What a result has, or what is in it at the end of these steps, the first of which may be a
   * host.
   */
  private List<Offer> inResult(String number, String steps) {
    List<Finished> all = repl.runs().finished();
    Optional<Finished> line =
        number.equals("_")
            ? all.stream().reduce((a, b) -> b)
            : repl.runs().finished(Integer.parseInt(number));
    List<HostResult> results = line.map(Finished::last).orElse(List.of());
    if (results.isEmpty()) {
      return List.of();
    }
    List<String> path = new ArrayList<>();
    Matcher step = STEP.matcher(steps);
    while (step.find()) {
      path.add(Stream.of(1, 2, 3).map(step::group).filter(Objects::nonNull).findFirst().orElse(""));
    }
    List<Offer> offers = new ArrayList<>();
    HostResult from = results.get(0);
    if (path.isEmpty()) {
      offers.addAll(offers(results.stream().map(HostResult::host).toList(), "", "host"));
    } else {
      Optional<HostResult> other =
          results.stream().filter(r -> r.host().equals(path.get(0))).findFirst();
      from = other.orElse(from);
      other.ifPresent(r -> path.remove(0));
    }
    Value value = line.orElseThrow().expression() ? from.result().get("msg") : from.result();
    for (String key : path) {
      value = value instanceof MapValue map ? map.get(key) : null;
    }
    if (value instanceof MapValue map) {
      offers.addAll(offers(map.entries().keySet().stream().map(Python::str).toList(), "", "key"));
    }
    return offers;
  }

  private static List<Offer> offers(Collection<String> all, String begun, String about) {
    return all.stream()
        .filter(n -> n.startsWith(begun))
        .map(n -> new Offer(n, about, false))
        .toList();
  }
}
