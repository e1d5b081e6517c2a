package dev.molt.dsl.template.lookup;

import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;

/** The lookup {@code password}: one from a file, which is made where it is missing. */
final class Passwords {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS = "0123456789";

  private Passwords() {}

  static Value find(String term, Path base) throws IOException {
    Map<String, String> options = new HashMap<>();
    String name = Terms.read(term, options);
    if (options.containsKey("encrypt")) {
      throw new ValueException(
          "the lookup password does not encrypt", "use the filter password_hash");
    }
    String length = options.getOrDefault("length", "20");
    if (!length.matches("[1-9][0-9]{0,3}")) {
      throw new ValueException("the length of a password is a number, not " + length);
    }
    String characters = characters(options.get("chars"));
    Path file = base.resolve(name);
    if (name.equals("/dev/null")) {
      return StrValue.secret(random(Integer.parseInt(length), characters));
    } else if (Files.exists(file)) {
      return StrValue.secret(Files.readString(file).stripTrailing());
    }
    String password = random(Integer.parseInt(length), characters);
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, password + "\n");
    return StrValue.secret(password);
  }

  /** Names of sets of characters, or characters, separated by commas. */
  private static String characters(String given) {
    if (given == null) {
      return LETTERS + DIGITS + ".,:-_";
    }
    StringBuilder all = new StringBuilder();
    for (String part : given.split(",")) {
      all.append(
          switch (part) {
            case "ascii_letters" -> LETTERS;
            case "ascii_lowercase" -> LETTERS.substring(26);
            case "ascii_uppercase" -> LETTERS.substring(0, 26);
            case "digits" -> DIGITS;
            case "hexdigits" -> DIGITS + "abcdefABCDEF";
            case "punctuation" -> "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
            default -> part;
          });
    }
    return all.isEmpty() ? LETTERS : all.toString();
  }

  private static String random(int length, String characters) {
    SecureRandom random = new SecureRandom();
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.append(characters.charAt(random.nextInt(characters.length())));
    }
    return out.toString();
  }
}
