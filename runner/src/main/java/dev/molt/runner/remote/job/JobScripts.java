package dev.molt.runner.remote.job;

import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ShellQuote;
import java.time.Duration;
import java.util.Locale;

/**
 * What runs on the host for jobs. Of a job that runs there is beside its file a directory with its
 * script, its input and output so far, and the number of the process that watches it.
 */
final class JobScripts {
  /** What is kept of each stream at most, whatever the script says. */
  private static final long MAX_OUTPUT = 16L << 20;

  private static final String DIRECTORY =
      """
      case ${ANSIBLE_ASYNC_DIR-} in
        '') D=~/.ansible_async ;;
        '~/'*) D=~/${ANSIBLE_ASYNC_DIR#??} ;;
        *) D=$ANSIBLE_ASYNC_DIR ;;
      esac
      """;

  /**
   * Starts the watcher in a session of its own. {@code setsid -f} does not need {@code &}, which
   * would have all that comes of it ignore SIGINT and SIGQUIT.
   */
  private static final String START =
      """
      J=%s.$$
      d=$D/$J.d
      (
        umask 077
        mkdir -p "$D" && mkdir "$d" &&
        %s printf %%s %s >"$d/script" &&
        printf %%s %s >"$d/keys" &&
        printf %%s %s >"$d/escape" &&
        printf %%s %s >"$d/run" &&
        printf '{"started": 1, "finished": 0, "ansible_job_id": "%%s"}\\n' "$J" >"$D/$J"
      ) || { rm -rf "$d"; exit 1; }
      if setsid -f true 2>/dev/null; then
        setsid -f sh "$d/run" "$D" "$J" %s </dev/null >/dev/null 2>&1
      elif command -v setsid >/dev/null 2>&1; then
        setsid sh "$d/run" "$D" "$J" %s </dev/null >/dev/null 2>&1 &
      else
        ( trap '' HUP; exec sh "$d/run" "$D" "$J" %s ) </dev/null >/dev/null 2>&1 &
      fi
      printf '%%s\\n' "$J" "$D/$J"
      """;

  /**
   * The watcher: $1 directory, $2 id, $3 seconds, $4 bytes of output to keep. It is read as a whole
   * before it begins, since it removes itself at the end.
   */
  private static final String RUN =
      """
      {
        d=$1/$2.d
        f=$1/$2
        echo $$ >"$d/pid"
        now() {
          set -- $(date '+%Y-%m-%d %H:%M:%S %s %N')
          n=$4
          case $n in ''|*[!0-9]*) n=000000000 ;; esac
          n=${n%???}
          T="$1 $2.$n"
          S=$3
          while [ "${n#0}" != "$n" ] && [ "$n" != 0 ]; do n=${n#0}; done
          U=$((S * 1000000 + n))
        }
        now; t1=$T; u1=$U
        i=/dev/null
        [ -f "$d/in" ] && i=$d/in
        sh -c '
          echo $$ >"$1/group"
          if command -v setsid >/dev/null 2>&1; then
            exec setsid timeout -k 5 "$2" sh "$1/script"
          fi
          exec timeout -k 5 "$2" sh "$1/script"
        ' sh "$d" "$3" <"$i" >"$d/out" 2>"$d/err"
        r=$?
        now
        u=$((U - u1))
        late=false
        if [ $u -ge $(($3 * 1000000)) ]; then
          case $r in 124|137|143)
            late=true
            kill -s KILL -- -"$(cat "$d/group")" 2>/dev/null ;;
          esac
        fi
        cut() {
          [ "$(wc -c <"$1")" -gt "$2" ]
        }
        long=false
        if cut "$d/out" "$4" || cut "$d/err" "$4"; then long=true; fi
        text() {
          { head -c "$2" "$1"; printf x; } | tr -d '\\000' | LC_ALL=C sed -f "$d/escape" |
            tr -d '\\n'
        }
        bad=false; m=
        [ $r = 0 ] || { bad=true; m='non-zero return code'; }
        [ $late = false ] || m='Timeout exceeded'
        days=$((u / 86400000000)); u=$((u % 86400000000))
        case $days in 0) days= ;; 1) days='1 day, ' ;; *) days="$days days, " ;; esac
        if [ -f "$f" ]; then
          {
            printf '{"ansible_job_id": "%s", "started": 1, "finished": 1, ' "$2"
            printf '"changed": true, "failed": %s, "msg": "%s", "rc": %d, ' $bad "$m" $r
            printf '"timed_out": %s, "truncated": %s, ' $late $long
            printf '"start": "%s", "end": "%s", ' "$t1" "$T"
            printf '"delta": "%s%d:%02d:%02d.%06d", ' "$days" $((u / 3600000000)) \\
              $((u / 60000000 % 60)) $((u / 1000000 % 60)) $((u % 1000000))
            k=$(cat "$d/keys")
            printf '%s"stdout": "' "${k:+$k, }"
            text "$d/out" "$4"
            printf '", "stderr": "'
            text "$d/err" "$4"
            printf '"}\\n'
          } >"$d/json" && [ -f "$f" ] && mv -f "$d/json" "$f"
        fi
        rm -rf "$d"
        exit
      }
      """;

