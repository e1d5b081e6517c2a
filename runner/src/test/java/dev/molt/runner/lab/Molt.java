package dev.molt.runner.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The launcher, run as a user runs it. */
final class Molt {
  /** Longer than any run takes, also on a busy machine: against hangs. */
  static final Duration LIMIT = Duration.ofMinutes(5);

  private static final String HOST = "(?:n\\d|db|localhost)";
  private static final String HOSTS =
      HOST + "(?:-" + HOST + ")?(?:, " + HOST + "(?:-" + HOST + ")?)*";
  private static final Pattern OUTCOME =
      Pattern.compile(
          "  (ok|would change|changed|unknown|skipped|FAILED|ignored|UNREACHABLE) +(.*?) *\\b("
              + HOSTS
              + ")(?: on \\S+)?(?:  \\d.*)?");

  private final Cluster cluster;

  Molt(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * A run that is over.
   *
   * @param outcomes by task, in the order of the run (a name's second task ends in {@code #2}),
   *     then by host: the word in front
   */
  record Run(int status, String output, Map<String, Map<String, String>> outcomes) {
    @Override
    public String toString() {
      return "molt ended with " + status + ":\n" + output;
    }

    /** Tasks and hosts with this outcome, as {@code task: host}. */
    List<String> with(String outcome) {
      List<String> found = new ArrayList<>();
      outcomes.forEach(
          (task, hosts) ->
              hosts.forEach(
                  (host, word) -> {
                    if (word.equals(outcome)) {
                      found.add(task + ": " + host);
                    }
                  }));
      return found;
    }
  }

  /** {@code molt run PLAYBOOK -i} the lab's inventory; gives the run when it is over. */
  Run run(String playbook, String... options) {
    Command.Result result = start(playbook, options).end(LIMIT);
    return new Run(result.status(), result.output(), outcomes(result.output()));
  }

  Run upgrade(String... options) {
    return run("upgrade.yml", options);
  }

  Command start(String playbook, String... options) {
    Path inventory = cluster.dir().resolve("inventory");
    List<String> words =
        new ArrayList<>(List.of("./molt", "run", playbook, "-i", inventory.toString()));
    words.addAll(List.of(options));
    return Command.start(words, Map.of("TERM", "dumb"), cluster.root());
  }

  private static Map<String, Map<String, String>> outcomes(String output) {
    Map<String, Map<String, String>> tasks = new LinkedHashMap<>();
    Map<String, Integer> seen = new LinkedHashMap<>();
    String task = "";
    for (String line : output.lines().toList()) {
      Matcher matcher = OUTCOME.matcher(line);
      if (!matcher.matches()) {
        continue;
      }
      if (!matcher.group(2).isEmpty()) {
        int times = seen.merge(matcher.group(2), 1, Integer::sum);
        task = matcher.group(2) + (times > 1 ? " #" + times : "");
      }
      Map<String, String> hosts = tasks.computeIfAbsent(task, t -> new TreeMap<>());
      for (String part : matcher.group(3).split(", ")) {
        hosts(part).forEach(h -> hosts.put(h, matcher.group(1)));
      }
    }
    return tasks;
  }

  /** {@code n1-n3} is three hosts. */
  private static List<String> hosts(String part) {
    Matcher range = Pattern.compile("n(\\d)-n(\\d)").matcher(part);
    if (!range.matches()) {
      return List.of(part);
    }
    List<String> hosts = new ArrayList<>();
    for (int i = Integer.parseInt(range.group(1)); i <= Integer.parseInt(range.group(2)); i++) {
      hosts.add("n" + i);
    }
    return hosts;
  }
}
