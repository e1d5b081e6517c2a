package dev.molt.runner.cli.doc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that can be written in a playbook. Immutable.
 *
 * @param names the usual one first
 * @param summary one line
 * @param signature what it takes in parentheses, of filters, tests and functions
 * @param options of modules and lookups
 * @param freeForm the option that a bare text stands for
 * @param type of a keyword or setting
 * @param places of a keyword: of P, R, B and T; of a setting, where it is set
 */
record DocEntry(
    Kind kind,
    List<String> names,
    String summary,
    Optional<String> signature,
    List<DocOption> options,
    Optional<String> freeForm,
    Optional<DocType> type,
    List<String> places) {

  /** What there is. */
  enum Kind {
    MODULE,
    FILTER,
    TEST,
    FUNCTION,
    LOOKUP,
    KEYWORD,
    SETTING;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  String name() {
    return names.get(0);
  }
}
