package dev.molt.runner.engine;

import dev.molt.dsl.settings.AccessSettings;
import dev.molt.dsl.settings.Setting;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.template.Scope;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads how to reach a host off its {@code ansible_*} variables (Ansible's page "How to build your
 * inventory", behavioural parameters).
 */
final class ConnectionVars {
  private static final int SSH_PORT = 22;

  private final String host;
  private final Scope scope;
  private final Secrets secrets;

  ConnectionVars(String host, Scope scope, Secrets secrets) {
    this.host = host;
    this.scope = scope;
    this.secrets = secrets;
  }

  /** Whether the host is this machine, to be worked on without SSH. */
  boolean local(Optional<String> keyword) {
    Optional<String> kind = first("ansible_connection").or(() -> keyword);
    if (kind.isEmpty()) {
      return false;
    }
    return switch (kind.get()) {
      case "local", "ansible.builtin.local" -> true;
      case "ssh", "smart", "paramiko", "ansible.builtin.ssh", "ansible.builtin.paramiko_ssh" ->
          false;
      default ->
          throw Diagnostic.error("host '" + host + "': there is no connection '" + kind.get() + "'")
              .withHint("ansible_connection is ssh or local")
              .asException();
    };
  }

  /**
   * The settings of the host.
   *
   * @param options the key and password of the command line are for hosts whose variables name none
   */
  ConnectionSettings settings(
      Optional<String> userKeyword, Optional<String> portKeyword, RunOptions options) {
    SshArguments arguments =
        SshArguments.parse(
            host,
            sshArguments("ansible_ssh_args", options, AccessSettings.SSH_ARGS)
                + " "
                + sshArguments("ansible_ssh_common_args", options, AccessSettings.SSH_COMMON_ARGS)
                + " "
                + sshArguments("ansible_ssh_extra_args", options, AccessSettings.SSH_EXTRA_ARGS));
    List<Path> keys = new ArrayList<>();
    first("ansible_ssh_private_key_file", "ansible_private_key_file")
        .or(options::privateKey)
        .ifPresent(k -> keys.add(home(k)));
    arguments.identityFiles().forEach(k -> keys.add(home(k)));
    String user =
        first("ansible_user", "ansible_ssh_user")
            .or(() -> userKeyword)
            .or(arguments::user)
            .orElse(System.getProperty("user.name"));
    Duration timeout =
        first("ansible_timeout", "ansible_ssh_timeout")
            .or(arguments::connectTimeout)
            .map(t -> whole("ansible_timeout", t))
            .or(() -> Optional.of(options.settings().get(AccessSettings.TIMEOUT)))
            .map(Duration::ofSeconds)
            .orElseThrow();
    return new ConnectionSettings(
        host,
        // Where nobody says otherwise it is the name, so that tasks can ask for it.
        first("ansible_host")
            .filter(h -> !h.equals(host))
            .or(() -> first("ansible_ssh_host"))
            .filter(h -> !h.equals(host))
            .or(arguments::hostName)
            .orElse(host),
        first("ansible_port", "ansible_ssh_port")
            .or(() -> portKeyword)
            .or(arguments::port)
            .map(p -> whole("ansible_port", p))
            .or(() -> options.settings().get(AccessSettings.REMOTE_PORT))
            .orElse(SSH_PORT),
        user,
        secret("ansible_password", "ansible_ssh_pass", "ansible_ssh_password")
            .or(() -> remembered(options.password())),
        keys,
        secret("ansible_ssh_private_key_passphrase", "ansible_private_key_passphrase"),
        knownHosts(arguments),
        timeout,
        arguments.jump().map(j -> jump(j, user, keys, knownHosts(arguments), timeout)));
  }

  /** A host's variable is stronger than what was set or given for the run. */
  private String sshArguments(
      String variable, RunOptions options, Setting<Optional<String>> setting) {
    return first(variable).or(() -> options.settings().get(setting)).orElse("");
  }

  private static ConnectionSettings jump(
      SshArguments.Jump jump, String user, List<Path> keys, List<Path> known, Duration timeout) {
    return new ConnectionSettings(
        jump.host(),
        jump.host(),
        jump.port().orElse(SSH_PORT),
        jump.user().orElse(user),
        Optional.empty(),
        keys,
        Optional.empty(),
        known,
        timeout,
        Optional.empty());
  }

  private static List<Path> knownHosts(SshArguments arguments) {
    if (!arguments.knownHosts().isEmpty()) {
      return arguments.knownHosts().stream().map(ConnectionVars::home).toList();
    }
    List<Path> files = new ArrayList<>(List.of(home("~/.ssh/known_hosts")));
    Path system = Path.of("/etc/ssh/ssh_known_hosts");
    if (Files.exists(system)) {
      files.add(system);
    }
    return files;
  }

  /** Who runs the task's scripts, given what its keywords say; variables win over keywords. */
  Identity identity(
      boolean becomeKeyword,
      Optional<String> userKeyword,
      Optional<String> methodKeyword,
      RunOptions options) {
    boolean become =
        first("ansible_become").map(b -> truth("ansible_become", b)).orElse(becomeKeyword);
    if (!become) {
      return Identity.LOGIN;
    }
    String method =
        first("ansible_become_method")
            .or(() -> methodKeyword)
            .orElseGet(() -> options.settings().get(AccessSettings.BECOME_METHOD));
    String plain = method.substring(method.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
    Identity.Method known;
    try {
      known = Identity.Method.valueOf(plain);
    } catch (IllegalArgumentException e) {
      throw Diagnostic.error("host '" + host + "': there is no become method '" + method + "'")
          .withHint("ansible_become_method is sudo, su or doas")
          .asException();
    }
    return new Identity(
        Optional.of(known),
        first("ansible_become_user")
            .or(() -> userKeyword)
            .orElseGet(() -> options.settings().get(AccessSettings.BECOME_USER)),
        secret(
                "ansible_become_password",
                "ansible_become_pass",
                "ansible_sudo_pass",
                "ansible_sudo_password")
            .or(() -> remembered(options.becomePassword())));
  }

  private Optional<String> first(String... names) {
    for (String name : names) {
      Value value = scope.lookup(name);
      if (!(value instanceof UndefinedValue) && !(value instanceof NullValue)) {
        if (value instanceof StrValue text && text.text().isEmpty()) {
          continue;
        }
        return Optional.of(Python.str(value));
      }
    }
    return Optional.empty();
  }

  private Optional<String> remembered(Optional<String> given) {
    given.ifPresent(secrets::add);
    return given;
  }

  private Optional<String> secret(String... names) {
    Optional<String> secret = first(names);
    secret.ifPresent(secrets::add);
    return secret;
  }

  private boolean truth(String name, String text) {
    return Truth.ofWord(text)
        .orElseThrow(
            () ->
                Diagnostic.error("host '" + host + "': " + name + " is true or false, not " + text)
                    .asException());
  }

  private int whole(String name, String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw Diagnostic.error("host '" + host + "': " + name + " is a number, not '" + text + "'")
          .asException();
    }
  }

  private static Path home(String path) {
    return path.equals("~") || path.startsWith("~/")
        ? Path.of(System.getProperty("user.home") + path.substring(1))
        : Path.of(path);
  }
}
