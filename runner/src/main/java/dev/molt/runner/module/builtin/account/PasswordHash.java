package dev.molt.runner.module.builtin.account;

import java.util.Map;
import java.util.regex.Pattern;

/** Tells what crypt(3) makes from what somebody may have meant to hash. */
final class PasswordHash {
  /** What disables an account, in place of a hash. */
  private static final Pattern NONE = Pattern.compile("[*!]|\\*{13}");

  private static final Pattern CHARACTERS = Pattern.compile("[a-zA-Z0-9./=]*");

  /** How long the hashes of a method are, by its sign. */
  private static final Map<String, Integer> LENGTHS = Map.of("1", 22, "5", 43, "6", 86, "y", 43);

  private PasswordHash() {}

  /** Whether a text could be a hash, or says that there is no password. */
  static boolean plausible(String text) {
    if (text.isEmpty() || NONE.matcher(text).matches()) {
      return true;
    }
    String[] fields = text.split("\\$", -1);
    if (fields.length < 3 || text.matches(".*[:*!].*")) {
      return false;
    }
    String hash = fields[fields.length - 1];
    Integer length = LENGTHS.get(fields[1]);
    return CHARACTERS.matcher(hash).matches() && (length == null || length == hash.length());
  }
}
