package dev.molt.runner.module.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests on the controller, as lower-case hex. */
public final class Digests {
  private static final int BUFFER = 64 * 1024;

  private Digests() {}

  /** A new SHA-256. */
  public static MessageDigest sha256() {
    return of("SHA-256");
  }

  /** A new SHA-1: what Ansible's results call a checksum. Nothing relies on its strength. */
  public static MessageDigest sha1() {
    return of("SHA-1");
  }

  /** A new MD5: what results still carry, for those who compare with old lists. */
  public static MessageDigest md5() {
    return of("MD5");
  }

  /** The digest of bytes, by coreutils' name of it, such as {@code sha256}. */
  public static String hex(String name, byte[] bytes) {
    MessageDigest digest = of(name.equals("md5") ? "MD5" : name.replace("sha", "SHA-"));
    digest.update(bytes);
    return hex(digest);
  }

  private static MessageDigest of(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }

  /** The digest of all that was fed to it. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Feeds a file to several digests in one pass. */
  public static void update(Path file, MessageDigest... digests) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      update(in, digests);
    }
  }

  /** Feeds the rest of a stream to several digests; says how many bytes that were. */
  public static long update(InputStream in, MessageDigest... digests) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long total = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      for (MessageDigest digest : digests) {
        digest.update(buffer, 0, n);
      }
      total += n;
    }
    return total;
  }
}
