package dev.molt.runner.repl;

import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.runner.engine.Session;
import dev.molt.runner.event.RunEvent.HostResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names in expressions: variables, results and their keys, filters, tests, functions. */
final class NameOffers {
  private static final Pattern RESULT = Pattern.compile("\\$(\\d{1,6}|_)\\.(\\w*)$");
  private static final Pattern NUMBER = Pattern.compile("\\$(\\w*)$");
  private static final Pattern FILTER = Pattern.compile("\\|\\s*([\\w.]*)$");
  private static final Pattern TEST = Pattern.compile("\\bis\\s+(?:not\\s+)?([\\w.]*)$");
  private static final Pattern NAME = Pattern.compile("(?<![\\w.$])([A-Za-z_]\\w*)?$");

  private final Repl repl;
  private final Library library;

  NameOffers(Repl repl, Start start) {
    this.repl = repl;
    this.library = start.templar().engine().library();
  }

  /** Whether the end of the text stands within braces. */
  boolean inTemplate(String text) {
    int open = Math.max(text.lastIndexOf("{{"), text.lastIndexOf("{%"));
    return open >= 0 && Math.max(text.lastIndexOf("}}"), text.lastIndexOf("%}")) < open;
  }

  Completions.Found at(String text) {
    Matcher result = RESULT.matcher(text);
    if (result.find()) {
      return new Completions.Found(result.start(2), keys(result.group(1), result.group(2)));
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
    firstHost().ifPresent(h -> offers.addAll(variables(h, begun)));
    if (!begun.isEmpty()) {
      offers.addAll(entries(Library.Kind.FUNCTION, begun));
    }
    return new Completions.Found(text.length() - begun.length(), offers);
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
        offers.add(new Offer("$" + line.number(), line.line(), false));
      }
    }
    return offers;
  }

  private List<Offer> keys(String number, String begun) {
    List<Finished> all = repl.runs().finished();
    Optional<Finished> line =
        number.equals("_")
            ? all.stream().reduce((a, b) -> b)
            : repl.runs().finished(Integer.parseInt(number));
    List<Offer> offers = new ArrayList<>();
    line.ifPresent(
        l -> {
          List<HostResult> results = l.last();
          offers.addAll(offers(results.stream().map(HostResult::host).toList(), begun, "host"));
          if (!l.expression() && !results.isEmpty()) {
            MapValue keys = results.get(0).result();
            offers.addAll(
                offers(keys.entries().keySet().stream().map(Python::str).toList(), begun, "key"));
          }
        });
    return offers;
  }

  private static List<Offer> offers(Collection<String> all, String begun, String about) {
    return all.stream()
        .filter(n -> n.startsWith(begun))
        .map(n -> new Offer(n, about, false))
        .toList();
  }
}
