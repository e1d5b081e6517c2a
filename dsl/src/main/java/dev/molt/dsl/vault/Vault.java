package dev.molt.dsl.vault;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Writes what {@code ansible-vault} does: AES-256 in counter mode, authenticated, under keys made
 * of a password. {@link VaultSecrets} reads it. Thread-safe. Costs 30000 rounds of HMAC, some 50
 * ms.
 */
public final class Vault {
  private static final int SALT = 32;

  /** Made when first needed: gathering randomness takes time at start. */
  private static final class Random {
    static final SecureRandom RANDOM = new SecureRandom();
  }

  private Vault() {}

  /** Whether a text is encrypted, going by how it begins. */
  public static boolean isEncrypted(String text) {
    return text.startsWith(Envelope.MARK);
  }

  public static boolean isEncrypted(byte[] content) {
    String mark = Envelope.MARK;
    if (content.length < mark.length()) {
      return false;
    }
    for (int i = 0; i < mark.length(); i++) {
      if (content[i] != mark.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Encrypts under a secret; the header names the secret's id unless it is {@code default}. */
  public static String encrypt(byte[] content, VaultSecret secret) {
    return encrypt(content, secret, secret.label(), Optional.empty());
  }

  /**
   * Encrypts.
   *
   * @param id what the header says; without one the text is of version 1.1
   * @param salt any bytes but none; a fresh random one where it is not given. The same salt for the
   *     same content gives the same text, which tells that it is the same
   */
  public static String encrypt(
      byte[] content, VaultSecret secret, Optional<String> id, Optional<byte[]> salt) {
    byte[] used = salt.orElse(null);
    if (used == null) {
      used = new byte[SALT];
      Random.RANDOM.nextBytes(used);
    }
    VaultKeys keys = new VaultKeys(secret.password(), used);
    byte[] encrypted = keys.encrypt(content);
    return new Envelope(
            id,
            new Envelope.Bytes(used),
            new Envelope.Bytes(keys.sign(encrypted)),
            new Envelope.Bytes(encrypted))
        .text();
  }

  /** Encrypts a text as UTF-8. */
  public static String encrypt(String text, VaultSecret secret) {
    return encrypt(text.getBytes(StandardCharsets.UTF_8), secret);
  }
}
