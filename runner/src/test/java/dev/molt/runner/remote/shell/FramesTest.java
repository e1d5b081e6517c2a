package dev.molt.runner.remote.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramesTest {
  private static final String NONCE = "0a1b";

  /** What was heard, with frames in braces; the same however the stream was cut. */
  private static String heard(byte[] stream, Random cuts) {
    StringBuilder all = new StringBuilder();
    Frames frames =
        new Frames(
            InputStream.nullInputStream(),
            NONCE,
            new Frames.Listener() {
              @Override
              public void bytes(byte[] buffer, int offset, int length) {
                all.append(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
              }

              @Override
              public void frame(char kind, String rest) {
                all.append('{').append(kind).append('|').append(rest).append('}');
              }

              @Override
              public void ended() {}
            });
    int at = 0;
    while (at < stream.length) {
      int length = Math.min(stream.length - at, 1 + cuts.nextInt(7));
      byte[] piece = java.util.Arrays.copyOfRange(stream, at, at + length);
      frames.accept(piece, length);
      at += length;
    }
    return all.toString();
  }

  @Test
  void findsFramesHoweverTheStreamIsCut() {
    String stream =
        "ab\0\0\0000a\0000a1b:S1:\nx\0000a1b;\0\0000a1b:E1:0\n\n\0000a1b:T:\n\0000a1c:no";
    String expected = "ab\0\0\0000a{S|1:}x\0000a1b;\0{E|1:0}\n{T|:}\0000a1c:no";
    for (int seed = 0; seed < 200; seed++) {
      assertThat(heard(stream.getBytes(StandardCharsets.ISO_8859_1), new Random(seed)))
          .isEqualTo(expected);
    }
  }

  @Test
  void keepsAnyBytes() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[500];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) "\0000a1b\n:".charAt(random.nextInt(7));
      }
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      if (!text.contains("\0000a1b:")) {
        byte[] ended = (text + "z").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(heard(ended, random)).isEqualTo(text + "z");
      }
    }
  }

  @Test
  void bootstrapIsReadAlikeByEveryLoginShell() {
    // csh takes ! for history, even quoted, but not before =.
    assertThat(Bootstrap.TEXT.replace("!=", "")).doesNotContain("'", "!", "\n", "\\\\");
  }
}
