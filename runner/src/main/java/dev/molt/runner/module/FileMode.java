package dev.molt.runner.module;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Permissions as a file module takes them: an octal number, or symbolic clauses ({@code
 * u+rwX,g-w}).
 *
 * @param text as written
 */
public record FileMode(String text) {
  private static final Pattern OCTAL = Pattern.compile("(0[oO])?0*[0-7]{1,4}");
  private static final Pattern CLAUSE =
      Pattern.compile("[ugoa]*([-+=][rwxXstugo]*)+(,[ugoa]*([-+=][rwxXstugo]*)+)*");

  /** What most systems have where nobody says otherwise. */
  private static final int USUAL_UMASK = 022;

  /** The mode that the source has; only some modules have one. */
  public static final FileMode PRESERVE = new FileMode("preserve");

  /**
   * Checks and wraps.
   *
   * @throws IllegalArgumentException with what is wrong, if it is neither of the two
   */
  public static FileMode parse(String text) {
    if (text.equals(PRESERVE.text)) {
      return PRESERVE;
    }
    if (!OCTAL.matcher(text).matches() && !CLAUSE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a file mode: write an octal number in quotes such as '0755', or"
              + " clauses such as 'u=rwx,go=rx'");
    }
    return new FileMode(text);
  }

  /** The mode of exactly these bits, 0 to 07777. */
  public static FileMode of(int bits) {
    return new FileMode(octal(bits));
  }

  /**
   * The permission bits that come of it where new files lack write permission for others.
   *
   * @param current the bits as they are now, 0 to 07777
   * @param directory whether it is applied to a directory, for {@code X}
   */
  public int apply(int current, boolean directory) {
    return apply(current, directory, USUAL_UMASK);
  }

  /**
   * The permission bits that come of it.
   *
   * @param current the bits as they are now, 0 to 07777
   * @param directory whether it is applied to a directory, for {@code X}
   * @param umask what a clause that names nobody ({@code +x}) does not touch
   */
  public int apply(int current, boolean directory, int umask) {
    if (equals(PRESERVE)) {
      return current;
    }
    if (Character.isDigit(text.charAt(0))) {
      return Integer.parseInt(text.toLowerCase(Locale.ROOT).replace("o", ""), 8) & 07777;
    }
    int bits = current;
    for (String clause : text.split(",", -1)) {
      bits = applyClause(clause, bits, directory, umask);
    }
    return bits;
  }

  private static int applyClause(String clause, int current, boolean directory, int umask) {
    int i = 0;
    int who = 0;
    while ("ugoa".indexOf(clause.charAt(i)) >= 0) {
      who |= whoMask(clause.charAt(i++));
    }
    int spared = who == 0 ? umask & 0777 : 0;
    if (who == 0) {
      who = whoMask('a');
    }
    int bits = current;
    while (i < clause.length()) {
      char operator = clause.charAt(i++);
      int start = i;
      while (i < clause.length() && "+-=".indexOf(clause.charAt(i)) < 0) {
        i++;
      }
      int wanted = permissions(clause.substring(start, i), bits, who, directory, spared);
      if (operator == '+') {
        bits |= wanted;
      } else if (operator == '-') {
        bits &= ~wanted;
      } else {
        // As Ansible, and unlike chmod: a directory loses its set-ID bits, too.
        bits = (bits & ~who) | wanted;
      }
    }
    return bits;
  }

  private static int whoMask(char who) {
    return switch (who) {
      case 'u' -> 04700;
      case 'g' -> 02070;
      case 'o' -> 01007;
      default -> 07777;
    };
  }

  private static int permissions(
      String letters, int current, int who, boolean directory, int spared) {
    int bits = 0;
    for (int i = 0; i < letters.length(); i++) {
      char c = letters.charAt(i);
      bits |=
          switch (c) {
            case 'r' -> 0444 & who & ~spared;
            case 'w' -> 0222 & who & ~spared;
            case 'x' -> 0111 & who & ~spared;
            case 'X' -> directory || (current & 0111) != 0 ? 0111 & who : 0;
            case 's' -> 06000 & who;
            case 't' -> 01000 & who;
            case 'u' -> spread((current >> 6) & 7) & who;
            case 'g' -> spread((current >> 3) & 7) & who;
            case 'o' -> spread(current & 7) & who;
            default -> throw new IllegalArgumentException("unknown permission " + c);
          };
    }
    return bits;
  }

  private static int spread(int three) {
    return three << 6 | three << 3 | three;
  }

  /** The bits in octal after a 0, the form in which Ansible's results show them. */
  public static String octal(int bits) {
    return String.format(Locale.ROOT, "0%03o", bits);
  }
}