  /** A process that nobody has waited for counts as gone, though it can be signalled. */
  private static final String GONE =
      """
      gone() {
        x=$(cat "/proc/$1/stat" 2>/dev/null) || { ! kill -0 "$1" 2>/dev/null; return; }
        case ${x##*)} in ' Z'*) ;; *) return 1 ;; esac
      }
      """;

  /** First whether it lives, then its file: it may end in between. */
  private static final String POLL =
      """
      f=$D/%s
      a=
      if p=$(cat "$f.d/pid" 2>/dev/null); then
        gone "$p" && a=dead
      fi
      printf '%%s\\n' "$f"
      if [ ! -f "$f" ]; then
        echo missing
      else
        case $(head -c 28 "$f") in
          '{"started": 1, "finished": 0'|'') echo ${a:-running} ;;
          *) echo finished; cat "$f" ;;
        esac
      fi
      """;

  private static final String CLEANUP =
      """
      f=$D/%s
      printf '%%s\\n' "$f"
      if [ -f "$f" ]; then echo there; else echo missing; fi
      rm -f -- "$f" || exit
      if p=$(cat "$f.d/pid" 2>/dev/null); then
        ! gone "$p" || rm -rf -- "$f.d"
      fi
      """;

  private static final String RECORD =
      """
      J=%s.$$
      (
        umask 077
        mkdir -p "$D" && printf '%%s\\n' %s >"$D/$J.tmp" && mv -f "$D/$J.tmp" "$D/$J"
      ) || exit
      printf '%%s\\n' "$J" "$D/$J"
      """;

  private JobScripts() {}

  /** Starts a script; prints the job's id and its file, each on a line. */
  static String start(String prefix, Script script, Duration limit, String keys) {
    String arguments =
        Math.max(1, limit.toSeconds()) + " " + Math.min(MAX_OUTPUT, script.maxOutput());
    return DIRECTORY
        + START.formatted(
            prefix,
            script.stdin().isPresent() ? "cat >\"$d/in\" &&" : "",
            ShellQuote.quote(script.text()),
            ShellQuote.quote(keys),
            ShellQuote.quote(escapes()),
            ShellQuote.quote(RUN),
            arguments,
            arguments,
            arguments);
  }

  /** What makes the lines of a text, with an x after them, the inside of a JSON string, for sed. */
  private static String escapes() {
    StringBuilder commands = new StringBuilder("s/[\\\\\"]/\\\\&/g\n");
    for (char c = 1; c < ' '; c++) {
      if (c != '\n') {
        commands.append(String.format(Locale.ROOT, "s/%c/\\\\u%04x/g\n", c, (int) c));
      }
    }
    return commands.append("$!s/$/\\\\n/\n$s/x$//\n").toString();
  }

  /** Prints the job's file, how it stands, and if it has finished what came of it. */
  static String poll(String id) {
    return DIRECTORY + GONE + POLL.formatted(ShellQuote.quote(id));
  }

  /** Prints the job's file, and whether it was there. */
  static String cleanup(String id) {
    return DIRECTORY + GONE + CLEANUP.formatted(ShellQuote.quote(id));
  }

  /** Keeps a result; prints as {@link #start} does. */
  static String record(String prefix, String json) {
    return DIRECTORY + RECORD.formatted(prefix, ShellQuote.quote(json));
  }
}
