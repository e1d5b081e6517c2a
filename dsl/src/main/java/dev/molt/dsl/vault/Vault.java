package dev.molt.dsl.vault;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.vault.Envelope.Malformed;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Reads and writes what {@code ansible-vault} does: AES-256 in counter mode, authenticated, under
 * keys made of a password. Thread-safe. A decryption costs 30000 rounds of HMAC, some 20 ms.
 */
public final class Vault {
  private static final int SALT = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Vault() {}

  /** Whether a text is encrypted, going by how it begins. */
  public static boolean isEncrypted(String text) {
    return text.stripLeading().startsWith(Envelope.MARK + ";");
  }

  /** As below, for a text that stands in no file. */
  public static String decrypt(String text, List<VaultSecret> secrets) {
    return decrypt(text, TextOrigin.of(Source.inline("vault", text)), secrets);
  }

  /**
   * Decrypts a text.
   *
   * @param origin where it stands, for errors
   * @param secrets are tried in order, those first whose id the text names
   * @throws DiagnosticException where it is damaged, where no secret fits (says which were tried),
   *     and where what comes out is no UTF-8
   */
  public static String decrypt(String text, TextOrigin origin, List<VaultSecret> secrets) {
    byte[] bytes = decryptBytes(text, origin, secrets);
    String decrypted = new String(bytes, StandardCharsets.UTF_8);
    if (decrypted.indexOf('\uFFFD') >= 0) {
      throw error(origin, "what was encrypted is no UTF-8 text").asException();
    }
    return decrypted;
  }

  /** The same for content that need not be text. */
  public static byte[] decryptBytes(String text, TextOrigin origin, List<VaultSecret> secrets) {
    Envelope envelope;
    try {
      envelope = Envelope.parse(text);
    } catch (Malformed e) {
      throw error(origin, "this cannot be decrypted: " + e.getMessage()).asException();
    }
    List<VaultSecret> order = order(envelope.id(), secrets);
    if (order.isEmpty()) {
      throw error(origin, "this is encrypted, and no vault password was given").asException();
    }
    for (VaultSecret secret : order) {
      VaultKeys keys = new VaultKeys(secret.password(), envelope.salt().array);
      if (envelope.isSignedBy(keys)) {
        byte[] plain = keys.decrypt(envelope.encrypted().array);
        if (plain == null) {
          throw error(origin, "this cannot be decrypted: it is damaged").asException();
        }
        return plain;
      }
    }
    List<String> tried = order.stream().map(VaultSecret::id).distinct().toList();
    Diagnostic error =
        error(
            origin,
            "no vault password fits"
                + envelope
                    .id()
                    .map(id -> " this text of vault id '" + id + "'")
                    .orElse(" this text")
                + ", tried: "
                + String.join(", ", tried));
    throw envelope
        .id()
        .filter(id -> !tried.contains(id))
        .map(id -> error.withHint("give the password of '" + id + "'"))
        .orElse(error)
        .asException();
  }

  /** Encrypts a text with a fresh salt; the header names the secret's id unless it is default. */
  public static String encrypt(String text, VaultSecret secret) {
    return encrypt(text.getBytes(StandardCharsets.UTF_8), secret);
  }

  public static String encrypt(byte[] content, VaultSecret secret) {
    byte[] salt = new byte[SALT];
    RANDOM.nextBytes(salt);
    return encrypt(content, secret, salt);
  }

  static String encrypt(byte[] content, VaultSecret secret, byte[] salt) {
    VaultKeys keys = new VaultKeys(secret.password(), salt);
    byte[] encrypted = keys.encrypt(content);
    Optional<String> id = Optional.of(secret.id()).filter(i -> !i.equals(VaultSecret.DEFAULT_ID));
    return new Envelope(
            id,
            new Envelope.Bytes(salt),
            new Envelope.Bytes(keys.sign(encrypted)),
            new Envelope.Bytes(encrypted))
        .text();
  }

  /**
   * What opens encrypted files for {@link dev.molt.dsl.inventory.InventoryLoader}. The sources that
   * it gives are confidential: errors name places in them but do not show their lines.
   */
  public static UnaryOperator<Source> unlocker(List<VaultSecret> secrets) {
    List<VaultSecret> kept = List.copyOf(secrets);
    return source ->
        Source.confidential(source.name(), decrypt(source.text(), TextOrigin.of(source), kept));
  }

  private static List<VaultSecret> order(Optional<String> id, List<VaultSecret> secrets) {
    List<VaultSecret> named =
        secrets.stream().filter(s -> id.isPresent() && s.id().equals(id.get())).toList();
    return new ArrayList<>(
        Stream.concat(named.stream(), secrets.stream().filter(s -> !named.contains(s))).toList());
  }

  private static Diagnostic error(TextOrigin origin, String message) {
    return Diagnostic.error(origin.at(0, Envelope.MARK.length()), message);
  }
}
