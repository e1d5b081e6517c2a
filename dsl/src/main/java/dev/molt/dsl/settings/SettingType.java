package dev.molt.dsl.settings;

import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.value.Truth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the text of a setting is read. Thread-safe.
 *
 * @param <T> what it gives
 */
public final class SettingType<T> {
  /** Reads a text, or throws an {@link IllegalArgumentException} that says what is expected. */
  @FunctionalInterface
  interface Reader<T> {
    T read(String text, Places places);
  }

  static final SettingType<Boolean> BOOL = new SettingType<>("bool", (t, p) -> bool(t));
  static final SettingType<Optional<Boolean>> MAYBE_BOOL =
      new SettingType<>(
          "bool", (t, p) -> t.isEmpty() ? Optional.<Boolean>empty() : Optional.of(bool(t)));
  static final SettingType<Integer> INTEGER = new SettingType<>("int", (t, p) -> integer(t));
  static final SettingType<Optional<Integer>> MAYBE_INTEGER =
      new SettingType<>(
          "int", (t, p) -> t.isEmpty() ? Optional.<Integer>empty() : Optional.of(integer(t)));
  static final SettingType<Integer> POSITIVE = new SettingType<>("int", (t, p) -> positive(t));
  static final SettingType<String> TEXT = new SettingType<>("str", (t, p) -> unquote(t));
  static final SettingType<Optional<String>> MAYBE_TEXT =
      new SettingType<>(
          "str", (t, p) -> t.isEmpty() ? Optional.<String>empty() : Optional.of(unquote(t)));
  static final SettingType<List<String>> LIST = new SettingType<>("list", (t, p) -> list(t));
  static final SettingType<Optional<Path>> PATH =
      new SettingType<>(
          "path", (t, p) -> t.isEmpty() ? Optional.<Path>empty() : Optional.of(p.path(t)));

  /** Paths with colons between them, such as {@code $PATH} has. */
  static final SettingType<List<Path>> SEARCH_PATH =
      new SettingType<>("pathspec", (t, p) -> paths(t, ":", p));

  /** Paths with commas between them. */
  static final SettingType<List<Path>> PATHS =
      new SettingType<>("pathlist", (t, p) -> paths(t, ",", p));

  /** Inventories with commas between them: paths, or names of hosts where none of them exists. */
  static final SettingType<List<String>> SOURCES =
      new SettingType<>("pathlist", (t, p) -> sources(t, p));

  private final String name;
  private final Reader<T> reader;

  private SettingType(String name, Reader<T> reader) {
    this.name = name;
    this.reader = reader;
  }

  /** One of these words, in lower case. */
  static SettingType<String> oneOf(String... words) {
    List<String> valid = List.of(words);
    return new SettingType<>(
        "one of " + String.join(", ", valid),
        (t, p) -> {
          String word = unquote(t).toLowerCase(Locale.ROOT);
          if (!valid.contains(word)) {
            throw new IllegalArgumentException(
                "one of "
                    + String.join(", ", valid)
                    + Suggestions.hint(word, valid).map(h -> " (" + h + ")").orElse(""));
          }
          return word;
        });
  }

  /** For documentation: {@code bool}, {@code int}, {@code str}, {@code list}, {@code path}... */
  public String name() {
    return name;
  }

  T read(String text, Places places) {
    return reader.read(text, places);
  }

  private static boolean bool(String text) {
    String word = unquote(text);
    boolean nothing = word.isEmpty() || word.equalsIgnoreCase("none");
    return !nothing
        && Truth.ofWord(word).orElseThrow(() -> new IllegalArgumentException("true or false"));
  }

  private static int integer(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a whole number", e);
    }
  }

  private static int positive(String text) {
    int number;
    try {
      number = integer(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a number from 1 on", e);
    }
    if (number < 1) {
      throw new IllegalArgumentException("a number from 1 on");
    }
    return number;
  }

  private static List<String> list(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String word = unquote(part.strip());
      if (!word.isEmpty()) {
        parts.add(word);
      }
    }
    return List.copyOf(parts);
  }

  private static List<Path> paths(String text, String between, Places places) {
    List<Path> paths = new ArrayList<>();
    for (String part : text.split(between, -1)) {
      if (!part.isBlank()) {
        paths.add(places.path(part.strip()));
      }
    }
    return List.copyOf(paths);
  }

  private static List<String> sources(String text, Places places) {
    List<Path> paths = paths(text, ",", places);
    if (text.contains(",") && paths.stream().noneMatch(Files::exists)) {
      return List.of(text);
    }
    return paths.stream().map(Path::toString).toList();
  }

  private static String unquote(String text) {
    int end = text.length() - 1;
    boolean quoted =
        end > 0
            && text.charAt(0) == text.charAt(end)
            && (text.charAt(0) == '"' || text.charAt(0) == '\'');
    return quoted ? text.substring(1, end) : text;
  }
}
