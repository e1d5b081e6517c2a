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

  public StrValue(String text) {
    this(text, false);
  }

  private StrValue(String text, boolean secret) {
    this.text = Objects.requireNonNull(text);
    this.secret = secret;
  }

  public static StrValue secret(String text) {
    return new StrValue(text, true);
  }

  public String text() {
    return text;
  }

  public boolean secret() {
    return secret;
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
