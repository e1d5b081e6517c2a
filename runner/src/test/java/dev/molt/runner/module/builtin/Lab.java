package dev.molt.runner.module.builtin;

import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.remote.BecomeException;
import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.Shell;
import dev.molt.runner.remote.UnreachableException;
import dev.molt.runner.remote.ssh.SshTransport;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A lab that is up, for tests tagged {@code lab}. */
final class Lab implements AutoCloseable {
  private final SshTransport transport = new SshTransport();
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
  ModuleKit root(String node) throws UnreachableException {
    return kit(node, Identity.sudo("root", Optional.empty()));
  }

  /** A node as the user that logs in. */
  ModuleKit login(String node) throws UnreachableException {
    return kit(node, Identity.LOGIN);
  }

  /** Runs a script on a node as root, for setting a test up. */
  String sh(String node, String script) throws Exception {
    ScriptResult result =
        connection(node).shell(Identity.sudo("root", Optional.empty())).run(Script.of(script));
    if (!result.ok()) {
      throw new IllegalStateException(result.err() + result.out());
    }
    return result.out();
  }

  private ModuleKit kit(String node, Identity identity) throws UnreachableException {
    Connection ssh = connection(node);
    return new ModuleKit(
        new Connection() {
          @Override
          public Shell shell(Identity login) throws UnreachableException, BecomeException {
            return ssh.shell(identity);
          }

          @Override
          public Socket tunnel(String address, int port, Duration timeout) throws IOException {
            return ssh.tunnel(address, port, timeout);
          }

          @Override
          public void close() {
            ssh.close();
          }
        });
  }

  private Connection connection(String node) throws UnreachableException {
    return transport.open(
        new ConnectionSettings(
            node,
            address(node),
            22,
            "ops",
            Optional.empty(),
            List.of(dir.resolve("id_ed25519")),
            Optional.empty(),
            List.of(dir.resolve("known_hosts")),
            Duration.ofSeconds(5),
            Optional.empty()));
  }

  @Override
  public void close() {
    transport.close();
  }
}
