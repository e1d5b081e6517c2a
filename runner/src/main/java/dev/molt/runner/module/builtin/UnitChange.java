package dev.molt.runner.module.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The answer to {@link UnitScripts#change}.
 *
 * @param begin the host's clock before the change, whole seconds since the epoch
 * @param failed the systemctl command that failed, or empty text
 * @param failedStatus its exit status; 124 if it ran out of time
 * @param said what it said
 * @param first the unit once it had settled
 * @param last the unit once it should have proved stable
 * @param clockOffset what to add to a monotonic time in seconds for seconds since the epoch
 */
record UnitChange(
    String begin,
    String failed,
    int failedStatus,
    String said,
    UnitState first,
    UnitState last,
    OptionalDouble clockOffset) {
  static final int TIMED_OUT = 124;

  static UnitChange parse(String answer) {
    String begin = "0";
    String failed = "";
    int status = 0;
    List<String> said = new ArrayList<>();
    List<String> first = new ArrayList<>();
    List<String> last = new ArrayList<>();
    List<String> clock = new ArrayList<>();
    List<String> section = new ArrayList<>();
    for (String line : answer.lines().toList()) {
      if (!line.startsWith(UnitScripts.MARK)) {
        section.add(line);
        continue;
      }
      String[] words = line.substring(UnitScripts.MARK.length()).split(" ", 3);
      switch (words[0]) {
        case "begin" -> begin = words[1];
        case "failed" -> {
          status = Integer.parseInt(words[1]);
          failed = words[2];
          section = said;
        }
        case "first" -> section = first;
        case "last" -> section = last;
        default -> section = clock;
      }
    }
    return new UnitChange(
        begin,
        failed,
        status,
        String.join("\n", said).strip(),
        UnitState.parse(first),
        UnitState.parse(last),
        offset(clock));
  }

  private static OptionalDouble offset(List<String> clock) {
    if (clock.size() != 2) {
      return OptionalDouble.empty();
    }
    try {
      // A date without nanoseconds prints the format's letter after the dot.
      double now = Double.parseDouble(clock.get(0).replaceFirst("[^0-9.].*", ""));
      return OptionalDouble.of(now - Double.parseDouble(clock.get(1).split(" ", 2)[0]));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
