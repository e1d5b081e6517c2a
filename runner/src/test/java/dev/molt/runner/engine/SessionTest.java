package dev.molt.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.inventory.InventoryLoader;
import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.settings.RunSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.yaml.YamlReader;
import dev.molt.runner.engine.PlaybookRunner.Outcome;
import dev.molt.runner.event.EventBus;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.module.Registry;
import dev.molt.runner.module.builtin.Builtins;
import dev.molt.runner.remote.local.LocalTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
  @TempDir Path folder;

  private final List<HostResult> results = new CopyOnWriteArrayList<>();
  private final Secrets secrets = new Secrets();
  private final EventBus events = new EventBus(List.of(this::take), secrets);
  private final RunOptions options =
      RunOptions.of(Settings.defaults().with(RunSettings.FORKS, 4, "test"));
  private PlaybookLoader loader;
  private Session session;

  private void take(RunEvent event) {
    if (event instanceof RunEvent.HostFinished e) {
      results.add(e.result());
    }
  }

  @BeforeEach
  void open() {
    Registry registry = EngineActions.addTo(Builtins.registry());
    Templar templar = new Templar(new TemplateEngine(Library.builder().builtins().build()));
    loader = new PlaybookLoader(PlaybookRunner.actions(registry), Registry::plainName);
    Inventory inventory =
        InventoryLoader.load(List.of("a,b,"), folder).withHost("c", List.of("web"));
    session =
        new Session(
            new RunTools(
                new AtomicReference<>(inventory),
                loader,
                registry,
                templar,
                secrets,
                events,
                Prompter.NOBODY),
            LocalTransport::new,
            LocalTransport::new,
            options,
            host -> {});
  }

  @AfterEach
  void close() {
    session.close();
    events.close();
  }

  private Playbook play(String hosts, String tasks) {
    String text = "- hosts: " + hosts + "\n  tasks:\n" + tasks.indent(4);
    return loader.load(
        folder.resolve("line"), YamlReader.read(Source.inline("line", text)).orElseThrow());
  }

  private Outcome run(String tasks) {
    results.clear();
    return session.run(play("all", tasks), options);
  }

  private List<String> said(String key) {
    List<String> said = new ArrayList<>();
    results.forEach(r -> said.add(r.host() + ": " + r.result().get(key)));
    return said.stream().sorted().toList();
  }

  @Test
  void whatIsRegisteredAndFoundOutLivesOn() {
    assertThat(run("- {shell: echo $PPID, register: first}")).isEqualTo(Outcome.OK);
    assertThat(run("- {debug: {msg: \"{{ first.rc }} {{ ansible_kernel is defined }}\"}}"))
        .isEqualTo(Outcome.OK);
    assertThat(results).extracting(r -> r.message()).containsOnly("0 True").hasSize(3);
    assertThat(session.variable(play("all", "- ping:").plays().get(0), "a", "first").toString())
        .contains("stdout");
    assertThat(session.names(play("all", "- ping:").plays().get(0), "a"))
        .contains("first", "inventory_hostname");
  }

  @Test
  void aHostThatFailedIsThereAgain() {
    assertThat(run("- {fail: {msg: no}, when: inventory_hostname == 'b'}"))
        .isEqualTo(Outcome.HOSTS_FAILED);
    assertThat(run("- ping:")).isEqualTo(Outcome.OK);
    assertThat(results).hasSize(3);
  }

  @Test
  void aChangeThatWasOnlyForetoldIsForgotten() {
    Path file = folder.resolve("made");
    String make = "- file: {path: " + file + ", state: directory}";
    session.run(play("a", make), options.checking(true));
    assertThat(results).extracting(HostResult::status).containsExactly(RunEvent.Status.CHANGED);
    results.clear();
    session.run(play("a", "- stat: {path: " + file + "}"), options);
    assertThat(results.get(0).result().toString()).contains("exists").doesNotContain("isdir");
    assertThat(file).doesNotExist();
  }

  @Test
  void anInterruptEndsTheLineAndNotTheSession() throws Exception {
    Path started = folder.resolve("started");
    Thread here = Thread.currentThread();
    Thread impatient =
        new Thread(
            () -> {
              while (!Files.exists(started)) {
                Thread.onSpinWait();
              }
              here.interrupt();
            });
    impatient.start();
    assertThat(run("- shell: touch " + started + "; sleep 600")).isEqualTo(Outcome.INTERRUPTED);
    impatient.join();
    assertThat(run("- shell: echo still here")).isEqualTo(Outcome.OK);
    assertThat(said("stdout")).hasSize(3).allMatch(s -> s.endsWith("'still here'"));
  }

  @Test
  void withoutChangesNoTaskCanMakeOne() {
    Path file = folder.resolve("made");
    session.run(
        play("a", "- {file: {path: " + file + ", state: directory}, check_mode: false}"),
        options.withoutChanges());
    assertThat(results).extracting(HostResult::status).containsExactly(RunEvent.Status.CHANGED);
    session.run(
        play("a", "- {shell: touch " + file + ", check_mode: no}"), options.withoutChanges());
    assertThat(file).doesNotExist();
  }

  @Test
  void connectingBeforehandLeavesNothingToDo() throws Exception {
    session.connect(play("all", "- ping:").plays().get(0));
    assertThat(run("- ping:")).isEqualTo(Outcome.OK);
    assertThat(session.revive()).isEmpty();
  }
}
