package dev.molt.runner.remote.ssh;

import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.Service;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.method.PasswordResponseProvider;
import net.schmizz.sshj.userauth.password.PasswordUtils;

/**
 * Logs in, in ssh's order: the named keys, the agent's, the usual ones in ~/.ssh, the password.
 * Stops short of the six failures at which sshd hangs up (MaxAuthTries), and keeps a record of what
 * was tried for the message.
 */
final class Login {
  private static final int MAX_TRIES = 5;
  private static final List<String> USUAL = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private final ConnectionSettings host;
  private final SSHClient client;
  private final Agent.Source agents;
  private final List<String> tried = new ArrayList<>();
  private final List<byte[]> offered = new ArrayList<>();
  private int tries;

  Login(ConnectionSettings host, SSHClient client, Agent.Source agents) {
    this.host = host;
    this.client = client;
    this.agents = agents;
  }

  void run() throws UnreachableException {
    try {
      if (!succeeds()) {
        throw new UnreachableException(failure());
      }
    } catch (IOException e) {
      throw new UnreachableException(
          "%s: login as %s failed: %s%s".formatted(host, host.user(), e.getMessage(), report()), e);
    }
  }

  private boolean succeeds() throws IOException {
    Optional<Agent> agent = agent();
    for (Path file : host.privateKeys()) {
      if (file(file, agent)) {
        return true;
      }
    }
    if (agent.isPresent() && agent(agent.get())) {
      return true;
    }
    if (host.privateKeys().isEmpty()) {
      Path directory = Path.of(System.getProperty("user.home"), ".ssh");
      for (Path file : USUAL.stream().map(directory::resolve).filter(Files::exists).toList()) {
        if (file(file, agent)) {
          return true;
        }
      }
    }
    return host.password().isPresent() && password(host.password().get());
  }

  private boolean file(Path file, Optional<Agent> agent) throws IOException {
    KeyProvider key;
    try {
      key = PrivateKeys.load(file, host.passphrase());
    } catch (PrivateKeys.UnusableKeyException e) {
      Optional<Agent.Key> held = agent.flatMap(a -> a.holding(PrivateKeys.publicBlob(file)));
      if (held.isPresent()) {
        return attempt(
            file + " (by the agent)", held.get().blob(), new AgentAuth(agent.get(), held.get()));
      }
      tried.add(e.getMessage());
      return false;
    }
    byte[] blob = new Buffer.PlainBuffer().putPublicKey(key.getPublic()).getCompactData();
    return attempt(file.toString(), blob, new AuthPublickey(key));
  }

  private boolean agent(Agent agent) throws IOException {
    for (Agent.Key key : agent.keys()) {
      if (attempt("the agent's " + key, key.blob(), new AgentAuth(agent, key))) {
        return true;
      }
    }
    return false;
  }

  private boolean attempt(String what, byte[] blob, AuthMethod method) throws IOException {
    if (offered.stream().anyMatch(o -> Arrays.equals(o, blob))) {
      return false;
    }
    offered.add(blob);
    int limit = MAX_TRIES - (host.password().isPresent() ? 1 : 0);
    if (tries >= limit) {
      tried.add(what + " (not offered: the server hangs up after six failures)");
      return false;
    }
    return attempt(what, method);
  }

  private boolean attempt(String what, AuthMethod method) throws IOException {
    tries++;
    try {
      if (authenticate(method)) {
        return true;
      }
      boolean half = client.getUserAuth().hadPartialSuccess();
      tried.add(what + (half ? ": accepted, but the server wants more than it" : ": refused"));
    } catch (UserAuthException e) {
      if (!client.getTransport().isRunning()) {
        throw e;
      }
      tried.add(what + ": " + e.getMessage());
    }
    return false;
  }

  private boolean password(String password) throws IOException {
    Collection<String> allowed = client.getUserAuth().getAllowedMethods();
    boolean unknown = allowed.isEmpty();
    if ((unknown || allowed.contains("password"))
        && attempt(
            "the password", new AuthPassword(PasswordUtils.createOneOff(password.toCharArray())))) {
      return true;
    }
    return client.getUserAuth().getAllowedMethods().contains("keyboard-interactive")
        && attempt(
            "the password, keyboard-interactive",
            new AuthKeyboardInteractive(
                new PasswordResponseProvider(PasswordUtils.createOneOff(password.toCharArray()))));
  }

  private boolean authenticate(AuthMethod method) throws IOException {
    return client
        .getUserAuth()
        .authenticate(
            host.user(),
            (Service) client.getConnection(),
            method,
            client.getTransport().getTimeoutMs());
  }

  private Optional<Agent> agent() {
    try {
      return agents.get();
    } catch (IOException e) {
      tried.add("ssh-agent (SSH_AUTH_SOCK): " + e.getMessage());
      return Optional.empty();
    }
  }

  private String failure() {
    Collection<String> allowed = client.getUserAuth().getAllowedMethods();
    String offers =
        allowed.isEmpty() ? "" : " The server takes: " + String.join(", ", allowed) + ".";
    String advice =
        tries == 0
            ? " Name a key (ansible_ssh_private_key_file), start ssh-agent, or give a password."
            : " Is a public key of these in ~/.ssh/authorized_keys of %s there?"
                .formatted(host.user());
    return "%s: permission denied for %s.%s%s%s"
        .formatted(host, host.user(), offers, advice, report());
  }

  private String report() {
    return Stream.of(tried)
        .filter(t -> !t.isEmpty())
        .map(t -> "\n  tried:\n    " + String.join("\n    ", t))
        .findFirst()
        .orElse("\n  there was nothing to try: no key, no agent, no password");
  }
}
