package dev.molt.runner.remote;

/** Quoting for POSIX sh (XCU 2.2.2). */
public final class ShellQuote {
  private ShellQuote() {}

  /** The text as one word, whatever it holds; left bare where no shell sees anything in it. */
  public static String quote(String text) {
    if (!text.isEmpty() && text.chars().allMatch(ShellQuote::plain)) {
      return text;
    }
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static boolean plain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_-./:,@%+".indexOf(c) >= 0;
  }
}
