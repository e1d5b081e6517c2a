package dev.molt.runner.module.builtin.text;

import dev.molt.runner.module.ModuleException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * How the characters of a file are encoded. As Python does it, a byte that is no part of a
 * character becomes a lone surrogate, and that byte again when the text is written: what an edit
 * does not touch comes through whatever it is.
 */
record Encoding(Charset charset) {
  /** The surrogate of byte 0x80 is this and 0x80. */
  private static final int ESCAPE = 0xDC00;

  /**
   * By Python's name or another usual one.
   *
   * @throws ModuleException if Java knows none of this name
   */
  static Encoding of(String name) throws ModuleException {
    String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
    try {
      return new Encoding(
          switch (plain) {
            case "latin-1", "latin1", "l1" -> StandardCharsets.ISO_8859_1;
            case "ascii" -> StandardCharsets.US_ASCII;
            case "utf8", "u8", "utf-8" -> StandardCharsets.UTF_8;
            default -> Charset.forName(plain);
          });
    } catch (IllegalArgumentException e) {
      throw new ModuleException("unknown encoding: " + name);
    }
  }

  /**
   * Characters of bytes.
   *
   * @param bytes each as one char (ISO-8859-1)
   * @throws ModuleException if a byte below 0x80 is no part of a character
   */
  String decode(String bytes, String path) throws ModuleException {
    ByteBuffer in = ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1));
    CharsetDecoder decoder = charset.newDecoder();
    StringBuilder text = new StringBuilder(in.remaining());
    CharBuffer out = CharBuffer.allocate(8192);
    CoderResult result;
    do {
      result = decoder.decode(in, out, true);
      text.append(out.flip());
      out.clear();
      if (result.isError()) {
        decoder.reset();
        escape(in, result.length(), text, path);
      }
    } while (!result.isUnderflow());
    decoder.flush(out);
    return text.append(out.flip()).toString();
  }

  private void escape(ByteBuffer in, int length, StringBuilder text, String path)
      throws ModuleException {
    for (int i = 0; i < length; i++) {
      int b = in.get() & 0xFF;
      if (b < 0x80) {
        throw new ModuleException("Unable to read the contents of " + path + " as " + charset);
      }
      text.append((char) (ESCAPE + b));
    }
  }

  /**
   * Bytes of characters, each as one char (ISO-8859-1).
   *
   * @param text what to encode
   * @param bytes the file's as it is, which is given back where the text is what it held
   * @param original what those bytes decode to
   * @throws ModuleException if the encoding lacks a character
   */
  String encode(String text, String bytes, String original) throws ModuleException {
    if (text.equals(original)) {
      return bytes;
    }
    StringBuilder out = new StringBuilder(text.length());
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || isEscape(text, i)) {
        append(text.substring(from, i), out);
        from = i + 1;
        if (i < text.length()) {
          out.append((char) (text.charAt(i) - ESCAPE));
        }
      }
    }
    return out.toString();
  }

  private static boolean isEscape(String text, int at) {
    char c = text.charAt(at);
    boolean low = c >= ESCAPE + 0x80 && c <= ESCAPE + 0xFF;
    return low && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  private void append(String text, StringBuilder out) throws ModuleException {
    try {
      ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      out.append(new String(bytes, StandardCharsets.ISO_8859_1));
    } catch (CharacterCodingException e) {
      throw new ModuleException("the result has characters that " + charset + " lacks");
    }
  }
}
