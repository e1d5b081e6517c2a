package dev.molt.runner.module.builtin.apt;

import dev.molt.runner.module.ModuleException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A package that a task names.
 *
 * @param name a name, with {@code :ARCHITECTURE} where it says so, or a pattern for names
 * @param atLeast whether newer versions will do
 * @param version as written: exact, or a pattern unless newer ones will do
 */
record PackageSpec(String text, String name, boolean atLeast, Optional<String> version) {
  /** None of these can be in a name. */
  private static final Pattern WILD = Pattern.compile("[*?\\[\\]!]");

  /**
   * Reads {@code NAME}, {@code NAME=VERSION} or {@code NAME>=VERSION}.
   *
   * @throws ModuleException if it is none of these
   */
  static PackageSpec parse(String text) throws ModuleException {
    int equals = text.indexOf('=');
    if (text.indexOf('=', equals + 1) > 0 && equals >= 0) {
      throw new ModuleException("invalid package spec: " + text);
    }
    boolean atLeast = equals > 0 && text.charAt(equals - 1) == '>';
    String name = equals < 0 ? text : text.substring(0, atLeast ? equals - 1 : equals);
    String bare = WILD.matcher(name).replaceAll("");
    if (name.isBlank() || name.startsWith("-") || !bare.matches("[A-Za-z0-9.+:_-]*")) {
      throw new ModuleException("invalid package spec: " + text);
    }
    return new PackageSpec(
        text,
        name,
        atLeast,
        equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1).strip()));
  }

  boolean isPattern() {
    return WILD.matcher(name).find();
  }

  /** A regular expression, basic to grep and to Java alike, for the names that a pattern means. */
  String namesRegex() {
    return "^" + regex(name) + "$";
  }

  /** Whether a version will do. */
  boolean accepts(String candidate) {
    return version
        .map(
            v ->
                atLeast
                    ? DebianVersion.compare(candidate, v) >= 0
                    : Pattern.matches(regex(v), candidate))
        .orElse(true);
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        case '[', ']', '-' -> regex.append(c);
        case '!' ->
            regex.append(regex.length() > 0 && regex.charAt(regex.length() - 1) == '[' ? '^' : '!');
        case '.', '+', '$', '^', '(', ')', '{', '}', '|', '\\' -> regex.append('\\').append(c);
        default -> regex.append(c);
      }
    }
    return regex.toString();
  }
}
