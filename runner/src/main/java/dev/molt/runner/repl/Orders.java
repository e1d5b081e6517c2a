package dev.molt.runner.repl;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.cli.HostNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The lines that begin with a colon. */
final class Orders {
  private final Repl repl;
  private final Map<String, Order> all = new LinkedHashMap<>();

  /** Does it; gives the exit status. */
  @FunctionalInterface
  interface Work {
    int on(ScalarNode argument) throws InterruptedException;
  }

  /** One of them; {@code usage} begins with its name. */
  record Order(String usage, String summary, Work work) {
    String name() {
      return usage.split(" ", 2)[0];
    }
  }

  Orders(Repl repl, Start start) {
    this.repl = repl;
    Answers answers = new Answers(repl, start);
    add("hosts [PATTERN]", "for which hosts lines are", this::hosts);
    add("become [on|off|USER]", "as whom lines are run", this::become);
    add("check [on|off]", "whether lines only find out what they would change", this::check);
    add("diff [on|off]", "texts before and after; alone: those of the last line", this::diff);
    add("groovy CODE", "a few words of Groovy for each host, as in a hook", this::groovy);
    add("facts [NAME]", "what the hosts say of themselves", answers::facts);
    add("vars HOST [NAME]", "what a variable is worth, and where it comes from", answers::vars);
    add("doc [NAME]", "what a module, filter, lookup... does", answers::doc);
    add("results [N]", "the lines so far; all of what came of one", answers::results);
    add("save FILE.yml", "the module lines so far, as a playbook", answers::save);
    add(
        "watch EVERY [TIMESx] LINE",
        "a line again and again, until Ctrl-C; prints what changes",
        new Watch(repl)::watch);
    add("help", "this", a -> help());
    add("quit", "leave; so does Ctrl-D", a -> quit());
  }

  private void add(String usage, String summary, Work work) {
    Order order = new Order(usage, summary, work);
    all.put(order.name(), order);
  }

  /** In the order in which help lists them. */
  List<String> names() {
    return List.copyOf(all.keySet());
  }

  int carryOut(Line.Order line) throws InterruptedException {
    Order order = all.get(line.name().text());
    if (order == null) {
      throw Diagnostic.error(
              line.name().position(), "there is no command ':" + line.name().text() + "'")
          .withHint(Suggestions.hint(line.name().text(), all.keySet()).orElse(":help lists them"))
          .asException();
    }
    return order.work().on(line.argument());
  }

  private int hosts(ScalarNode argument) {
    Mood wanted =
        argument.text().isBlank() ? repl.mood() : repl.mood().onHosts(argument.text().strip());
    List<String> hosts;
    try {
      hosts = repl.runs().hosts(wanted);
    } catch (DiagnosticException e) {
      throw asTyped(e, argument);
    }
    if (hosts.isEmpty()) {
      throw Diagnostic.error(argument.position(), "no host matches '" + wanted.hosts() + "'")
          .withHint("lines are still for '" + repl.mood().hosts() + "'")
          .asException();
    }
    if (!argument.text().isBlank()) {
      repl.mood(wanted);
      if (repl.console().interactive()) {
        repl.runs().connect(wanted);
      }
    }
    return say(hosts.size() + (hosts.size() == 1 ? " host: " : " hosts: ") + HostNames.of(hosts));
  }

  /** The same mistake of a pattern of hosts, where it stands in the line. */
  private static DiagnosticException asTyped(DiagnosticException e, ScalarNode pattern) {
    Diagnostic said = e.diagnostics().get(0);
    Position typed =
        said.position()
            .filter(p -> p.line() == 1 && !pattern.text().isBlank())
            .map(p -> pattern.origin().at(p.column() - 1, p.length()))
            .orElse(pattern.position());
    return Diagnostic.error(typed, said.message()).withHint(said.hint()).asException();
  }

  private int groovy(ScalarNode argument) {
    if (argument.text().isBlank()) {
      throw Diagnostic.error(argument.position(), ":groovy needs something to run")
          .withHint(":groovy look('uptime').stdout.tokenize().last()")
          .asException();
    }
    return repl.task(new Line.Groovy(argument), ":groovy " + argument.text());
  }

  private int become(ScalarNode argument) {
    String word = argument.text().strip();
    if (word.matches("(?s).*\\s.*")) {
      throw Diagnostic.error(argument.position(), "this is no name of a user")
          .withHint(":become on, :become off, or :become USER")
          .asException();
    }
    switch (word) {
      case "" -> {
        // Only asked.
      }
      case "on" -> repl.mood(repl.mood().becoming(Optional.of(true), Optional.empty()));
      case "off" -> repl.mood(repl.mood().becoming(Optional.of(false), Optional.empty()));
      default -> repl.mood(repl.mood().becoming(Optional.of(true), Optional.of(word)));
    }
    Mood now = repl.mood();
    return say(
        now.become().isEmpty()
            ? "become: as the inventory says"
            : "become: "
                + (now.become().get()
                    ? now.becomeUser().map(u -> "on, as " + u).orElse("on")
                    : "off"));
  }

  private int check(ScalarNode argument) {
    Optional<Boolean> wanted = onOrOff(argument);
    if (repl.mood().readOnly() && wanted.equals(Optional.of(false))) {
      throw Diagnostic.error(argument.position(), "the session is read-only: it only checks")
          .withHint("start another one without --read-only")
          .asException();
    }
    wanted.ifPresent(c -> repl.mood(repl.mood().checking(c)));
    return say(
        repl.mood().looksOnly()
            ? "check: on, nothing is changed"
            : "check: off, lines change what they say");
  }

  private int diff(ScalarNode argument) {
    Optional<Boolean> wanted = onOrOff(argument);
    if (wanted.isPresent()) {
      repl.mood(repl.mood().showing(wanted.get()));
      return say("diff: " + (wanted.get() ? "on" : "off"));
    }
    List<Finished> finished = repl.runs().finished();
    if (finished.isEmpty()) {
      return say("no line has been run");
    }
    List<String> lines = new ArrayList<>();
    repl.runs().blocks(finished.get(finished.size() - 1), true).forEach(lines::addAll);
    repl.console().show(lines);
    return 0;
  }

  private static Optional<Boolean> onOrOff(ScalarNode argument) {
    return switch (argument.text().strip().toLowerCase(Locale.ROOT)) {
      case "" -> Optional.empty();
      case "on" -> Optional.of(true);
      case "off" -> Optional.of(false);
      default -> throw Diagnostic.error(argument.position(), "this is on or off").asException();
    };
  }

  private int help() {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "service name=tegu             a module and its options; or YAML, as in a playbook",
                "! systemctl status tegu       a shell command",
                "{{ ansible_host }}            an expression, for each host",
                "$1.stdout, $_.rc, $1.n2.rc    what came of line 1, of the last one, of n2",
                "run upgrade.yml --check       a playbook, with the options of molt run"));
    for (Order order : all.values()) {
      lines.add(String.format(Locale.ROOT, "%-29s %s", ":" + order.usage(), order.summary()));
    }
    repl.console().show(lines);
    return 0;
  }

  private int quit() {
    repl.end();
    return 0;
  }

  private int say(String line) {
    repl.console().show(List.of(line));
    return 0;
  }
}
