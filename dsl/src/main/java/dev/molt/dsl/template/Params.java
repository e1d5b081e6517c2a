package dev.molt.dsl.template;

import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a filter, test or function takes besides its subject: names in their order, how many of them
 * are required, and whether more are allowed. Immutable.
 *
 * @param names in the order in which they are given by position
 * @param required how many of them, from the first, must be given
 * @param rest whether more may be given by position
 * @param keywords whether more may be given by name
 */
public record Params(List<String> names, int required, boolean rest, boolean keywords) {
  public static final Params NONE = of();

  /**
   * From names such as {@code "value"} (required), {@code "value?"} (optional), {@code "*"} (any
   * more by position) and {@code "**"} (any more by name), in this order.
   */
  public static Params of(String... specs) {
    List<String> names = new ArrayList<>(specs.length);
    int required = 0;
    boolean rest = false;
    boolean keywords = false;
    for (String spec : specs) {
      if (spec.equals("*")) {
        rest = true;
      } else if (spec.equals("**")) {
        keywords = true;
      } else if (spec.endsWith("?")) {
        names.add(spec.substring(0, spec.length() - 1));
      } else {
        names.add(spec);
        required++;
      }
    }
    return new Params(List.copyOf(names), required, rest, keywords);
  }

  /** What was given, sorted by parameter; null where nothing was. */
  record Bound(int required, List<Value> values, List<Value> rest, Map<String, Value> keywords) {}

  Bound bind(String what, List<Value> positional, Map<String, Value> named) {
    Value[] values = new Value[names.size()];
    int byPosition = Math.min(positional.size(), values.length);
    for (int i = 0; i < byPosition; i++) {
      values[i] = positional.get(i);
    }
    Map<String, Value> more = Map.of();
    for (Map.Entry<String, Value> entry : named.entrySet()) {
      int index = names.indexOf(entry.getKey());
      if (index >= byPosition) {
        values[index] = entry.getValue();
      } else if (index < 0 && keywords) {
        more = more.isEmpty() ? new LinkedHashMap<>() : more;
        more.put(entry.getKey(), entry.getValue());
      }
    }
    problem(what, positional.size(), named.keySet())
        .ifPresent(
            p -> {
              throw new ValueException(p, usage(what));
            });
    List<Value> rest =
        positional.size() > values.length
            ? positional.subList(values.length, positional.size())
            : List.of();
    return new Bound(required, Arrays.asList(values), rest, more);
  }

  /** What is wrong with a call that gives so many arguments by position and these by name. */
  Optional<String> problem(String what, int positional, Collection<String> named) {
    if (positional > names.size() && !rest) {
      return Optional.of(
          what
              + (names.isEmpty() ? " takes no arguments" : " takes at most " + names.size())
              + ", but "
              + positional
              + " are given");
    }
    for (String name : named) {
      int index = names.indexOf(name);
      if (index < 0 && !keywords) {
        return Optional.of(what + " has no argument '" + name + "'");
      } else if (index >= 0 && index < positional) {
        return Optional.of(what + " got more than one value for argument '" + name + "'");
      }
    }
    for (int i = positional; i < required; i++) {
      if (!named.contains(names.get(i))) {
        return Optional.of(what + " needs the argument '" + names.get(i) + "'");
      }
    }
    return Optional.empty();
  }

  private String usage(String what) {
    return names.isEmpty() && !rest ? null : what + " takes (" + this + ")";
  }

  /** As in a signature: {@code value, boolean=…}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      parts.add(i < required ? names.get(i) : "[" + names.get(i) + "]");
    }
    if (rest) {
      parts.add("...");
    }
    if (keywords) {
      parts.add("name=value...");
    }
    return String.join(", ", parts);
  }
}
