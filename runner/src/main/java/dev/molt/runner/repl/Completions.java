package dev.molt.runner.repl;

import dev.molt.dsl.playbook.KeywordSet;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.Registry;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Spec.OptionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What could come next in a line. Used by the thread that edits lines. */
public final class Completions {
  /** A key of YAML, and where it stands. */
  private static final Pattern KEY = Pattern.compile("(?m)^((?: |- )*)([\\w.]+):(?=\\s|$)");

  /** A key whose value is an expression without braces. */
  private static final Pattern CONDITION =
      Pattern.compile("[ -]*(?:when|until|changed_when|failed_when|that|var):\\s+(.*)");

  private static final Pattern FLOW = Pattern.compile("([\\w.]+):\\s*\\{([^{}]*)$");
  private static final Pattern FLOW_ITEM = Pattern.compile("\\s*(?:([\\w.]+):\\s+)?(\\S*)$");
  private static final Pattern TASK = Pattern.compile("(?:- )?[\\w.]+:(?:\\s.*)?", Pattern.DOTALL);
  private static final Pattern GROOVY = Pattern.compile("\\bvars\\.(\\w*)$");
  private static final Pattern WATCHED =
      Pattern.compile(":watch\\s+\\S+\\s+(?:\\d+x\\s+)?", Pattern.DOTALL);

  /** Options of modules that name a file on this machine. */
  private static final Set<String> LOCAL_FILES = Set.of("src", "file");

  /** Keys below which tasks stand. */
  private static final Set<String> TASKS = Set.of("block", "rescue", "always");

