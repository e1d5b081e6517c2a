package dev.molt.runner.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every text of every event, also of those to come, is masked. */
class EventMaskTest {
  private static final String SECRET = "s3cr3t-w0rd";

  /** What the engine and the inventory name things by; nobody's secret. */
  private static final Set<String> NAMES =
      Set.of(
          "host", "hosts", "playbook", "strategy", "module", "position", "job", "version", "field");

  /** Not for showing, and known to modules as paths only. */
  private static final Set<String> NOT_SHOWN = Set.of("effects");

  private final Secrets secrets = new Secrets();

  static List<Class<?>> events() {
    return Arrays.asList(RunEvent.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("events")
  void noEventShowsASecret(Class<?> type) throws ReflectiveOperationException {
    secrets.add(SECRET);
    RunEvent full = (RunEvent) sample(type, "");
    assertThat(text(EventMask.mask(full, secrets))).doesNotContain(SECRET);
  }

  @Test
  void theSamplesHoldSecretsToFind() throws ReflectiveOperationException {
    assertThat(text(sample(RunEvent.HostFinished.class, ""))).contains(SECRET);
    assertThat(text(sample(RunEvent.Warning.class, ""))).contains("pw: " + SECRET);
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

  /** An object of the type with the secret in every text. */
  private static Object sample(Type type, String name) throws ReflectiveOperationException {
    if (type == String.class) {
      return NAMES.contains(name) ? name : "a " + SECRET + " b";
    } else if (type == int.class) {
      return 1;
    } else if (type == boolean.class) {
      return false;
    } else if (type == Instant.class) {
      return Instant.EPOCH;
    } else if (type == Duration.class) {
      return Duration.ZERO;
    } else if (type == MapValue.class) {
      StrValue secret = new StrValue(SECRET);
      return MapValue.empty().put("k", ListValue.of(List.of(secret))).put(SECRET, secret);
    } else if (type == Diagnostic.class) {
      Source source = Source.inline("p.yml", "pw: " + SECRET + "\n");
      return Diagnostic.error(source.at(0, 1), "about " + SECRET)
          .withHint("not " + SECRET)
          .withNote("as " + SECRET, source.at(0, 1));
    } else if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      if (generic.getRawType() == Optional.class) {
        return Optional.of(sample(last, name));
      } else if (generic.getRawType() == Map.class) {
        return Map.of("host", sample(last, name));
      }
      return NOT_SHOWN.contains(name) ? List.of() : List.of(sample(last, name));
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isEnum()) {
      return raw.getEnumConstants()[0];
    }
    List<Object> values = new ArrayList<>();
    List<Class<?>> types = new ArrayList<>();
    for (RecordComponent c : raw.getRecordComponents()) {
      values.add(sample(c.getGenericType(), c.getName()));
      types.add(c.getType());
    }
    Constructor<?> canonical = raw.getDeclaredConstructor(types.toArray(Class<?>[]::new));
    canonical.setAccessible(true);
    return canonical.newInstance(values.toArray());
  }
}
