package dev.molt.runner.repl;

import dev.molt.dsl.playbook.KeywordSet;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.Registry;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Spec.OptionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What could come next in a line. Used by the thread that edits lines. */
public final class Completions {
  private static final Pattern TASK_KEY = Pattern.compile("(?m)^(?:- |  )?([\\w.]+):");
  private static final Pattern WATCHED =
      Pattern.compile(":watch\\s+\\S+\\s+(?:\\d+x\\s+)?", Pattern.DOTALL);

  /** Options of modules that name a file on this machine. */
  private static final Set<String> LOCAL_FILES = Set.of("src", "file");

  private static final List<String> RUN_OPTIONS =
      List.of(
          "--check",
          "--diff",
          "--limit",
          "--extra-vars",
          "--tags",
          "--skip-tags",
          "--list-hosts",
          "--list-tasks",
          "--list-tags",
          "--syntax-check",
          "--start-at-task",
          "--step",
          "--forks",
          "--force-handlers",
          "--flush-cache",
          "--become",
          "--become-user",
          "--verbose");

  private final Repl repl;
  private final Start start;
  private final FileOffers files;
  private final NameOffers names;

  /** For the lines of a session. */
  public Completions(Repl repl, Start start) {
    this.repl = repl;
    this.start = start;
    this.files = new FileOffers(start.folder());
    this.names = new NameOffers(repl, start);
  }

  /**
   * Where the word begins that is being typed, and what it could become.
   *
   * @param from an offset in the text
   */
  public record Found(int from, List<Offer> offers) {}

  /** What could stand at the end of this text, the first line's begin included. */
  public Found at(String text) {
    try {
      return find(text);
    } catch (RuntimeException | StackOverflowError e) {
      // A pattern or file with a mistake: that is said when the line is run.
      return new Found(text.length(), List.of());
    }
  }

  private Found find(String text) {
    if (names.inTemplate(text)) {
      return names.at(text);
    }
    Matcher watched = WATCHED.matcher(text);
    if (watched.lookingAt()) {
      Found inner = find(text.substring(watched.end()));
      return new Found(watched.end() + inner.from(), inner.offers());
    }
    int from = wordStart(text);
    String word = text.substring(from);
    List<String> before = List.of(text.substring(0, from).strip().split("\\s+"));
    if (text.startsWith("$")) {
      return names.at(text);
    } else if (text.startsWith("!")) {
      return new Found(from, List.of());
    } else if (text.startsWith(":")) {
      return from == 0 ? new Found(0, orders(word)) : argument(before, text, from, word);
    } else if (text.contains("\n") || text.startsWith("- ")) {
      return new Found(from, yaml(text, from, word));
    } else if (from == 0) {
      return new Found(0, modules(word));
    } else if (before.get(0).equals("run")) {
      return new Found(
          from,
          word.startsWith("-") ? words(RUN_OPTIONS, word) : quoted("", word, files::playbooks));
    }
    return new Found(
        from, module(before.get(0)).map(s -> options(s, before, word)).orElse(List.of()));
  }

