package dev.molt.runner.module.builtin;

import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ShellQuote;
import java.time.Duration;
import java.util.List;

/**
 * The scripts that ask systemd and tell it what to do. Marks on lines of their own part the answer.
 */
final class UnitScripts {
  static final String MARK = "@molt:";
  static final int NO_SYSTEMCTL = 91;
  static final int NO_SYSTEMD = 92;

  private static final Duration LOOK = Duration.ofSeconds(30);
  private static final String HEAD =
      """
      LC_ALL=C SYSTEMD_COLORS=0 SYSTEMD_PAGER= ; export LC_ALL SYSTEMD_COLORS SYSTEMD_PAGER
      command -v systemctl >/dev/null 2>&1 || exit 91
      """;

  private UnitScripts() {}

  /** Shows a unit; where there is none of the name, all names that there are. */
  static Script show(String unit) {
    return Script.of(
            HEAD
                + showFunction(unit)
                + """
                s=$(show 2>&1) || { printf '%s\\n' "$s" >&2; exit 92; }
                printf '%s\\n' "$s"
                case $s in *LoadState=not-found*)
                  echo @molt:units
                  systemctl list-unit-files --no-legend --no-pager --full 2>/dev/null
                esac
                exit 0
                """)
        .withDeadline(LOOK);
  }

  /** Only makes systemd read its unit files again. */
  static Script reloadManager() {
    return Script.of(HEAD + "systemctl --no-ask-password daemon-reload 2>&1\n")
        .withDeadline(Duration.ofSeconds(90));
  }

  /**
   * Runs systemctl with each of these in turn until one fails, waits until the unit has settled
   * and, where it runs, as long again as it has to stay so.
   *
   * @param timeout for each of them
   * @param stableFor seconds; 0 to not wait
   */
  static Script change(String unit, List<List<String>> commands, long timeout, double stableFor) {
    StringBuilder script = new StringBuilder(HEAD).append(showFunction(unit));
    script.append(
        """
        run() {
          out=$(timeout "$t" systemctl --no-ask-password --no-pager "$@" 2>&1 </dev/null); rc=$?
          [ $rc -eq 0 ] || printf '@molt:failed %s %s\\n%s\\n' "$rc" "$*" "$out"
          return $rc
        }
        """);
    script.append("t=" + timeout + "\n");
    script.append("printf '@molt:begin %s\\n' \"$(date +%s)\"\n");
    for (List<String> command : commands) {
      script.append("run ").append(Words.quoted(command)).append(" &&\n");
    }
    script.append("ok=1 || ok=0\n");
    script.append(
        """
        s=$(show); n=0
        while [ $ok = 1 ] && [ $n -lt $((t * 5)) ]; do
          case $s in
            *SubState=auto-restart*) break ;;
            *ActiveState=activating*|*ActiveState=deactivating*|*ActiveState=reloading*) ;;
            *) break ;;
          esac
          sleep 0.2; n=$((n + 1)); s=$(show)
        done
        printf '@molt:first\\n%s\\n' "$s"
        """);
    if (stableFor > 0) {
      // Looks every fifth of a second: once systemd has restarted it, how it died is forgotten.
      script.append("n=" + Math.max(1, Math.round(stableFor * 5)) + "\n");
      script.append(
          """
          nl='
          '
          pid() { p=${s#*MainPID=}; p=${p%%"$nl"*}; }
          pid; main=$p
          while [ $n -gt 0 ] && [ "$p" = "$main" ]; do
            case $ok$s in 1*SubState=running*) ;; *) break ;; esac
            sleep 0.2; n=$((n - 1)); s=$(show); pid
          done
          """);
    }
    script.append(
        """
        printf '@molt:last\\n%s\\n@molt:clock\\n' "$s"
        date +%s.%N
        cat /proc/uptime
        """);
    long seconds = timeout * (commands.size() + 1) + (long) stableFor + 30;
    return Script.of(script.toString()).withDeadline(Duration.ofSeconds(seconds));
  }

  /** The last lines that a unit logged since a time of the host's clock. */
  static Script journal(String unit, String since) {
    return Script.of(
            HEAD
                + "journalctl -u "
                + ShellQuote.quote(unit)
                + " -n 15 --no-pager -o cat --since=@"
                + since
                + " 2>/dev/null\n")
        .withDeadline(LOOK);
  }

  /** The processes that are left of a unit, a line each. */
  static Script processes(String controlGroup) {
    String group = ShellQuote.quote(controlGroup);
    return Script.of(
            "for d in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do\n"
                + "  f=$d"
                + group
                + "/cgroup.procs\n"
                + "  [ -r \"$f\" ] || continue\n"
                + "  while read -r p; do\n"
                + "    printf '%s %s\\n' \"$p\" \"$(tr '\\000' ' ' <\"/proc/$p/cmdline\")\"\n"
                + "  done <\"$f\"\n  break\ndone\n")
        .withDeadline(LOOK);
  }

  private static String showFunction(String unit) {
    return "show() { systemctl show --no-pager -p "
        + UnitState.PROPERTIES
        + " -- "
        + ShellQuote.quote(unit)
        + "; }\n";
  }
}
