package dev.molt.runner.remote.shell;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The program that runs on the host for as long as a shell is open: POSIX sh, with {@code timeout},
 * {@code head}, {@code cat} and {@code sleep} from coreutils.
 *
 * <p>Controller to host, on stdin:
 *
 * <pre>
 * NONCE                          first of all
 * ID SECONDS LENGTH STDIN        a request; STDIN is the number of its bytes, or -
 * LENGTH bytes                   the script's text, ended by #molt#ID
 * STDIN bytes, then P            what the script reads, if anything
 * T | K                          terminate or kill what the script runs
 * E                              the answer has been had; comes right before the next request
 * </pre>
 *
 * <p>Host to controller, on stdout and stderr alike, each a line behind a NUL and the nonce: {@code
 * R:MISSING} when ready, {@code Sid:} before and {@code Eid:STATUS} after a script's output. stderr
 * also has {@code T:} now and then when there is much stdin to pass on.
 *
 * <p>Why it is made as it is:
 *
 * <ul>
 *   <li>A pipeline joins the script and the reader of {@code T} and {@code K}, instead of {@code
 *       &}: a shell without job control has its background jobs ignore SIGINT and SIGQUIT (XCU
 *       2.11), and so would every service that a script starts.
 *   <li>{@code timeout} gives the script a process group of its own, whose id comes up the pipeline
 *       once the script's text is read; until then nobody else reads the channel.
 *   <li>The script's text is in no argument and no environment, where ps would show it; {@code
 *       eval} gets it from a variable. Its end is marked: half a script must not run.
 *   <li>End of input kills what runs. While stdin is passed on, a writer blocked in the pipe would
 *       not see it; the ticks on stderr do, by failing. And a script never takes a stdin that broke
 *       off for one that ended: its end comes only with {@code P}.
 *   <li>{@code read} takes single bytes from a pipe (XCU read), {@code head -c} no more than it was
 *       told, so the channel stays in step whatever a script leaves unread.
 *   <li>{@code (exec timeout ...)} costs no process more, and has the shell that waits say "Killed"
 *       and the like to its own stderr, not to the script's.
 * </ul>
 */
final class Bootstrap {
  /** On stderr before the nonce is read: no password prompt is coming any more. */
  static final String HELLO = "molt:hello";

  /** The tools whose absence the ready frame reports. */
  static final String TOOLS = "timeout head cat sleep";

  /** Runs in the script's process group: $1 length, $2 whether stdin follows, $3 the end mark. */
  private static final String INNER =
      """
      s=\\$(head -c \\$1);
      t=\\${s%\\"#molt#\\$3\\"};
      [ \\"\\$t\\" = \\"\\$s\\" ] && exit 125;
      echo \\$PPID >&9;
      exec 9>&-;
      [ \\$2 = 1 ] || exec </dev/null;
      set -- \\"\\$t\\";
      unset s t;
      eval \\"set --; \\$1\\"
      """;

  private static final String LOOP =
      """
      echo %s >&2;
      read -r N || exit 1;
      exec 3<&0 6>&1 7>&2 </dev/null >/dev/null 2>&1;
      cd . || cd /;
      m=;
      for t in %s; do command -v $t || m="$m $t"; done;
      B="%s";
      f() { printf "\\0%%s:%%s\\n" "$N" "$1"; };
      p() {
        f "$1" >&6 || { sleep 1; f "$1" >&6; };
        f "$1" >&7 || { sleep 1; f "$1" >&7; };
      };
      k() { kill -s $1 -- -$q || kill -s $1 $q; };
      e() { k TERM; sleep 2; k KILL; exit 1; };
      p "R:$m";
      while read -r i d n z <&3; do
        {
          p "S$i:";
          if [ $z = - ]; then
            (exec timeout -k 5 $d sh -c "$B" sh $n 0 $i <&3 3<&- 9>&1 >&6 2>&7 6>&- 7>&-);
            p "E$i:$?";
          else
            {
              {
                head -c $((n + z)) <&3;
                read -r x <&3 || { echo h >&8; exec sleep 3; };
                echo g >&8;
              } | {
                (exec timeout -k 5 $d sh -c "$B" sh $n 1 $i 3<&- 9>&8 8>&- >&6 2>&7 6>&- 7>&-);
                s=$?;
                cat;
                p "E$i:$s";
              };
            } 8>&1 >/dev/null;
          fi;
        } | {
          q=;
          h=;
          g=$z;
          while [ -z "$q" ] || [ "$g" != - ]; do
            read -r a || break;
            case $a in
              g) g=-;;
              h) g=-; h=1;;
              *) q=$a;
                if [ "$g" != - ] && [ $((n + z)) -gt 60000 ]; then
                  {
                    trap "" PIPE;
                    while sleep 1 && kill -0 $q; do f T: >&7 || e; done;
                  } &
                fi;;
            esac;
          done;
          [ -z "$h" ] || e;
          [ -n "$q" ] || [ "$z" != - ] || exit 1;
          while read -r c <&3; do
            case $c in
              T) k TERM;;
              K) k KILL;;
              *) exit 0;;
            esac;
          done;
          kill -0 $q && e;
          exit 1;
        } || exit 1;
      done
      """
          .formatted(HELLO, TOOLS, oneLine(INNER));

  /** The program as one line that holds neither {@code '} nor {@code !}. */
  static final String TEXT = oneLine(LOOP);

  private Bootstrap() {}

  private static String oneLine(String text) {
    return Arrays.stream(text.split("\n")).map(String::strip).collect(Collectors.joining(" "));
  }
}
