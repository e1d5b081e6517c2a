package dev.molt.runner.remote.ssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The first field of a line in known_hosts: names with wildcards, or the hash of one. */
sealed interface HostPattern {
  boolean matches(String name);

  /**
   * Reads the field.
   *
   * @throws IllegalArgumentException if a hashed name is malformed
   */
  static HostPattern of(String field) {
    if (field.startsWith("|1|")) {
      String[] parts = field.split("\\|");
      if (parts.length != 4) {
        throw new IllegalArgumentException("malformed hash");
      }
      Base64.Decoder base64 = Base64.getDecoder();
      return new Hashed(base64.decode(parts[2]), base64.decode(parts[3]));
    }
    return new Listed(
        Pattern.compile(",").splitAsStream(field.toLowerCase(Locale.ROOT)).map(Glob::of).toList());
  }

  /** HMAC-SHA1 of the name under a salt; the digest hides names and need not resist forgery. */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  record Hashed(byte[] salt, byte[] digest) implements HostPattern {
    @Override
    public boolean matches(String name) {
      try {
        javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA1");
        mac.init(new javax.crypto.spec.SecretKeySpec(salt, "HmacSHA1"));
        return MessageDigest.isEqual(digest, mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A negated name that matches excludes the host, whatever else matches. */
  record Listed(List<Glob> globs) implements HostPattern {
    @Override
    public boolean matches(String name) {
      boolean found = false;
      for (Glob glob : globs) {
        if (glob.pattern().matcher(name).matches()) {
          if (glob.negated()) {
            return false;
          }
          found = true;
        }
      }
      return found;
    }
  }

  /** One name in a list. */
  record Glob(boolean negated, Pattern pattern) {
    static Glob of(String text) {
      boolean negated = text.startsWith("!");
      StringBuilder regex = new StringBuilder();
      for (char c : text.substring(negated ? 1 : 0).toCharArray()) {
        regex.append(
            switch (c) {
              case '*' -> ".*";
              case '?' -> ".";
              default -> Pattern.quote(String.valueOf(c));
            });
      }
      return new Glob(negated, Pattern.compile(regex.toString()));
    }
  }
}
