package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Keywords;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.settings.RunSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The facts that a play gathers before its first task. */
final class FactGathering {
  static final String ACTION = "gather_facts";

  private final PlayContext play;
  private final TaskRunner tasks;

  FactGathering(PlayContext play, TaskRunner tasks) {
    this.play = play;
    this.tasks = tasks;
  }

  /** Gathers, where the play wants it now; gives the hosts that came through. */
  List<HostRun> atStart(Frame frame, List<HostRun> hosts) throws InterruptedException {
    boolean smart = play.run().options().gathering().equals("smart");
    List<HostRun> asked = hosts.stream().filter(h -> !smart || !h.gathered().gathered()).toList();
    if (asked.isEmpty() || !wanted() || play.run().registry().find(ACTION).isEmpty()) {
      return hosts;
    }
    Task task = task(play);
    tasks.run(task, frame.at(task), asked, false);
    return hosts.stream().filter(HostRun::active).toList();
  }

  private boolean wanted() {
    Optional<Boolean> said = said(play);
    return switch (play.run().options().gathering()) {
      case "implicit", "smart" -> said.orElse(true);
      default -> said.orElse(false);
    };
  }

  /** What the play itself says of gathering. */
  static Optional<Boolean> said(PlayContext play) {
    return play.play()
        .keywords()
        .get(ACTION)
        .map(n -> play.run().templar().resolve(n, play.withoutHost(play.frame())))
        .filter(v -> v != NullValue.NULL)
        .map(Truth::switchesOn);
  }

  /** What is known of a gathering that is no task of its own. */
  static TaskInfo info(PlayContext play, Task task) {
    return new TaskInfo(
        play.run().taskIds().incrementAndGet(),
        task.label(),
        ACTION,
        task.position().source().name() + ":" + task.position().line(),
        false);
  }

  /** The task that gathers, with what the play says of it, or else the settings. */
  static Task task(PlayContext play) {
    Position at = play.play().position();
    Settings settings = play.run().options().settings();
    Map<String, Node> options = new LinkedHashMap<>();
    Keywords keywords = play.play().keywords();
    List<Node> subsets = new ArrayList<>();
    settings.get(RunSettings.GATHER_SUBSET).forEach(s -> subsets.add(ScalarNode.made(at, s)));
    options.put(
        "gather_subset", keywords.get("gather_subset").orElse(new SequenceNode(at, subsets)));
    String seconds = String.valueOf(settings.get(RunSettings.GATHER_TIMEOUT));
    options.put(
        "gather_timeout", keywords.get("gather_timeout").orElse(ScalarNode.made(at, seconds)));
    keywords.get("fact_path").ifPresent(n -> options.put("fact_path", n));
    Map<String, Node> own = new LinkedHashMap<>();
    own.put("name", ScalarNode.made(at, "Gathering Facts"));
    own.put("tags", new SequenceNode(at, List.of(ScalarNode.made(at, "always"))));
    Node given = new MappingNode(at, new ArrayList<>(MadeTask.entries(at, options).values()));
    return MadeTask.of(play.play(), ACTION, given, own);
  }
}
