package dev.molt.runner.module.builtin.account;

import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Content;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a host's databases of users and groups say: lines, each behind a tag and a colon.
 *
 * @param lines by tag, in order
 * @param said what the programs printed that made a change, such as warnings
 */
record Databases(Map<String, List<String>> lines, String said) {
  /** What can be asked for longest: a directory service on the network may take its time. */
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  /**
   * Entries are found by name, and those of groups by number too; {@code member} lists groups.
   * {@code entry} leaves what it has found in {@code x}.
   */
  private static final String FUNCTIONS =
      """
      PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
      LC_ALL=C; export LC_ALL
      in_file() {
        awk -F: -v n="$2" '$1 == n || ($3 == n && FILENAME ~ /group$/)' "/etc/$1"
      }
      entry() {
        if [ "$4" != local ] && command -v getent >/dev/null 2>&1; then
          x=$(getent "$1" "$2")
        else
          x=$(in_file "$1" "$2")
        fi
        [ -z "$x" ] || printf '%s:%s\\n' "$3" "$x"
      }
      member() {
        { getent group || cat /etc/group; } 2>/dev/null | awk -F: -v n="$1" '
          { c = split($4, m, ","); for (i = 1; i <= c; i++) if (m[i] == n) print "member:" $1 }'
      }
      """;

  /**
   * Asks for an entry.
   *
   * @param local whether only the host's own files are asked
   */
  static String entry(String database, String key, String tag, boolean local) {
    return "entry "
        + database
        + " "
        + ShellQuote.quote(key)
        + " "
        + ShellQuote.quote(tag)
        + (local ? " local\n" : "\n");
  }

  /**
   * Asks without changing anything.
   *
   * @throws ModuleException if the host gave no answer
   */
  static Databases ask(String questions, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    ScriptResult answer =
        target.read(Script.of(FUNCTIONS + questions + "exit 0\n").withDeadline(DEADLINE));
    if (!answer.ok()) {
      throw new ModuleException(
          "the host's users and groups could not be read: "
              + (answer.timedOut() ? "no answer in 300 s" : answer.err().strip()));
    }
    return parse(answer);
  }

  /**
   * Runs commands, and asks in the same round trip what has become of it.
   *
   * @param commands shell text that ends in a status; the first that is not 0 stops
   * @param input what they read, such as a password
   * @throws ModuleException in the words of the program that failed
   */
  static Databases change(
      List<String> commands, Optional<String> input, String questions, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    StringBuilder script = new StringBuilder(FUNCTIONS);
    for (String command : commands) {
      script.append("{ ").append(command).append("\n} >&2 || exit\n");
    }
    Script text = Script.of(script + questions + "exit 0\n").withDeadline(DEADLINE);
    ScriptResult answer = target.write(input.map(i -> text.withStdin(Content.of(i))).orElse(text));
    if (answer.timedOut()) {
      throw new ModuleException("no answer in 300 s; what has been done is not known");
    } else if (!answer.ok()) {
      String words = answer.err().strip();
      throw new ModuleException(
          words.isEmpty() ? "ended with status " + answer.exitStatus() : words,
          MapValue.empty().put("rc", IntValue.of(answer.exitStatus())));
    }
    return parse(answer);
  }

  private static Databases parse(ScriptResult answer) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (String line : answer.out().split("\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        lines
            .computeIfAbsent(line.substring(0, colon), t -> new ArrayList<>())
            .add(line.substring(colon + 1));
      }
    }
    return new Databases(lines, answer.err());
  }

  /** The lines behind a tag. */
  List<String> all(String tag) {
    return lines.getOrDefault(tag, List.of());
  }

  /** The first line behind a tag. */
  Optional<String> first(String tag) {
    return all(tag).stream().findFirst();
  }

  /** The fields of the first line behind a tag, if it has at least so many. */
  Optional<String[]> fields(String tag, int least) {
    return first(tag).map(line -> line.split(":", -1)).filter(fields -> fields.length >= least);
  }

  /** Adds to a result what the programs printed. */
  MapValue tell(MapValue result) {
    return said.isBlank() ? result : result.put("stderr", Value.of(said));
  }
}
