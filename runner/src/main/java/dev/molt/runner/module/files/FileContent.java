package dev.molt.runner.module.files;

import dev.molt.runner.module.ModuleException;
import dev.molt.runner.remote.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What a file is to hold, wherever it comes from.
 *
 * @param content the bytes; empty where they are on the host already
 * @param hostPath where on the host
 * @param sha1 empty for what is on the host
 * @param text the content itself where it is text of up to {@link #TEXT_LIMIT} bytes
 * @param name what the source is called, for a destination that is a directory
 * @param mode permission bits of the source, for {@code mode: preserve}
 */
public record FileContent(
    Optional<Content> content,
    Optional<String> hostPath,
    long size,
    String sha256,
    Optional<String> sha1,
    Optional<String> text,
    Optional<String> name,
    Optional<Integer> mode) {

  /** Above this a diff of contents helps nobody. */
  public static final int TEXT_LIMIT = 64 * 1024;

  /** A text, such as a template's. */
  public static FileContent of(String text, Optional<String> name) {
    return of(text.getBytes(StandardCharsets.UTF_8), name, Optional.empty());
  }

  private static FileContent of(byte[] bytes, Optional<String> name, Optional<Integer> mode) {
    MessageDigest sha256 = Digests.sha256();
    MessageDigest sha1 = Digests.sha1();
    sha256.update(bytes);
    sha1.update(bytes);
    return new FileContent(
        Optional.of(Content.of(bytes)),
        Optional.empty(),
        bytes.length,
        Digests.hex(sha256),
        Optional.of(Digests.hex(sha1)),
        text(bytes),
        name,
        mode);
  }

  /**
   * A file of the controller; its content is read when it is sent, unless it is small.
   *
   * @throws ModuleException if it cannot be read
   */
  public static FileContent of(Path file) throws ModuleException {
    try {
      Optional<String> name = Optional.of(file.getFileName().toString());
      Optional<Integer> mode = Optional.of((Integer) Files.getAttribute(file, "unix:mode") & 07777);
      if (Files.size(file) <= TEXT_LIMIT) {
        return of(Files.readAllBytes(file), name, mode);
      }
      MessageDigest sha256 = Digests.sha256();
      MessageDigest sha1 = Digests.sha1();
      Content content = Content.of(file);
      Digests.update(file, sha256, sha1);
      return new FileContent(
          Optional.of(content),
          Optional.empty(),
          content.length(),
          Digests.hex(sha256),
          Optional.of(Digests.hex(sha1)),
          Optional.empty(),
          name,
          mode);
    } catch (IOException e) {
      throw new ModuleException("cannot read " + file + " on the controller: " + e.getMessage(), e);
    }
  }

  /** How a content shows in a diff. */
  public String shown() {
    return text.orElseGet(() -> summary(sha256, size));
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
