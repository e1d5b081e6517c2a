package dev.molt.runner.module.builtin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A version of the server in its parts: 13.4 is 13, 4; 9.6.24 is 9, 6, 24. */
record PgVersion(List<Integer> parts) {
  /** From {@code server_version_num}: 130004, 90624. */
  static PgVersion ofNumber(int number) {
    return number >= 100000
        ? new PgVersion(List.of(number / 10000, number % 10000))
        : new PgVersion(List.of(number / 10000, number / 100 % 100, number % 100));
  }

  /**
   * From what a playbook says.
   *
   * @throws IllegalArgumentException if it is no version
   */
  static PgVersion parse(String text) {
    if (!text.matches("[0-9]{1,4}(\\.[0-9]{1,4}){0,2}")) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a PostgreSQL version such as '13' or '13.4'");
    }
    return new PgVersion(Arrays.stream(text.split("\\.")).map(Integer::valueOf).toList());
  }

  /**
   * Compares as many parts as the limit names, so that 13.4 is neither below nor above 13.
   *
   * @return negative, zero or positive as this is below, at or above the limit
   */
  int against(PgVersion limit) {
    List<Integer> own = new ArrayList<>(parts);
    while (own.size() < limit.parts.size()) {
      own.add(0);
    }
    for (int i = 0; i < limit.parts.size(); i++) {
      int order = own.get(i).compareTo(limit.parts.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
