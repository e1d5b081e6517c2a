package dev.molt.runner.cli.lint;

import dev.molt.dsl.source.Diagnostic;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Kinds of findings, so that programs can count, filter and explain them. What a finding is shows
 * in its message; the first rule whose words are in it counts.
 */
enum Rule {
  DUPLICATE_KEY("A key stands twice in a mapping", "is given twice"),
  UNKNOWN_MODULE("There is no module of this name", "is not a module|there is no module"),
  UNKNOWN_KEYWORD(
      "A keyword that cannot stand where it does",
      "is not a keyword|cannot stand (beside|on)|loop_control has no"),
  UNKNOWN_OPTION("A module has no such option", " has no option '"),
  MISSING_OPTION("An option that must be given is not", " needs the option |missing required"),
  WRONG_VALUE(
      "A value that an option or keyword cannot have",
      "value of the option|the option '|without quotes|is neither|is true or false|is a number"),
  UNKNOWN_FILTER("There is no filter of this name", "there is no filter"),
  UNKNOWN_TEST("There is no test of this name", "there is no test"),
  UNKNOWN_LOOKUP("There is no lookup of this name", "there is no lookup"),
  WRONG_ARGUMENTS(
      "A filter, test, lookup or function is given arguments that it does not take",
      "^(filter|test|lookup|function) '[^']*' (takes|needs|has no|got)"),
  UNDEFINED_VARIABLE(
      "Nothing defines this variable", "is not defined|is undefined|(nothing|nobody) defines"),
  MISSING_FILE("A file or role is not there", "there is no (file|role|template)|cannot read"),
  NOT_SUPPORTED("Ansible has this and Molt does not", "not supported"),
  STRUCTURE(
      "Something stands where something else is expected",
      "is a list of|is a mapping|expected a|takes (a|the) |names no|has one module|need a block"
          + "|does not say which hosts|is empty"),
  SYNTAX("The text cannot be read", "");

  private final String summary;
  private final Pattern words;

  Rule(String summary, String words) {
    this.summary = summary;
    this.words = Pattern.compile(words);
  }

  static Rule of(Diagnostic diagnostic) {
    for (Rule rule : values()) {
      if (rule.words.matcher(diagnostic.message()).find()) {
        return rule;
      }
    }
    return SYNTAX;
  }

  /** Such as {@code unknown-option}. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One line for people. */
  String summary() {
    return summary;
  }
}
