package dev.molt.dsl.hook;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of variables that a script may define, by its text. Those that it sets stand in it as
 * words, unless it makes them up.
 */
public final class SetNames {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** A name for {@code set} that is no text, or one with something put into it. */
  private static final Pattern COMPUTED =
      Pattern.compile("\\bset\\s*+\\(?+\\s*+(?!['\"]\\w+['\"])");

  /** Variables for {@code addHost} that do not stand beside it. */
  private static final Pattern ADDED = Pattern.compile("\\baddHost\\b(?![^\\n]*\\w\\s*:)|\\*:");

  private SetNames() {}

  /**
   * All words of the script.
   *
   * @return nothing where the script may define any name
   */
  public static Optional<Set<String>> of(ScriptSource script) {
    String text = script.text();
    if (COMPUTED.matcher(text).find() || (text.contains("addHost") && ADDED.matcher(text).find())) {
      return Optional.empty();
    }
    Set<String> words = new HashSet<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      words.add(word.group());
    }
    return Optional.of(words);
  }
}
