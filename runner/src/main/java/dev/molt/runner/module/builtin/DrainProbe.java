package dev.molt.runner.module.builtin;

import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.UnreachableException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a port of the node has no connections left, by the kernel's table.
 *
 * @param port on any of the node's addresses
 */
record DrainProbe(int port) implements WaitProbe {
  /** From include/net/tcp_states.h; the ones that Ansible counts as active. */
  private static final Set<String> ACTIVE =
      Set.of(
          "01" /* ESTABLISHED */,
          "02" /* SYN_SENT */,
          "03" /* SYN_RECV */,
          "04" /* FIN_WAIT1 */,
          "05" /* FIN_WAIT2 */,
          "06" /* TIME_WAIT */);

  @Override
  public Look look(Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    ScriptResult table =
        target.read(
            Script.of("cat /proc/net/tcp /proc/net/tcp6 2>/dev/null; :")
                .withDeadline(Duration.ofSeconds(30)));
    long active = active(table.out());
    return Look.of(active == 0, active + " connections are left");
  }

  /** How many lines of the table are about active connections to the port. */
  long active(String table) {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    return table
        .lines()
        .map(line -> line.strip().split("\\s+", 5))
        .filter(columns -> columns.length == 5 && columns[1].endsWith(suffix))
        .filter(columns -> ACTIVE.contains(columns[3]))
        .count();
  }
}
