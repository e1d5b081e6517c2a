package dev.molt.dsl.vault;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A vault password and the id by which it is known; {@code default} where it has none. Immutable
 * and thread-safe. Never shows the password.
 */
public final class VaultSecret {
  /** The id of a password that was given without one. */
  public static final String DEFAULT_ID = "default";

  private final String id;
  private final byte[] password;

  private VaultSecret(String id, byte[] password) {
    this.id = id;
    this.password = password;
  }

  /** As below, of a text in UTF-8. */
  public static VaultSecret of(String id, String password) {
    return of(id, password.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A secret; line breaks at both ends are no part of the password.
   *
   * @throws dev.molt.dsl.source.DiagnosticException where nothing is left
   */
  public static VaultSecret of(String id, byte[] password) {
    int start = 0;
    int end = password.length;
    while (end > start && isBreak(password[end - 1])) {
      end--;
    }
    while (start < end && isBreak(password[start])) {
      start++;
    }
    if (start == end) {
      throw empty(id);
    }
    return new VaultSecret(id, Arrays.copyOfRange(password, start, end));
  }

  /**
   * A secret of just these bytes.
   *
   * @throws dev.molt.dsl.source.DiagnosticException where there are none
   */
  public static VaultSecret exactly(String id, byte[] password) {
    if (password.length == 0) {
      throw empty(id);
    }
    return new VaultSecret(id, password.clone());
  }

  private static DiagnosticException empty(String id) {
    return Diagnostic.error("the vault password '" + id + "' is empty").asException();
  }

  private static boolean isBreak(byte b) {
    return b == '\n' || b == '\r';
  }

  public String id() {
    return id;
  }

  /** What the header of a text that it encrypts says: its id, unless that is {@code default}. */
  public Optional<String> label() {
    return Optional.of(id).filter(i -> !i.equals(DEFAULT_ID));
  }

  byte[] password() {
    return password.clone();
  }

  @Override
  public String toString() {
    return "VaultSecret[" + id + "]";
  }
}
