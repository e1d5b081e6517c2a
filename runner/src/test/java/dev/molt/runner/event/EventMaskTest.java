package dev.molt.runner.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every text of every event, also of those to come, is masked. */
class EventMaskTest {
  private static final String SECRET = EventSamples.SECRET;

  private final Secrets secrets = new Secrets();

  @ParameterizedTest
  @MethodSource("dev.molt.runner.event.EventSamples#types")
  void noEventShowsASecret(Class<?> type) throws ReflectiveOperationException {
    secrets.add(SECRET);
    RunEvent full = EventSamples.of(type);
    assertThat(text(EventMask.mask(full, secrets))).doesNotContain(SECRET);
  }

  @Test
  void theSamplesHoldSecretsToFind() throws ReflectiveOperationException {
    assertThat(text(EventSamples.of(RunEvent.HostFinished.class))).contains(SECRET);
    assertThat(text(EventSamples.of(RunEvent.Warning.class))).contains("pw: " + SECRET);
  }

  @Test
  void aMaskedDiagnosticKeepsItsPlace() {
    secrets.add(SECRET);
    Source source = Source.inline("p.yml", "a: 1\npw: " + SECRET + "\nb: {{ x }}\n");
    Diagnostic wrong = Diagnostic.error(new Position(source, 3, 4, 7), "no");
    RunEvent.Warning masked =
        (RunEvent.Warning) EventMask.mask(new RunEvent.Warning(Instant.EPOCH, wrong), secrets);
    assertThat(DiagnosticFormatter.format(masked.diagnostic()))
        .isEqualTo(
            """
            error: no
             --> p.yml:3:4
            1 | a: 1
            2 | pw: ********
            3 | b: {{ x }}
              |    ^^^^^^^
            """);
  }

  @Test
  void aTextWithASecretOfSeveralLinesIsNotShown() {
    secrets.add("first half\n  second half");
    Source source = Source.inline("p.yml", "k: |\n  first half\n  second half\n");
    Diagnostic wrong = Diagnostic.error(new Position(source, 1, 1, 1), "no");
    RunEvent.Warning masked =
        (RunEvent.Warning) EventMask.mask(new RunEvent.Warning(Instant.EPOCH, wrong), secrets);
    assertThat(DiagnosticFormatter.format(masked.diagnostic())).doesNotContain("second half");
  }

  /** All that a listener can print of it. */
  private static String text(Object value) throws ReflectiveOperationException {
    if (value instanceof Diagnostic d) {
      return DiagnosticFormatter.format(d);
    } else if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? text(optional.get()) : "";
    } else if (value instanceof List<?> list) {
      StringBuilder all = new StringBuilder();
      for (Object item : list) {
        all.append(text(item)).append('\n');
      }
      return all.toString();
    } else if (value instanceof Record) {
      StringBuilder all = new StringBuilder();
      for (RecordComponent c : value.getClass().getRecordComponents()) {
        c.getAccessor().setAccessible(true);
        all.append(text(c.getAccessor().invoke(value))).append('\n');
      }
      return all.toString();
    }
    return String.valueOf(value);
  }
}
