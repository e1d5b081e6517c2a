package dev.molt.runner.cli.ansible;

/** What a line is about, and the colour that Ansible gives it by default. */
enum Colour {
  NONE(""),
  OK("0;32"),
  CHANGED("0;33"),
  SKIP("0;36"),
  ERROR("0;31"),
  UNREACHABLE("1;31"),
  INCLUDED("0;36"),
  DEBUG("1;30"),
  VERBOSE("0;34"),
  WARN("1;35"),
  DEPRECATE("0;35"),
  DIFF_ADD("0;32"),
  DIFF_REMOVE("0;31"),
  DIFF_LINES("0;36");

  private final String code;

  Colour(String code) {
    this.code = code;
  }

  /** Every line by itself, so that none bleeds into the next. */
  String paint(String text) {
    if (code.isEmpty()) {
      return text;
    }
    StringBuilder painted = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      painted.append(painted.isEmpty() ? "" : "\n");
      painted.append("\u001b[").append(code).append('m').append(line).append("\u001b[0m");
    }
    return painted.toString();
  }
}
