package dev.molt.runner.remote;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How to reach one host.
 *
 * @param name the host's name in the inventory, for messages
 * @param address host name or IP address
 * @param port 1 to 65535
 * @param user the account to log in as
 * @param password for password login; may be a secret
 * @param privateKeys key files to try, in order, before ssh-agent's; empty means the usual files in
 *     ~/.ssh
 * @param passphrase of the key files
 * @param knownHosts the files to check the host key against, in order; never empty
 * @param connectTimeout for the TCP connection, and again for key exchange and login
 * @param jump the host to go through, if any
 */
public record ConnectionSettings(
    String name,
    String address,
    int port,
    String user,
    Optional<String> password,
    List<Path> privateKeys,
    Optional<String> passphrase,
    List<Path> knownHosts,
    Duration connectTimeout,
    Optional<ConnectionSettings> jump) {

  public ConnectionSettings {
    Objects.requireNonNull(name);
    Objects.requireNonNull(address);
    privateKeys = List.copyOf(privateKeys);
    knownHosts = List.copyOf(knownHosts);
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return name + " (" + user + "@" + address + ":" + port + ")";
  }
}
