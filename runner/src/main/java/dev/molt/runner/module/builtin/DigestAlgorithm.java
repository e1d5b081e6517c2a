package dev.molt.runner.module.builtin;

import java.util.Locale;

/** Programs of coreutils that make a digest. */
public enum DigestAlgorithm {
  MD5,
  SHA1,
  SHA224,
  SHA256,
  SHA384,
  SHA512;

  /** The program's name without {@code sum}. */
  public String program() {
    return name().toLowerCase(Locale.ROOT);
  }
}
