package dev.molt.dsl.vault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The parts of an encrypted text: a header line, then hexadecimal lines, which hold three
 * hexadecimal lines once more.
 *
 * @param id the vault id that the header names
 */
record Envelope(Optional<String> id, Bytes salt, Bytes signature, Bytes encrypted) {
  static final String MARK = "$ANSIBLE_VAULT";
  private static final int LINE = 80;
  private static final String DAMAGED = "it is cut off or damaged";
  private static final String COPY = "copy it again from where it came";
  private static final String ANEW = "encrypt it anew, with molt vault";

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

    /** Where in the text it is wrong. */
    final int at;

    /** How many characters are. */
    final int length;

    /** What to do about it. */
    final String hint;

    Malformed(String message, int at, int length, String hint) {
      super(message);
      this.at = at;
      this.length = length;
      this.hint = hint;
    }
  }

  static Envelope parse(String text) throws Malformed {
    int start = 0;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    if (!text.startsWith(MARK + ";", start)) {
      throw new Malformed(
          "it does not begin with '" + MARK + ";'",
          start,
          1,
          "molt vault encrypt_string encrypts a value; one that is not encrypted needs no !vault");
    }
    int end = text.indexOf('\n', start);
    end = end < 0 ? text.length() : end;
    String first = text.substring(start, end).strip();
    String[] header = first.split(";", -1);
    if (header.length < 3 || !List.of("1.1", "1.2").contains(header[1].strip())) {
      throw new Malformed(
          "its header names no known version: 1.1 and 1.2 are", start, first.length(), ANEW);
    } else if (!header[2].strip().equals("AES256")) {
      throw new Malformed(
          "it uses the cipher '" + header[2].strip() + "': only AES256 is supported",
          start,
          first.length(),
          ANEW);
    }
    Optional<String> id =
        header.length > 3
            ? Optional.of(header[3].strip()).filter(i -> !i.isEmpty())
            : Optional.empty();
    String[] parts = new String(body(text, end), StandardCharsets.US_ASCII).split("\n", 3);
    if (parts.length != 3) {
      throw new Malformed(DAMAGED, start, MARK.length(), COPY);
    }
    return new Envelope(id, inner(parts[0], start), inner(parts[1], start), inner(parts[2], start));
  }

  /** The hexadecimal lines from {@code from} on. */
  private static byte[] body(String text, int from) throws Malformed {
    byte[] bytes = new byte[(text.length() - from) / 2 + 1];
    int digits = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (HexFormat.isHexDigit(c)) {
        int shift = digits % 2 == 0 ? 4 : 0;
        bytes[digits / 2] |= (byte) (HexFormat.fromHexDigit(c) << shift);
        digits++;
      } else if (!Character.isWhitespace(c)) {
        // In the words of Ansible, which tools look for; so is the one below.
        throw new Malformed(
            "Vault format unhexlify error: Non-hexadecimal digit found",
            i,
            1,
            "take this character away, or " + COPY);
      }
    }
    if (digits % 2 != 0) {
      throw new Malformed(
          "Vault format unhexlify error: Odd-length string: it is cut off",
          text.stripTrailing().length() - 1,
          1,
          COPY);
    }
    return java.util.Arrays.copyOf(bytes, digits / 2);
  }

  private static Bytes inner(String digits, int start) throws Malformed {
    try {
      return new Bytes(HexFormat.of().parseHex(digits));
    } catch (IllegalArgumentException e) {
      throw new Malformed(DAMAGED, start, MARK.length(), COPY);
    }
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
    StringBuilder text = new StringBuilder(body.length() + body.length() / LINE + LINE);
    text.append(MARK).append(id.map(i -> ";1.2;AES256;" + i).orElse(";1.1;AES256")).append('\n');
    for (int i = 0; i < body.length(); i += LINE) {
      text.append(body, i, Math.min(i + LINE, body.length())).append('\n');
    }
    return text.toString();
  }

  boolean isSignedBy(VaultKeys keys) {
    return MessageDigest.isEqual(keys.sign(encrypted.array), signature.array);
  }
}
