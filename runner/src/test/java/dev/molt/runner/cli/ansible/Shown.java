package dev.molt.runner.cli.ansible;

import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.PlayInfo;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays events to a listener, and keeps what it prints, on both streams as they come. */
final class Shown {
  static final Instant NOW = Instant.EPOCH;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ByteArrayOutputStream both = new ByteArrayOutputStream();
  private final AnsibleListener listener;
  private int tasks;

  /**
   * @param settings words such as {@code verbosity=1}, without {@code ANSIBLE_}
   */
  Shown(String... settings) {
    this(Optional.empty(), settings);
  }

  Shown(Optional<Integer> terminal, String... settings) {
    Map<String, String> environment = new HashMap<>();
    for (String word : settings) {
      int equals = word.indexOf('=');
      environment.put(
          "ANSIBLE_" + word.substring(0, equals).toUpperCase(java.util.Locale.ROOT),
          word.substring(equals + 1));
    }
    DisplayOptions options =
        DisplayOptions.of(
            Settings.load(environment, Path.of("/nowhere")), terminal, terminal.isPresent());
    listener = new AnsibleListener(tee(out), tee(err), options);
  }

  private PrintStream tee(ByteArrayOutputStream one) {
    return new PrintStream(
        new java.io.OutputStream() {
          @Override
          public void write(int b) {
            one.write(b);
            both.write(b);
          }
        },
        false,
        StandardCharsets.UTF_8);
  }

  Shown on(RunEvent event) {
    listener.on(event);
    return this;
  }

  Shown play(String name, String strategy) {
    return on(
        new RunEvent.PlayStarted(NOW, new PlayInfo(name, strategy, false), List.of("a"), 1, 1));
  }

  TaskInfo task(String name, String module) {
    return new TaskInfo(++tasks, name, module, "site.yml:" + 10 * tasks, false);
  }

  Shown start(TaskInfo task) {
    return on(new RunEvent.TaskStarted(NOW, task, List.of("a")));
  }

  Shown host(TaskInfo task, HostResult result) {
    return on(new RunEvent.HostFinished(NOW, task, result));
  }

  Shown item(TaskInfo task, HostResult result) {
    return on(new RunEvent.ItemFinished(NOW, task, result));
  }

  /** A result on host a. */
  static HostResult result(Status status, String json) {
    return result(status, Optional.empty(), Optional.empty(), json);
  }

  static HostResult result(
      Status status, Optional<String> item, Optional<String> delegate, String json) {
    return new HostResult(
        "a",
        item,
        delegate,
        status,
        "",
        (MapValue) Json.parse(json),
        List.of(),
        List.of(),
        Duration.ZERO);
  }

  static HostResult item(Status status, String label, String json) {
    return result(status, Optional.of(label), Optional.empty(), json);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** What both streams got, in the order in which it went through them. */
  String both() {
    return both.toString(StandardCharsets.UTF_8);
  }
}
