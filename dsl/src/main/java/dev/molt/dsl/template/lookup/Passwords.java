package dev.molt.dsl.template.lookup;

import dev.molt.dsl.template.Context;
import dev.molt.dsl.template.ops.KeyValues;
import dev.molt.dsl.template.ops.PythonRandom;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lookup {@code password}: one from a file, which is made where it is missing. What the file
 * holds is the password as it is, and the salt where an encrypted one was asked for.
 */
final class Passwords {
  static final Set<String> OPTIONS = Set.of("length", "encrypt", "chars", "ident", "seed");

  private static final String SALT = " salt=";
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  private static final String BLANKS = " \t\n\r\u000b\f";

  /** One at a time: several hosts may ask for the same file. */
  private static final Object LOCK = new Object();

  private Passwords() {}

  static Value find(String term, Map<String, Value> options, SearchPath path, Context context)
      throws IOException {
    Options given = new Options(options);
    String name = name(term, given);
    String encrypt = given.text("encrypt", "");
    Path file = path.base().resolve(name);
    boolean kept = !name.equals("/dev/null");
    String password;
    String salt;
    synchronized (LOCK) {
      boolean known = kept && Files.exists(file);
      String content =
          known
              ? Files.readString(file).stripTrailing()
              : random(given.number("length", 20), given);
      int at = known ? content.lastIndexOf(SALT) : -1;
      password = at < 0 ? content : content.substring(0, at);
      salt = at < 0 ? null : content.substring(at + SALT.length()).replaceFirst(" ident=.*", "");
      boolean salted = !encrypt.isEmpty() && salt == null;
      if (salted) {
        salt = random(encrypt.startsWith("md5") ? 8 : 16, LETTERS + DIGITS + "./", null);
      }
      if (kept && (!known || salted)) {
        write(file, password + (salt == null ? "" : SALT + salt));
      }
    }
    if (encrypt.isEmpty()) {
      return StrValue.secret(password);
    }
    List<Value> arguments = List.of(new StrValue(encrypt), new StrValue(salt));
    return context.filter("password_hash", StrValue.secret(password), arguments, Map.of());
  }

  private static String name(String term, Options given) {
    int blank = term.indexOf(' ');
    if (blank < 0) {
      return term;
    }
    KeyValues words = KeyValues.read(term.substring(blank + 1));
    String name = term.substring(0, blank) + (words.rest().isEmpty() ? "" : " " + words.rest());
    if (!term.startsWith(name)) {
      throw new ValueException(
          "Unrecognized value after key=value parameters given to password lookup");
    }
    words
        .pairs()
        .forEach(
            (option, value) -> {
              if (!OPTIONS.contains(option)) {
                throw new ValueException(
                    "Unrecognized parameter(s) given to password lookup: " + option);
              }
              given.put(option, value);
            });
    return name;
  }

  private static String random(int length, Options given) {
    if (length < 1 || length > 100_000) {
      throw new ValueException("the length of a password cannot be " + length);
    }
    return random(
        length, characters(given.get("chars")), given.has("seed") ? given.get("seed") : null);
  }

  /** With a seed, the password that Ansible would make of it. */
  private static String random(int length, String characters, Value seed) {
    SecureRandom random = new SecureRandom();
    PythonRandom seeded = seed == null ? null : new PythonRandom(new StrValue(Python.str(seed)));
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int chosen =
          seeded == null
              ? random.nextInt(characters.length())
              : (int) seeded.below(characters.length());
      out.append(characters.charAt(chosen));
    }
    return out.toString();
  }

  /** Names of sets of characters, or characters; a text has commas between them. */
  private static String characters(Value given) {
    List<String> parts = new ArrayList<>();
    if (given instanceof ListValue list) {
      list.items().forEach(item -> parts.add(Python.str(item)));
    } else if (given != null && !Python.str(given).isEmpty()) {
      String text = Python.str(given);
      parts.addAll(text.contains(",,") ? List.of(",") : List.of());
      parts.addAll(List.of(text.replace(",,", ",").split(",")));
    } else {
      parts.addAll(List.of("ascii_letters", "digits", ".,:-_"));
    }
    StringBuilder all = new StringBuilder();
    parts.forEach(part -> all.append(set(part)));
    String characters = all.toString().replaceAll("[\"']", "");
    if (characters.isEmpty()) {
      throw new ValueException("the option 'chars' names no characters");
    }
    return characters;
  }

  private static String set(String name) {
    return switch (name) {
      case "ascii_letters" -> LETTERS;
      case "ascii_lowercase" -> LETTERS.substring(0, 26);
      case "ascii_uppercase" -> LETTERS.substring(26);
      case "digits" -> DIGITS;
      case "hexdigits" -> DIGITS + "abcdefABCDEF";
      case "octdigits" -> DIGITS.substring(0, 8);
      case "punctuation" -> PUNCTUATION;
      case "whitespace" -> BLANKS;
      case "printable" -> DIGITS + LETTERS + PUNCTUATION + BLANKS;
      default -> name;
    };
  }

  private static void write(Path file, String content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path made =
        Files.createTempFile(
            directory,
            ".password",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(made, (content + "\n").getBytes(StandardCharsets.UTF_8));
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
