package dev.molt.runner.event;

import dev.molt.dsl.source.Diagnostic;
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

/** An event of every type, also of those to come, with a secret in every text that may hold one. */
public final class EventSamples {
  public static final String SECRET = "s3cr3t-w0rd";

  /** What the engine and the inventory name things by; nobody's secret. */
  private static final Set<String> NAMES =
      Set.of(
          "host", "hosts", "playbook", "strategy", "module", "position", "job", "version", "field");

  /** Not for showing, and known to modules as paths only. */
  private static final Set<String> NOT_SHOWN = Set.of("effects");

  private EventSamples() {}

  public static List<Class<?>> types() {
    return Arrays.asList(RunEvent.class.getPermittedSubclasses());
  }

  public static RunEvent of(Class<?> type) throws ReflectiveOperationException {
    return (RunEvent) sample(type, "");
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
