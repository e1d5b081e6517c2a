package dev.molt.dsl.value;

import java.util.Objects;

/**
 * A text. A secret text behaves as any other wherever it is used; what is made of it is secret too,
 * and where it would be shown, it is masked. Two texts are equal whether they are secret or not.
 */
public final class StrValue implements Value {
  public static final StrValue EMPTY = new StrValue("");

  private final String text;
  private final boolean secret;
  private final String ciphertext;

  public StrValue(String text) {
    this(text, false, null);
  }

  private StrValue(String text, boolean secret, String ciphertext) {
    this.text = Objects.requireNonNull(text);
    this.secret = secret;
    this.ciphertext = ciphertext;
  }

  public static StrValue secret(String text) {
    return new StrValue(text, true, null);
  }

  /** A secret that was written encrypted, with what was written. */
  public static StrValue decrypted(String text, String ciphertext) {
    return new StrValue(text, true, ciphertext);
  }

  /** An encrypted text that counts as a value written encrypted, though its content is unknown. */
  public static StrValue encrypted(String ciphertext) {
    return new StrValue(ciphertext, false, ciphertext);
  }

  public String text() {
    return text;
  }

  public boolean secret() {
    return secret;
  }

  /** What was written where the text was written encrypted, else null. */
  public String ciphertext() {
    return ciphertext;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StrValue that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** For the debugger and for test failures; never the text of a secret. */
  @Override
  public String toString() {
    return secret ? "'********'" : "'" + text + "'";
  }
}
