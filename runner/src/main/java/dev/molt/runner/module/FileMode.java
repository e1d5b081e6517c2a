package dev.molt.runner.module;

/**
 * Permissions as chmod(1) takes them: an octal number, or symbolic clauses ({@code u+rwX,g-w}).
 *
 * @param text as written
 */
public record FileMode(String text) {
  private static final int SET_BITS = 07000;

  /** The mode that the source has; only some modules have one. */
  public static final FileMode PRESERVE = new FileMode("preserve");

  /**
   * Checks and wraps.
   *
   * @throws IllegalArgumentException with what is wrong, if chmod would not take it
   */
  public static FileMode parse(String text) {
    if (text.equals(PRESERVE.text)) {
      return PRESERVE;
    }
    if (!text.matches("[0-7]{3,5}")
        && !text.matches(
            "([ugoa]*([-+=]([rwxXst]*|[ugo]))+)(,[ugoa]*([-+=]([rwxXst]*|[ugo]))+)*")) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a file mode: write an octal number in quotes such as '0755', or"
              + " clauses such as 'u=rwx,go=rx'");
    }
    return new FileMode(text);
  }

  /**
   * The permission bits that come of it.
   *
   * @param current the bits as they are now, 0 to 07777
   * @param directory whether it is applied to a directory, for {@code X}
   */
  public int apply(int current, boolean directory) {
    if (Character.isDigit(text.charAt(0))) {
      return Integer.parseInt(text, 8) & 07777;
    }
    if (equals(PRESERVE)) {
      return current;
    }
    int bits = current;
    for (String clause : text.split(",", -1)) {
      bits = applyClause(clause, bits, directory);
    }
    return bits;
  }

  private static int applyClause(String clause, int current, boolean directory) {
    int i = 0;
    int who = 0;
    while ("ugoa".indexOf(clause.charAt(i)) >= 0) {
      who |= whoMask(clause.charAt(i++));
    }
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
      int wanted = permissions(clause.substring(start, i), bits, who, directory);
      if (operator == '+') {
        bits |= wanted;
      } else if (operator == '-') {
        bits &= ~wanted;
      } else {
        // As GNU chmod: a directory keeps its set-ID bits unless they are named.
        int clear = directory ? who & ~SET_BITS : who;
        bits = (bits & ~clear) | wanted;
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

  private static int permissions(String letters, int current, int who, boolean directory) {
    int bits = 0;
    for (int i = 0; i < letters.length(); i++) {
      char c = letters.charAt(i);
      bits |=
          switch (c) {
            case 'r' -> 0444 & who;
            case 'w' -> 0222 & who;
            case 'x' -> 0111 & who;
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

  /** The bits as four octal digits, the form in which Ansible's results show them. */
  public static String octal(int bits) {
    return String.format(java.util.Locale.ROOT, "%04o", bits);
  }
}