  /** Options of playbooks of which nobody knows what comes. */
  private static final Set<String> OPEN_OPTIONS =
      Set.of(
          "--tags",
          "-t",
          "--skip-tags",
          "--start-at-task",
          "--forks",
          "-f",
          "--become-user",
          "--extra-vars",
          "-e");

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
      return new Found(from, paths(word));
    } else if (text.startsWith(":groovy")) {
      return groovy(text);
    } else if (text.startsWith(":")) {
      return from == 0 ? new Found(0, orders(word)) : argument(before, text, from, word);
    } else if (text.contains("\n") || text.startsWith("- ") || TASK.matcher(text).matches()) {
      return yaml(text, from, word);
    } else if (from == 0) {
      return new Found(0, modules(word));
    } else if (before.get(0).equals("run")) {
      return run(before.get(before.size() - 1), text, from, word);
    }
    return new Found(
        from, module(before.get(0)).map(s -> options(s, before, word)).orElse(List.of()));
  }

  private Found run(String last, String text, int from, String word) {
    if (last.equals("--limit") || last.equals("-l")) {
      return pattern(text, from);
    } else if (word.startsWith("--limit=")) {
      return pattern(text, from + "--limit=".length());
    } else if (OPEN_OPTIONS.contains(last)) {
      return new Found(from, List.of());
    }
    return new Found(
        from, word.startsWith("-") ? words(RUN_OPTIONS, word) : quoted("", word, files::playbooks));
  }

  /** A pattern of hosts that begins here. */
  private Found pattern(String text, int from) {
    int part = Math.max(from, lastSeparator(text) + 1);
    return new Found(part, hosts(text.substring(part), true));
  }

  /** Those of this machine, which most hosts have too. */
  private List<Offer> paths(String word) {
    return word.startsWith("/") ? files.any(word) : List.of();
  }

  private Found groovy(String text) {
    Matcher name = GROOVY.matcher(text);
    return name.find()
        ? new Found(name.start(1), names.variables(name.group(1)))
        : new Found(text.length(), List.of());
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
      case ":hosts" -> pattern(text, from);
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

  /** In a task: its keywords, options of its module, and their values. */
  private Found yaml(String text, int from, String word) {
    int lineStart = text.lastIndexOf('\n', Math.max(0, from - 1)) + 1;
    String line = text.substring(lineStart, from);
    if (CONDITION.matcher(text.substring(lineStart)).matches()) {
      return names.at(text);
    }
    Matcher flow = FLOW.matcher(text.substring(lineStart));
    if (flow.find()) {
      return module(flow.group(1))
          .map(spec -> flow(spec, text, flow.group(2)))
          .orElse(new Found(from, List.of()));
    }
    List<Key> above = keys(text.substring(0, lineStart));
    String key = line.strip();
    if (key.endsWith(":")) {
      List<Key> own = keys(line);
      return new Found(from, own.isEmpty() ? List.of() : value(own.get(0), above, word));
    } else if (!line.matches("(?: |- )*")) {
      return new Found(from, List.of());
    }
    return new Found(from, keysAt(new Key(line.length(), line.contains("-"), word), above));
  }

  /**
   * A key in a block.
   *
   * @param column where it begins
   * @param item whether it is the first one of an item
   */
  private record Key(int column, boolean item, String name) {}

  private static List<Key> keys(String lines) {
    List<Key> keys = new ArrayList<>();
    Matcher key = KEY.matcher(lines);
    while (key.find()) {
      String before = key.group(1);
      keys.add(new Key(before.length(), before.contains("-"), key.group(2)));
    }
    return keys;
  }

  /** The key that this one stands below. */
  private static Optional<Key> parent(Key key, List<Key> above) {
    int column = key.column() - (key.item() ? 2 : 0);
    for (int i = above.size() - 1; i >= 0; i--) {
      Key other = above.get(i);
      int end = other.column();
      if (end < column || (end == column && key.item() && TASKS.contains(other.name()))) {
        return Optional.of(other);
      }
    }
    return Optional.empty();
  }

  /** The keys beside this one that stand above it. */
  private static List<String> beside(Key key, List<Key> above) {
    List<String> found = new ArrayList<>();
    boolean first = key.item();
    for (int i = above.size() - 1; i >= 0 && !first; i--) {
      Key other = above.get(i);
      if (other.column() < key.column()) {
        break;
      } else if (other.column() == key.column()) {
        found.add(other.name());
        first = other.item();
      }
    }
    return found;
  }

  private List<Offer> keysAt(Key key, List<Key> above) {
    Optional<Key> parent = parent(key, above);
    List<String> beside = beside(key, above);
    if (parent.isPresent() && !TASKS.contains(parent.get().name())) {
      return module(parent.get().name())
          .map(spec -> optionKeys(spec, beside, key.name()))
          .orElse(List.of());
    }
    List<Offer> offers = new ArrayList<>();
    for (String keyword : KeywordSet.Place.TASK.known()) {
      if (keyword.startsWith(key.name()) && !beside.contains(keyword)) {
        offers.add(new Offer(keyword + ":", "keyword", true));
      }
    }
    if (beside.stream().noneMatch(name -> TASKS.contains(name) || module(name).isPresent())) {
      modules(key.name()).stream()
          .filter(m -> !m.value().equals("run"))
          .forEach(m -> offers.add(new Offer(m.value() + ":", m.about(), false)));
    }
    return offers;
  }

  private static List<Offer> optionKeys(Spec<?> spec, List<String> given, String begun) {
    return spec.options().stream()
        .filter(o -> !o.rest() && o.name().startsWith(begun) && !given.contains(o.name()))
        .map(o -> new Offer(o.name() + ":", about(o), true))
        .toList();
  }

  private List<Offer> value(Key key, List<Key> above, String word) {
    if (key.name().equals("delegate_to")) {
      return quoted("", word, begun -> hosts(begun, false));
    }
    return parent(key, above)
        .flatMap(p -> module(p.name()))
        .map(spec -> values(spec, key.name(), "", word))
        .orElse(List.of());
  }

  /** Options of a module between braces. */
  private Found flow(Spec<?> spec, String text, String within) {
    List<String> given = new ArrayList<>();
    String[] items = within.split(",", -1);
    for (String item : items) {
      given.add(item.strip().replaceFirst(":.*", ""));
    }
    Matcher item = FLOW_ITEM.matcher(items[items.length - 1]);
    if (!item.matches()) {
      return new Found(text.length(), List.of());
    }
    String word = item.group(2);
    List<Offer> offers =
        item.group(1) == null
            ? optionKeys(spec, given.subList(0, given.size() - 1), word)
            : values(spec, item.group(1), "", word).stream()
                .map(o -> new Offer(o.value(), o.about(), false))
                .toList();
    return new Found(text.length() - word.length(), offers);
  }

  private static List<Offer> words(List<String> all, String begun) {
    return all.stream().filter(w -> w.startsWith(begun)).map(w -> new Offer(w, "", true)).toList();
  }
}
