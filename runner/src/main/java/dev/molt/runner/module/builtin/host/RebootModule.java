package dev.molt.runner.module.builtin.host;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Starts a host anew, and waits until it is back. */
public final class RebootModule implements Module<RebootModule.Options> {
  /** See {@link Option} on each. */
  public record Options(
      @Option(
              value = "Seconds until it goes down; less than 60 are none, as shutdown has minutes.",
              aliases = "pre_reboot_delay_sec",
              defaultValue = "0")
          double preRebootDelay,
      @Option(
              value = "Seconds between going down and the first look whether it is back.",
              aliases = "post_reboot_delay_sec",
              defaultValue = "0")
          double postRebootDelay,
      @Option(
              value = "Seconds until it gives up: to be back, and then to pass test_command.",
              aliases = "reboot_timeout_sec",
              defaultValue = "600")
          int rebootTimeout,
      @Option(value = "How many seconds an answer may take.", aliases = "connect_timeout_sec")
          Optional<Integer> connectTimeout,
      @Option(value = "What users are told.", defaultValue = "Reboot initiated by Ansible")
          String msg,
      @Option("Where the command is looked for.") Optional<List<String>> searchPaths,
      @Option(
              value = "What prints something else once the host was started anew.",
              defaultValue = "cat /proc/sys/kernel/random/boot_id")
          String bootTimeCommand,
      @Option("The command that starts it anew, instead of shutdown -r.")
          Optional<String> rebootCommand,
      @Option(value = "What must succeed once it is back.", defaultValue = "whoami")
          String testCommand) {}

  private static final Spec<Options> SPEC =
      Spec.of("reboot", "Starts the host anew and waits until it is back", Options.class);

  private static final List<String> SEARCH_PATHS =
      List.of("/sbin", "/bin", "/usr/sbin", "/usr/bin", "/usr/local/sbin");

  private static final Duration COMMAND_DEADLINE = Duration.ofSeconds(60);

  /** Its session is its own, so that it goes on when the connection is lost by what it does. */
  private static final String COMMAND =
      """
      find() {
        case $1 in /*) c=$1; return;; esac
        for d in PATHS; do
          c=$d/$1
          if [ -f "$c" ] && [ -x "$c" ]; then return; fi
        done
        echo "Unable to find command \\"$1\\" in search paths:" PATHS >&2; exit 127
      }
      s=
      if setsid -w true 2>/dev/null; then s='setsid -w'; fi
      """;

  private final Duration[] pauses;

  /** With pauses between attempts that double up to twelve seconds. */
  public RebootModule() {
    this(Duration.ofSeconds(1), Duration.ofSeconds(12));
  }

  RebootModule(Duration first, Duration longest) {
    this.pauses = new Duration[] {first, longest};
  }

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Background background() {
    return Background.REFUSED;
  }

  @Override
  public Plan plan(Options options, Target target) throws ModuleException {
    if (target.isController()) {
      throw new ModuleException(
          "Running reboot with local connection would reboot the control node.", result(false, 0));
    }
    MapValue result = result(true, 0).put("changed", BoolValue.TRUE);
    return new Plan.Unknown("would start the host anew", result);
  }

  private static MapValue result(boolean rebooted, long elapsed) {
    return MapValue.empty()
        .put("rebooted", BoolValue.of(rebooted))
        .put("elapsed", Value.of(elapsed));
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    ScriptResult before =
        target.read(Script.of(options.bootTimeCommand()).withDeadline(COMMAND_DEADLINE));
    if (!before.ok()) {
      throw new ModuleException(
          "reboot: failed to get host boot time info, rc: "
              + before.exitStatus()
              + ", stdout: "
              + before.out()
              + ", stderr: "
              + before.err(),
          result(false, 0));
    }
    final long start = System.nanoTime();
    down(options, target);
    Thread.sleep(Math.round(Math.max(0, options.postRebootDelay()) * 1000));
    String old = before.out().strip();
    await(
        options,
        target,
        options.bootTimeCommand(),
        answer ->
            answer.ok() && !answer.out().isBlank() && !answer.out().strip().equals(old)
                ? ""
                : "boot time has not changed",
        "last boot time check",
        start);
    await(
        options,
        target,
        options.testCommand(),
        answer -> answer.ok() ? "" : "Test command failed: " + answer.err() + " " + answer.out(),
        "post-reboot test command",
        start);
    return Applied.of(result(true, since(start)).put("changed", BoolValue.TRUE));
  }

  private void await(
      Options options, Target target, String script, Attempts.Check check, String what, long start)
      throws ModuleException, InterruptedException {
    Duration limit = Duration.ofSeconds(options.rebootTimeout());
    Attempts attempts = new Attempts(target, limit, options.connectTimeout().orElse(0));
    if (!attempts.until(script, check, pauses)) {
      throw new ModuleException(
          "Timed out waiting for "
              + what
              + " (timeout="
              + options.rebootTimeout()
              + "): "
              + attempts.last(),
          result(true, since(start)));
    }
  }

  private static long since(long start) {
    return (System.nanoTime() - start) / 1_000_000_000;
  }

  /** That the connection is lost meanwhile is only to be expected. */
  private static void down(Options options, Target target)
      throws ModuleException, InterruptedException {
    String paths =
        options.searchPaths().orElse(SEARCH_PATHS).stream()
            .map(ShellQuote::quote)
            .collect(Collectors.joining(" "));
    try {
      ScriptResult said =
          target.write(
              Script.of(COMMAND.replace("PATHS", paths) + command(options))
                  .withDeadline(COMMAND_DEADLINE));
      if (!said.ok() && !said.timedOut()) {
        throw new ModuleException(
            "Reboot command failed. Error was: '"
                + said.out().strip()
                + ", "
                + said.err().strip()
                + "'",
            result(false, 0));
      }
    } catch (UnreachableException e) {
      target.reconnect();
    }
  }

  private static String command(Options options) {
    if (options.rebootCommand().isPresent()) {
      String[] parts = options.rebootCommand().get().split(" ", 2);
      // Its arguments are shell, as they are in Ansible.
      String arguments = parts.length > 1 ? " " + parts[1] : "";
      return "find " + ShellQuote.quote(parts[0]) + "\n$s \"$c\"" + arguments + "\n";
    }
    String arguments =
        " -r "
            + (long) (Math.max(0, options.preRebootDelay()) / 60)
            + " "
            + ShellQuote.quote(options.msg());
    return "if [ -f /etc/alpine-release ]; then find reboot; $s \"$c\"\n"
        + "else find shutdown; $s \"$c\""
        + arguments
        + "\nfi\n";
  }
}
