package dev.molt.dsl.template.lookup;

import java.util.Map;

/** Terms with options of their own: {@code key file=x section=y}. */
final class Terms {
  private Terms() {}

  /** Puts the options into a map and returns what stands before them. */
  static String read(String term, Map<String, String> into) {
    StringBuilder key = new StringBuilder();
    for (String part : term.strip().split("\\s+")) {
      int equals = part.indexOf('=');
      if (equals > 0 && part.substring(0, equals).matches("[a-z_]+") && key.length() > 0) {
        into.put(part.substring(0, equals), part.substring(equals + 1));
      } else {
        key.append(key.length() > 0 ? " " : "").append(part);
      }
    }
    return key.toString();
  }
}