  /** In the last line; blanks within quotes are part of a word. */
  private static int wordStart(String text) {
    int start = text.lastIndexOf('\n') + 1;
    char quote = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if ((c == '"' || c == '\'') && (i == start || text.charAt(i - 1) == '=')) {
        quote = c;
      } else if (Character.isWhitespace(c)) {
        start = i + 1;
      }
    }
    return start;
  }

  /** What completes a value that may have been begun with a quote, which is kept and closed. */
  private static List<Offer> quoted(
      String prefix, String begun, Function<String, List<Offer>> offers) {
    String quote = begun.startsWith("\"") || begun.startsWith("'") ? begun.substring(0, 1) : "";
    return offers.apply(begun.substring(quote.length())).stream()
        .filter(o -> quote.isEmpty() || !o.value().contains(quote))
        .map(
            o ->
                new Offer(
                    prefix + quote + o.value() + (o.done() ? quote : ""), o.about(), o.done()))
        .toList();
  }

  private List<Offer> orders(String word) {
    return words(repl.orders().names().stream().map(n -> ":" + n).toList(), word);
  }

  private Found argument(List<String> before, String text, int from, String word) {
    boolean first = before.size() == 1;
    return switch (before.get(0)) {
      case ":hosts" -> {
        int part = Math.max(from, lastSeparator(text) + 1);
        yield new Found(part, hosts(text.substring(part), true));
      }
      case ":vars" ->
          new Found(from, first ? hosts(word, false) : names.variables(before.get(1), word));
      case ":facts" -> new Found(from, names.facts(word));
      case ":doc" -> new Found(from, modules(word));
      case ":become" -> new Found(from, words(List.of("on", "off", "root"), word));
      case ":check", ":diff" -> new Found(from, words(List.of("on", "off"), word));
      case ":save" -> new Found(from, quoted("", word, files::any));
      case ":results" ->
          new Found(
              from,
              words(
                  repl.runs().finished().stream().map(f -> String.valueOf(f.number())).toList(),
                  word));
      default -> new Found(from, List.of());
    };
  }

  private static int lastSeparator(String text) {
    int last = -1;
    for (char c : ":,!&".toCharArray()) {
      last = Math.max(last, text.lastIndexOf(c));
    }
    return last;
  }

  private List<Offer> hosts(String word, boolean groups) {
    List<Offer> offers = new ArrayList<>();
    var inventory = repl.runs().session().inventory();
    if (groups) {
      inventory.groups().keySet().stream()
          .filter(g -> g.startsWith(word))
          .forEach(g -> offers.add(new Offer(g, "group", false)));
    }
    inventory.hosts().stream()
        .filter(h -> h.name().startsWith(word))
        .forEach(h -> offers.add(new Offer(h.name(), "host", !groups)));
    return offers;
  }

  private List<Offer> modules(String word) {
    List<Offer> offers = new ArrayList<>();
    for (String name : start.registry().names()) {
      if (name.startsWith(word)) {
        String summary =
            start.registry().findReadable(name).map(m -> m.spec().summary()).orElse("");
        offers.add(new Offer(name, summary, true));
      }
    }
    if ("run".startsWith(word)) {
      offers.add(new Offer("run", "Run a playbook", true));
    }
    return offers;
  }

  private Optional<Spec<?>> module(String name) {
    return start.registry().findReadable(Registry.plainName(name)).map(Module::spec);
  }

  /** {@code name=}, or what can stand behind it. */
  private List<Offer> options(Spec<?> spec, List<String> before, String word) {
    int equals = word.indexOf('=');
    if (equals > 0) {
      String name = word.substring(0, equals);
      return values(spec, name, word.substring(0, equals + 1), word.substring(equals + 1));
    }
    List<Offer> offers = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      boolean given = before.stream().anyMatch(w -> w.startsWith(option.name() + "="));
      if (!option.rest() && !given && option.name().startsWith(word)) {
        offers.add(new Offer(option.name() + "=", about(option), false));
      }
    }
    return offers;
  }

  private List<Offer> values(Spec<?> spec, String name, String prefix, String begun) {
    Optional<OptionSpec> option = spec.option(name);
    if (option.isEmpty()) {
      return List.of();
    }
    List<Offer> choices = quoted(prefix, begun, b -> words(Choices.of(option.get()), b));
    return choices.isEmpty() && LOCAL_FILES.contains(name)
        ? quoted(prefix, begun, files::any)
        : choices;
  }

  private static String about(OptionSpec option) {
    String first = option.doc().split("(?<=\\.)\\s", 2)[0];
    return (option.required() ? "required; " : "") + first;
  }

  /** In a block: keywords of a task, options of its module, and their values. */
  private List<Offer> yaml(String text, int from, String word) {
    int lineStart = text.lastIndexOf('\n', Math.max(0, from - 1)) + 1;
    String line = text.substring(lineStart, from);
    Optional<Spec<?>> spec = spec(text.substring(0, lineStart) + line);
    if (line.strip().endsWith(":") && spec.isPresent()) {
      String key = line.strip().replaceFirst(":$", "").replaceFirst("^- ", "");
      return values(spec.get(), key, "", word);
    } else if (!line.isBlank() && !line.strip().equals("-")) {
      return List.of();
    }
    int taskIndent = text.startsWith("- ") ? 2 : 0;
    List<Offer> offers = new ArrayList<>();
    if (line.length() <= taskIndent || line.strip().equals("-")) {
      for (String keyword : KeywordSet.Place.TASK.known()) {
        if (keyword.startsWith(word)) {
          offers.add(new Offer(keyword + ":", "keyword", true));
        }
      }
      if (spec.isEmpty()) {
        modules(word).forEach(m -> offers.add(new Offer(m.value() + ":", m.about(), false)));
      }
      return offers;
    }
    spec.ifPresent(
        s ->
            s.options().stream()
                .filter(o -> !o.rest() && o.name().startsWith(word))
                .forEach(o -> offers.add(new Offer(o.name() + ":", about(o), true))));
    return offers;
  }

  /** That of the last task above. */
  private Optional<Spec<?>> spec(String above) {
    Optional<Spec<?>> found = Optional.empty();
    Matcher key = TASK_KEY.matcher(above);
    while (key.find()) {
      if (key.group().startsWith("- ")) {
        found = Optional.empty();
      }
      Optional<Spec<?>> spec = module(key.group(1).toLowerCase(Locale.ROOT));
      found = spec.isPresent() && found.isEmpty() ? spec : found;
    }
    return found;
  }

  private static List<Offer> words(List<String> all, String begun) {
    return all.stream().filter(w -> w.startsWith(begun)).map(w -> new Offer(w, "", true)).toList();
  }
}
