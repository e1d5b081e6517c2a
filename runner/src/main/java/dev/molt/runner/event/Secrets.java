package dev.molt.runner.event;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The secrets that were met in a run, and the masking of every text that holds one of them, also in
 * base64. Thread-safe.
 */
public final class Secrets {
  public static final String MASK = "********";

  /** Shorter ones would mask half of every text, and are no secrets worth the name. */
  private static final int MIN_LENGTH = 4;

  /** Longest first, so that a secret within another does not leave its rest to be seen. */
  private volatile List<String> longestFirst = List.of();

  /** Masks this text from now on; texts of fewer than 4 characters are left alone. */
  public void add(String secret) {
    String text = secret.strip();
    if (text.length() >= MIN_LENGTH && !longestFirst.contains(text)) {
      remember(text);
    }
  }

  private synchronized void remember(String text) {
    Set<String> all = new HashSet<>(longestFirst);
    all.add(text);
    all.add(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    longestFirst = all.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** The text with every secret in it masked. */
  public String mask(String text) {
    String masked = text;
    for (String secret : longestFirst) {
      masked = masked.replace(secret, MASK);
    }
    return masked;
  }

  /** The value with every secret in it masked; the same object where it holds none. */
  public Value mask(Value value) {
    if (value instanceof StrValue text) {
      if (text.secret()) {
        add(text.text());
        return new StrValue(MASK);
      }
      String masked = mask(text.text());
      return masked.equals(text.text()) ? value : new StrValue(masked);
    } else if (value instanceof ListValue list) {
      return ListValue.of(list.items().stream().map(this::mask).toList());
    } else if (value instanceof MapValue map) {
      return mask(map);
    }
    return value;
  }

  public MapValue mask(MapValue map) {
    MapValue masked = MapValue.empty();
    map.entries().forEach((k, v) -> masked.entries().put(mask(k), mask(v)));
    return masked;
  }
}
