package dev.molt.dsl.vault;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The parts of an encrypted text: a header line, then hexadecimal lines, which hold three
 * hexadecimal lines once more.
 */
record Envelope(Optional<String> id, Bytes salt, Bytes signature, Bytes encrypted) {
  static final String MARK = "$ANSIBLE_VAULT";
  private static final int LINE = 80;

  /** Bytes that a record may hold; not to be changed. */
  static final class Bytes {
    final byte[] array;

    Bytes(byte[] array) {
      this.array = array;
    }
  }

  /** What keeps a text from being read. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  static Envelope parse(String text) throws Malformed {
    List<String> lines = text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    if (lines.isEmpty() || !lines.get(0).startsWith(MARK + ";")) {
      throw new Malformed("it does not begin with '" + MARK + ";'");
    }
    String[] header = lines.get(0).split(";", -1);
    if (header.length < 3 || !List.of("1.1", "1.2").contains(header[1].strip())) {
      throw new Malformed("its header names no known version: 1.1 and 1.2 are");
    } else if (!header[2].strip().equals("AES256")) {
      throw new Malformed(
          "it uses the cipher '" + header[2].strip() + "': only AES256 is supported");
    }
    Optional<String> id =
        header.length > 3
            ? Optional.of(header[3].strip()).filter(i -> !i.isEmpty())
            : Optional.empty();
    byte[] body = unhex(String.join("", lines.subList(1, lines.size())));
    String[] parts = new String(body, StandardCharsets.US_ASCII).split("\n", -1);
    if (parts.length != 3) {
      throw new Malformed("it is cut off or damaged");
    }
    return new Envelope(
        id, new Bytes(unhex(parts[0])), new Bytes(unhex(parts[1])), new Bytes(unhex(parts[2])));
  }

  /** With line breaks every 80 characters, and one at the end. */
  String text() {
    HexFormat hex = HexFormat.of();
    String inner =
        String.join(
            "\n",
            hex.formatHex(salt.array),
            hex.formatHex(signature.array),
            hex.formatHex(encrypted.array));
    String body = hex.formatHex(inner.getBytes(StandardCharsets.US_ASCII));
    StringBuilder text = new StringBuilder(MARK);
    text.append(id.map(i -> ";1.2;AES256;" + i).orElse(";1.1;AES256")).append('\n');
    for (int i = 0; i < body.length(); i += LINE) {
      text.append(body, i, Math.min(i + LINE, body.length())).append('\n');
    }
    return text.toString();
  }

  private static byte[] unhex(String digits) throws Malformed {
    try {
      return HexFormat.of().parseHex(digits);
    } catch (IllegalArgumentException e) {
      throw new Malformed("it is cut off or damaged");
    }
  }

  boolean isSignedBy(VaultKeys keys) {
    return java.security.MessageDigest.isEqual(keys.sign(encrypted.array), signature.array);
  }
}
