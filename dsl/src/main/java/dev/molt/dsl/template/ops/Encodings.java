package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.ValueException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Encodings by the names that Python knows them by. */
public final class Encodings {
  private Encodings() {}

  /**
   * The encoding of this name.
   *
   * @param name null for UTF-8
   */
  public static Charset of(String name) {
    if (name == null) {
      return StandardCharsets.UTF_8;
    }
    String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
    String java =
        switch (plain) {
          case "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be" ->
              plain.substring(0, 6) + plain.substring(7);
          case "latin-1", "latin1", "l1", "iso8859-1" -> "iso-8859-1";
          case "ascii" -> "us-ascii";
          default -> plain.matches("cp125[0-8]") ? "windows-" + plain.substring(2) : plain;
        };
    try {
      return Charset.forName(java);
    } catch (IllegalArgumentException e) {
      throw new ValueException("unknown encoding: " + name);
    }
  }
}
