package dev.molt.runner.module.builtin;

import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.remote.BecomeException;
import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.Shell;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import dev.molt.runner.remote.local.LocalTransport;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A copy of this machine that may be changed: its files under an overlay in memory, its name and
 * its processes of its own. All of it is gone once closed. Needs root.
 */
public final class Sandbox implements AutoCloseable {
  private static final String START =
      """
      mount -t tmpfs tmpfs /mnt && mkdir /mnt/u /mnt/w /mnt/r &&
      mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/u,workdir=/mnt/w /mnt/r &&
      mount -t proc proc /mnt/r/proc && mount --rbind /dev /mnt/r/dev &&
      mount -t tmpfs tmpfs /mnt/r/run && mount -t tmpfs tmpfs /mnt/r/tmp &&
      chmod 1777 /mnt/r/tmp && cd /mnt/r && pivot_root . mnt && umount -l /mnt &&
      echo ready && exec sleep 1000
      """;

  private final Process process;
  private final long inside;

  private Sandbox(Process process, long inside) {
    this.process = process;
    this.inside = inside;
  }

  /** Whether this machine can have one. */
  public static boolean possible() {
    try (Sandbox sandbox = start()) {
      return sandbox.inside > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Starts one.
   *
   * @throws IOException if this machine or user may not
   */
  public static Sandbox start() throws IOException {
    Process process =
        new ProcessBuilder("unshare", "-m", "-u", "-p", "-f", "--kill-child", "sh", "-c", START)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    byte[] ready = process.getInputStream().readNBytes("ready".length());
    if (!new String(ready, StandardCharsets.US_ASCII).equals("ready")) {
      process.destroy();
      throw new IOException("no sandbox here");
    }
    long inside = process.toHandle().children().findFirst().orElseThrow().pid();
    return new Sandbox(process, inside);
  }

  /** Runs modules in it. */
  public ModuleKit kit() {
    return new ModuleKit(new Inside(connect()));
  }

  private static Connection connect() {
    return new LocalTransport()
        .open(
            new ConnectionSettings(
                "testhost",
                "localhost",
                22,
                "root",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(Path.of("/dev/null")),
                Duration.ofSeconds(5),
                Optional.empty()));
  }

  /** What a command prints in it, without the line break at its end. */
  public String run(String command) throws IOException {
    Process run =
        new ProcessBuilder("sh", "-c", enter(command))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    return new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
  }

  private String enter(String script) {
    return "exec nsenter -t "
        + inside
        + " -m -u -p -r -- sh -c "
        + ShellQuote.quote("cd /\n" + script);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Scripts run in the sandbox instead of on this machine. */
  private final class Inside implements Connection {
    private final Connection outside;

    private Inside(Connection outside) {
      this.outside = outside;
    }

    @Override
    public Shell shell(Identity identity) throws UnreachableException, BecomeException {
      Shell shell = outside.shell(identity);
      return script ->
          shell.run(
              new Script(
                  enter(script.text()),
                  script.stdin(),
                  script.deadline(),
                  script.maxOutput(),
                  script.onLine()));
    }

    @Override
    public Socket tunnel(String address, int port, Duration timeout) throws IOException {
      return outside.tunnel(address, port, timeout);
    }

    @Override
    public void close() {
      outside.close();
    }
  }
}
