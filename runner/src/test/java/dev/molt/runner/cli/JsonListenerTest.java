package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.event.EventSamples;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.module.FieldDiff;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs for programs. */
class JsonListenerTest {
  private static String line(RunEvent event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JsonListener(new PrintStream(bytes, true, StandardCharsets.UTF_8)).on(event);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** All that an event holds is in its line, under its name or spread out. */
  @ParameterizedTest
  @MethodSource("dev.molt.runner.event.EventSamples#types")
  void everyEventIsALine(Class<?> type) throws ReflectiveOperationException {
    String line = line(EventSamples.of(type));
    assertThat(line.lines()).hasSize(1);
    MapValue map = (MapValue) Json.parse(line);
    assertThat(map.get("at")).isEqualTo(new StrValue("1970-01-01T00:00:00Z"));
    assertThat(((StrValue) map.get("event")).text()).matches("[a-z]+(_[a-z]+)*");
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType() == HostResult.class) {
        assertThat(map.has("status") && map.has("result") && map.has("host")).isTrue();
      } else {
        assertThat(map.has(component.getName())).as(component.getName()).isTrue();
      }
    }
  }

  @Test
  void aResultWithAllThatItMayHave() {
    TaskInfo task =
        new TaskInfo(3, "Stop", "service", "mail/tasks/main.yml:4", true)
            .inRole(Optional.of("mail"));
    Source source = Source.inline("p.yml", "a: {{ b }}\n");
    HostResult result =
        new HostResult(
                "n1",
                Optional.of("one"),
                Optional.of("n2"),
                Status.FAILED,
                "no",
                MapValue.empty()
                    .put("rc", Value.of(1))
                    .put("_ansible_verbose_always", Value.of(true))
                    .put("odd", ListValue.of(new UndefinedValue("x", false))),
                List.of(FieldDiff.of("/f", "mode", "0600", "0644")),
                List.of(),
                Duration.ofMillis(1250))
            .withErrors(List.of(Diagnostic.error(source.at(3, 7), "wrong").withHint("mend it")));
    assertThat(line(new RunEvent.ItemFinished(Instant.EPOCH, task, result)))
        .isEqualTo(
            """
            {"event":"item_finished","at":"1970-01-01T00:00:00Z",\
            "task":{"id":3,"name":"Stop","role":"mail","action":"service",\
            "position":"mail/tasks/main.yml:4","handler":true,"loop":false,"check":false},\
            "host":"n1","item":"one","delegate":"n2","status":"failed","message":"no",\
            "result":{"rc":1,"odd":[""]},\
            "diffs":[{"subject":"/f","field":"mode","before":"0600","after":"0644"}],\
            "errors":[{"severity":"error","message":"wrong","file":"p.yml","line":1,"column":4,\
            "hint":"mend it"}],"hidden":false,"took":1.25}
            """);
  }
}
