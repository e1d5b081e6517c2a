package dev.molt.runner.module.files;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Content;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * One round trip that changes files and asks about them again. Its commands stop at the first that
 * fails; whatever {@code $t} names by then is removed, also when the script is told to end.
 */
public final class HostChange {
  // timeout(1) passes a signal on to a group that has had it already: the second one must neither
  // kill the rm, nor end an EXIT trap in its middle, as an exit within it does.
  private static final String PROLOGUE =
      """
      LC_ALL=C; export LC_ALL
      exec 3>&1 1>&2
      t=
      molt_clean() { trap '' HUP INT TERM; trap - EXIT; if [ -n "$t" ]; then rm -rf -- "$t"; fi; }
      trap molt_clean EXIT
      trap 'molt_clean; exit 129' HUP
      trap 'molt_clean; exit 130' INT
      trap 'molt_clean; exit 143' TERM
      set -e
      """;

  private static final String EPILOGUE =
      """
      if [ -n "$t" ]; then rm -rf -- "$t"; fi
      t=
      set +e
      exec 1>&3 3>&-
      """;

  /** The slowest line that is worth waiting for. */
  private static final long BYTES_PER_SECOND = 50_000;

  private static final int LONGEST_MESSAGE = 2000;

  private final String what;
  private final String commands;
  private final Optional<Content> content;
  private final String directory;

  /**
   * A change.
   *
   * @param what for messages, such as {@code copy to /etc/motd}
   * @param commands sh; they find the content on their standard input
   * @param directory where the room is needed
   */
  public HostChange(String what, String commands, Optional<Content> content, String directory) {
    this.what = what;
    this.commands = commands;
    this.content = content;
    this.directory = directory;
  }

  /**
   * Makes the change.
   *
   * @param query what to ask once it is made
   * @throws ModuleException in the host's words if a command failed; nothing half-written is left
   */
  public HostFiles make(FileQuery query, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    byte[] names = query.stdin();
    long length = content.map(Content::length).orElse(0L);
    Script script =
        new Script(
            PROLOGUE + commands + EPILOGUE + query.text(),
            Optional.of(joined(names)),
            Script.DEFAULT_DEADLINE.plus(Duration.ofSeconds(length / BYTES_PER_SECOND)),
            Script.DEFAULT_MAX_OUTPUT * 4,
            Optional.empty());
    ScriptResult reply = target.write(script);
    if (!reply.ok() || reply.timedOut()) {
      throw failure(reply, script.deadline(), length, target);
    }
    // What the commands said on the way is no answer to the query.
    return query.parse(reply, target);
  }

  private Content joined(byte[] names) {
    return new Content() {
      @Override
      public long length() {
        return content.map(Content::length).orElse(0L) + names.length;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        if (content.isPresent()) {
          content.get().writeTo(out);
        }
        out.write(names);
      }
    };
  }

  private ModuleException failure(ScriptResult reply, Duration deadline, long length, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String said = reply.err().strip();
    if (said.length() > LONGEST_MESSAGE) {
      // tar goes on after an error and has one for each file; the first says it.
      said = said.substring(0, LONGEST_MESSAGE) + "...";
    }
    String message = "cannot " + what + ": ";
    if (reply.timedOut()) {
      message += "not done within " + deadline;
    } else {
      message += said.isEmpty() ? "exit status " + reply.exitStatus() : said;
    }
    if (said.contains("No space left on device") || said.contains("Disk quota exceeded")) {
      message += space(length, target);
    }
    MapValue result = MapValue.empty();
    result.put("rc", Value.of(reply.exitStatus()));
    result.put("stderr", Value.of(said));
    return new ModuleException(message, result);
  }

  private String space(long length, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String df = "LC_ALL=C df -Pk -- " + ShellQuote.quote(directory) + " | tail -n 1";
    String[] fields = target.read(Script.of(df)).out().strip().split("\\s+", 6);
    return fields.length < 6
        ? ""
        : " ("
            + Sizes.text(length)
            + " to write, "
            + Sizes.text(Long.parseLong(fields[3]) * 1024)
            + " free on "
            + fields[5]
            + ", "
            + fields[0]
            + "); what was there before is unchanged";
  }
}
