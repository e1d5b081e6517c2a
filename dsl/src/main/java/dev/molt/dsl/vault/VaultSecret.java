package dev.molt.dsl.vault;

import dev.molt.dsl.source.Diagnostic;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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

  public static VaultSecret of(String id, String password) {
    return of(id, password.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A secret out of a password file: line breaks at both ends are no part of the password.
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
      throw Diagnostic.error("the vault password '" + id + "' is empty").asException();
    }
    return new VaultSecret(id, Arrays.copyOfRange(password, start, end));
  }

  private static boolean isBreak(byte b) {
    return b == '\n' || b == '\r';
  }

  public String id() {
    return id;
  }

  byte[] password() {
    return password.clone();
  }

  @Override
  public String toString() {
    return "VaultSecret[" + id + "]";
  }
}
