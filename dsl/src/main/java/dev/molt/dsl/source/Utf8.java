package dev.molt.dsl.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Decodes files strictly: a text with replaced characters would be installed as such. */
final class Utf8 {
  private Utf8() {}

  static Source decode(String name, byte[] bytes) {
    if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
      throw refuse(Source.inline(name, "").at(0, 1), "the file is in UTF-16", "UTF-16");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      in.position(3);
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      String rest = new String(bytes, in.position(), in.remaining(), StandardCharsets.ISO_8859_1);
      String message =
          String.format(
              Locale.ROOT,
              "the file is not in UTF-8: the byte 0x%02X is no part of a character",
              bytes[in.position()] & 0xFF);
      // What follows is shown as Latin-1, the likeliest guess, so that the place can be recognized.
      throw refuse(Source.inline(name, text + rest).at(text.length(), 1), message, "ISO-8859-1");
    }
    return Source.inline(name, text);
  }

  private static boolean startsWith(byte[] bytes, int... wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static DiagnosticException refuse(Position at, String message, String charset) {
    return Diagnostic.error(at, message)
        .withHint("save it as UTF-8; one way: iconv -f " + charset + " -t UTF-8")
        .asException();
  }
}
