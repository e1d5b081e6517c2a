package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Digests and identifiers. */
final class HashFilters implements Library.Group {
  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "md5", "MD5", "sha1", "SHA-1", "sha224", "SHA-224", "sha256", "SHA-256", "sha384",
          "SHA-384", "sha512", "SHA-512");

  /** The namespace in which Ansible makes identifiers. */
  private static final UUID NAMESPACE = UUID.fromString("361e6d51-faec-444a-9079-341386da8e2e");

  @Override
  public void declare(Library.Builder to) {
    to.filter(
        "hash", Params.of("hashtype?"), "the digest in hex, sha1 unless told otherwise", this);
    to.filter("checksum", Params.NONE, "the SHA-1 digest in hex", this);
    to.filter("md5", Params.NONE, "the MD5 digest in hex", this);
    to.filter("sha1", Params.NONE, "the SHA-1 digest in hex", this);
    to.filter("to_uuid", Params.of("namespace?"), "the same UUID for the same text", this);
    to.filter(
        "password_hash",
        Params.of("hashtype?", "salt?", "salt_size?", "rounds?", "ident?"),
        "a password as it stands in /etc/shadow",
        this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    return switch (name) {
      case "hash" -> new StrValue(digest(call.text(0, "sha1"), call.text()));
      case "checksum", "sha1" -> new StrValue(digest("sha1", call.text()));
      case "md5" -> new StrValue(digest("md5", call.text()));
      case "to_uuid" -> new StrValue(uuid(call));
      case "password_hash" ->
          new StrValue(
              Crypt.hash(
                  call.text(),
                  call.text(0, "sha512"),
                  call.text(1),
                  call.number(2, 0),
                  call.number(3, 0),
                  call.text(4, "2b")));
      default -> throw Builtins.undeclared(name);
    };
  }

  static MessageDigest algorithm(String name) {
    try {
      String known = ALGORITHMS.get(name.toLowerCase(Locale.ROOT));
      return MessageDigest.getInstance(known == null ? name : known);
    } catch (NoSuchAlgorithmException e) {
      throw new ValueException("unsupported hash type " + name);
    }
  }

  private static String digest(String name, String text) {
    return HexFormat.of().formatHex(algorithm(name).digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String uuid(Call call) {
    UUID namespace = NAMESPACE;
    if (call.given(0)) {
      try {
        namespace = UUID.fromString(call.text(0));
      } catch (IllegalArgumentException e) {
        throw call.error("Invalid value (" + call.text(0) + ") for namespace: it is not a UUID");
      }
    }
    MessageDigest sha1 = algorithm("sha1");
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(namespace.getMostSignificantBits())
            .putLong(namespace.getLeastSignificantBits())
            .array());
    byte[] hash = sha1.digest(call.text().getBytes(StandardCharsets.UTF_8));
    hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
    hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
    ByteBuffer bytes = ByteBuffer.wrap(hash);
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }
}
