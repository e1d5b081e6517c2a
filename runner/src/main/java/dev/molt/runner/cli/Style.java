package dev.molt.runner.cli;

/** Colours, where the terminal has them and NO_COLOR is not set. */
record Style(boolean colours, boolean live) {
  /**
   * What the launcher found standard output to be: Java itself cannot tell in a way that is the
   * same from 17 to 25.
   */
  static Style detect() {
    String term = System.getenv().getOrDefault("TERM", "dumb");
    boolean terminal = Boolean.getBoolean("molt.terminal") && !term.equals("dumb");
    return new Style(terminal && System.getenv("NO_COLOR") == null, terminal);
  }

  String bold(String text) {
    return wrap("1", text);
  }

  String green(String text) {
    return wrap("32", text);
  }

  String yellow(String text) {
    return wrap("33", text);
  }

  String red(String text) {
    return wrap("31", text);
  }

  String cyan(String text) {
    return wrap("36", text);
  }

  String dim(String text) {
    return wrap("2", text);
  }

  private String wrap(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
