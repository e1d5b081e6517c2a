package dev.molt.runner.remote.ssh;

import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.ssh.KnownHosts.Entry;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;

/**
 * Checks one host's key against known_hosts and says, when it must not be trusted, why and what to
 * do. There is no way to have it trust a key that is not known.
 */
final class HostKeyCheck implements HostKeyVerifier {
  private final ConnectionSettings host;
  private final KnownHosts known;
  private volatile String refusal;

  HostKeyCheck(ConnectionSettings host, KnownHosts known) {
    this.host = host;
    this.known = known;
  }

  /** Why the key was refused, if it was. */
  Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** Algorithms whose keys are known come first, or a server with several keys shows another. */
  @Override
  public List<String> findExistingAlgorithms(String hostname, int port) {
    return entries().stream()
        .filter(Entry::plain)
        .flatMap(
            e ->
                e.type().equals("ssh-rsa")
                    ? Stream.of("rsa-sha2-512", "rsa-sha2-256")
                    : Stream.of(e.type()))
        .distinct()
        .toList();
  }

  private List<Entry> entries() {
    List<Entry> own = known.of(host.address(), host.port());
    return own.stream().anyMatch(Entry::plain)
        ? own
        : Stream.concat(own.stream(), known.withoutPort(host.address()).stream()).toList();
  }

  @Override
  public boolean verify(String hostname, int port, PublicKey publicKey) {
    String type = KeyType.fromKey(publicKey).toString();
    byte[] key = new Buffer.PlainBuffer().putPublicKey(publicKey).getCompactData();
    List<Entry> entries = entries();
    Optional<Entry> revoked =
        entries.stream().filter(e -> e.marker().equals("@revoked") && e.holds(key)).findFirst();
    if (revoked.isPresent()) {
      refusal =
          "its host key (%s %s) is marked as revoked in %s. Whoever answers holds a key that must no"
                  .formatted(type, fingerprint(key), revoked.get().where())
              + " longer be used; nothing was sent";
      return false;
    }
    List<Entry> plain = entries.stream().filter(Entry::plain).toList();
    if (plain.stream().anyMatch(e -> e.holds(key))) {
      return true;
    }
    List<Entry> changed =
        known.of(host.address(), host.port()).stream()
            .filter(e -> e.plain() && e.type().equals(type))
            .toList();
    refusal = changed.isEmpty() ? unknown(type, key, entries) : changed(type, key, changed);
    return false;
  }

  private String changed(String type, byte[] key, List<Entry> old) {
    return """
        THE HOST KEY HAS CHANGED. Somebody may be between you and the host, or it was reinstalled.
          it shows:  %s %s
          expected:  %s
        Nothing was sent. If you know why it changed, forget the old key and then add the new one:
          ssh-keygen -R %s -f %s
          %s"""
        .formatted(
            type,
            fingerprint(key),
            old.stream()
                .map(e -> type + " " + fingerprint(e.key()) + " (" + e.where() + ")")
                .collect(Collectors.joining("\n             ")),
            ShellQuote.quote(
                host.port() == 22 ? host.address() : "[" + host.address() + "]:" + host.port()),
            ShellQuote.quote(old.get(0).file().toString()),
            trust(type));
  }

  private String unknown(String type, byte[] key, List<Entry> entries) {
    String others =
        entries.stream()
            .filter(Entry::plain)
            .map(e -> e.type() + " (" + e.where() + ")")
            .collect(Collectors.joining(", "));
    boolean authority = entries.stream().anyMatch(e -> e.marker().equals("@cert-authority"));
    return """
        its host key is not known.
          it shows:   %s %s
          looked in:  %s%s%s
        Compare the fingerprint with the host's own (ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub \
        there), then trust it:
          %s"""
        .formatted(
            type,
            fingerprint(key),
            host.knownHosts().stream().map(Path::toString).collect(Collectors.joining(", ")),
            others.isEmpty() ? "" : "\n  known are only: " + others,
            authority ? "\n  (@cert-authority lines are not used: add the host's own key)" : "",
            trust(type));
  }

  private String trust(String type) {
    String file = ShellQuote.quote(host.knownHosts().get(0).toString());
    String address = ShellQuote.quote(host.address());
    return host.jump()
        .map(
            j ->
                "ssh -o UserKnownHostsFile=%s -J %s@%s:%d -p %d %s@%s true"
                    .formatted(
                        file, j.user(), j.address(), j.port(), host.port(), host.user(), address))
        .orElse(
            "ssh-keyscan -p %d -t %s %s >> %s"
                .formatted(
                    host.port(),
                    type.replace("ssh-", "").replaceAll("ecdsa-.*", "ecdsa"),
                    address,
                    file));
  }

  /** As OpenSSH prints it: SHA256, base64 without padding. */
  static String fingerprint(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
