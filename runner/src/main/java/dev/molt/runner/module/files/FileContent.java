package dev.molt.runner.module.files;

import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a file is to hold, wherever it comes from.
 *
 * @param content the bytes; empty where they are on the host already
 * @param hostPath where on the host
 * @param hashes SHA-1 and MD5, which results show
 * @param bytes the content itself, each byte as one char (ISO-8859-1), where it is at hand and not
 *     too long to be kept for a check's later tasks
 * @param name what the source is called, for a destination that is a directory
 * @param src what the result calls the source
 * @param mode permission bits of the source, for {@code mode: preserve}
 * @param secret whether it must not be shown
 */
public record FileContent(
    Optional<Content> content,
    Optional<String> hostPath,
    long size,
    String sha256,
    Hashes hashes,
    Optional<String> bytes,
    Optional<String> name,
    Optional<String> src,
    Optional<Integer> mode,
    boolean secret) {

  /** Above this a diff of contents helps nobody; Ansible's bound is the same. */
  public static final int TEXT_LIMIT = 104_448;

  /** Vault files begin with this. */
  private static final byte[] VAULT = "$ANSIBLE_VAULT;".getBytes(StandardCharsets.US_ASCII);

  /** Digests, empty where nobody has made them. */
  public record Hashes(Optional<String> sha1, Optional<String> md5) {
    public static final Hashes NONE = new Hashes(Optional.empty(), Optional.empty());
  }

  /** A text, such as a template's. */
  public static FileContent of(String text, Optional<String> name) {
    return of(text.getBytes(StandardCharsets.UTF_8), name, Optional.empty(), Optional.empty());
  }

  /** Bytes, and what is known of where they come from. */
  public static FileContent of(
      byte[] bytes, Optional<String> name, Optional<String> src, Optional<Integer> mode) {
    return new FileContent(
        Optional.of(Content.of(bytes)),
        Optional.empty(),
        bytes.length,
        Digests.hex("sha256", bytes),
        new Hashes(Optional.of(Digests.hex("sha1", bytes)), Optional.of(Digests.hex("md5", bytes))),
        Optional.of(new String(bytes, StandardCharsets.ISO_8859_1)),
        name,
        src,
        mode,
        false);
  }

  /**
   * A file of the controller; its content is read when it is sent, unless it is small.
   *
   * @param decrypt whether to decrypt it if it is a vault file
   * @throws ModuleException if it cannot be read or decrypted
   */
  public static FileContent of(Path file, boolean decrypt, Target target) throws ModuleException {
    try {
      Optional<String> name = Optional.of(file.getFileName().toString());
      Optional<String> src = Optional.of(file.toString());
      Optional<Integer> mode = Optional.of((Integer) Files.getAttribute(file, "unix:mode") & 07777);
      if (decrypt && isVault(file)) {
        byte[] plain = target.decrypt(file, Files.readAllBytes(file));
        return of(plain, name, src, mode).asSecret();
      }
      if (Files.size(file) <= TEXT_LIMIT) {
        return of(Files.readAllBytes(file), name, src, mode);
      }
      MessageDigest sha256 = Digests.sha256();
      MessageDigest sha1 = Digests.sha1();
      MessageDigest md5 = Digests.md5();
      Content content = Content.of(file);
      Digests.update(file, sha256, sha1, md5);
      return new FileContent(
          Optional.of(content),
          Optional.empty(),
          content.length(),
          Digests.hex(sha256),
          new Hashes(Optional.of(Digests.hex(sha1)), Optional.of(Digests.hex(md5))),
          Optional.empty(),
          name,
          src,
          mode,
          false);
    } catch (IOException e) {
      throw new ModuleException("cannot read " + file + " on the controller: " + e.getMessage(), e);
    }
  }

  /** The same, never to be shown. */
  public FileContent asSecret() {
    return new FileContent(content, hostPath, size, sha256, hashes, bytes, name, src, mode, true);
  }

  /** Whether a file of the controller is encrypted with vault. */
  static boolean isVault(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(VAULT.length), VAULT);
    }
  }

  /** The content where it is text of up to {@link #TEXT_LIMIT} bytes. */
  public Optional<String> text() {
    return bytes.flatMap(b -> text(b.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** How a content shows in a diff. */
  public String shown() {
    return text().orElseGet(() -> summary(sha256, size));
  }

  /** How a content shows that is too long or no text. */
  public static String summary(String sha256, long size) {
    return "sha256:" + sha256 + " (" + size + " bytes)";
  }

  /** The bytes as text, where they are that and few. */
  static Optional<String> text(byte[] bytes) {
    if (bytes.length > TEXT_LIMIT) {
      return Optional.empty();
    }
    for (byte b : bytes) {
      if (b == 0) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
