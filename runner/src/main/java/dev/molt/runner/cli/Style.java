package dev.molt.runner.cli;

/** Colours, where the terminal has them and NO_COLOR is not set. */
public record Style(boolean colours, boolean live) {
  /**
   * What the launcher found standard output to be: Java itself cannot tell in a way that is the
   * same from 17 to 25.
   */
  public static Style detect() {
    String term = System.getenv().getOrDefault("TERM", "dumb");
    boolean terminal = Boolean.getBoolean("molt.terminal") && !term.equals("dumb");
    return new Style(terminal && System.getenv("NO_COLOR") == null, terminal);
  }

  public String bold(String text) {
    return wrap("1", text);
  }

  public String green(String text) {
    return wrap("32", text);
  }

  public String yellow(String text) {
    return wrap("33", text);
  }

  public String red(String text) {
    return wrap("31", text);
  }

  public String cyan(String text) {
    return wrap("36", text);
  }

  public String dim(String text) {
    return wrap("2", text);
  }

  private String wrap(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
