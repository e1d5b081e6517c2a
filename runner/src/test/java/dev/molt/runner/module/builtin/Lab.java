package dev.molt.runner.module.builtin;

import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A lab that is up, for tests tagged {@code lab}. */
final class Lab {
  private final Path dir;
  private final String inventory;

  Lab() throws IOException {
    String where = System.getProperty("MOLT_LAB_DIR", System.getenv("MOLT_LAB_DIR"));
    if (where == null) {
      throw new IllegalStateException(
          "MOLT_LAB_DIR is not set: bring a lab up, and name the directory of its inventory/,"
              + " id_ed25519 and known_hosts");
    }
    dir = Path.of(where);
    inventory = Files.readString(dir.resolve("inventory/hosts.yml"));
  }

  String address(String node) {
    Matcher matcher =
        Pattern.compile("(?m)^ +" + node + ":\\s+ansible_host: (\\S+)").matcher(inventory);
    if (!matcher.find()) {
      throw new IllegalStateException("no node " + node + " in the lab's inventory");
    }
    return matcher.group(1);
  }

  /** A node as root. */
  ModuleKit root(String node) {
    return new ModuleKit(connection(node, true));
  }

  /** A node as the user that logs in. */
  ModuleKit login(String node) {
    return new ModuleKit(connection(node, false));
  }

  /** Runs a script on a node as root, for setting a test up. */
  String sh(String node, String script) throws Exception {
    ScriptResult result = connection(node, true).shell(Identity.LOGIN).run(Script.of(script));
    if (!result.ok()) {
      throw new IllegalStateException(result.err() + result.out());
    }
    return result.out();
  }

  private Connection connection(String node, boolean root) {
    List<String> ssh =
        new ArrayList<>(
            List.of(
                "ssh",
                "-F",
                "none",
                "-i",
                dir.resolve("id_ed25519").toString(),
                "-o",
                "UserKnownHostsFile=" + dir.resolve("known_hosts"),
                "-o",
                "BatchMode=yes",
                "-o",
                "ControlMaster=auto",
                "-o",
                "ControlPersist=20",
                "-o",
                "ControlPath=/tmp/molt-lab-%C",
                "ops@" + address(node)));
    if (root) {
      ssh.addAll(List.of("sudo", "-n"));
    }
    ssh.addAll(List.of("sh", "-s"));
    return new Connection() {
      @Override
      public Shell shell(Identity identity) {
        return script -> run(ssh, script);
      }

      @Override
      public Socket tunnel(String address, int port, Duration timeout) throws IOException {
        Socket socket = new Socket();
        socket.connect(new java.net.InetSocketAddress(address, port), (int) timeout.toMillis());
        return socket;
      }

      @Override
      public void close() {}
    };
  }

  private static ScriptResult run(List<String> command, Script script) throws InterruptedException {
    long start = System.nanoTime();
    try {
      Process process = new ProcessBuilder(command).start();
      CompletableFuture<byte[]> out = drain(process, false);
      CompletableFuture<byte[]> err = drain(process, true);
      try (var in = process.outputWriter()) {
        in.write("{ " + script.text() + "\n} </dev/null\n");
      }
      boolean done = process.waitFor(script.deadline().toMillis(), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      return new ScriptResult(
          process.exitValue(),
          out.join(),
          err.join(),
          Duration.ofNanos(System.nanoTime() - start),
          !done,
          false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompletableFuture<byte[]> drain(Process process, boolean error) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return (error ? process.getErrorStream() : process.getInputStream()).readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
