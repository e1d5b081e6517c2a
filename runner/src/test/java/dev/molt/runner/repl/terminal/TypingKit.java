package dev.molt.runner.repl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.runner.cli.Style;
import dev.molt.runner.repl.HistoryFile;
import dev.molt.runner.repl.Start;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;
import org.jline.utils.AttributedString;

/** Somebody who types at a terminal and reads what it shows. */
final class TypingKit implements AutoCloseable {
  /** Nobody waits as long unless something is broken. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static final String TAB = "\t";
  static final String CTRL_C = "\u0003";
  static final String CTRL_D = "\u0004";
  static final String UP = "\u0010";
  static final String LEFT = "\u0002";
  static final String END = "\u0005";

  private final PipedOutputStream keys = new PipedOutputStream();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final Thread session;
  private final ExternalTerminal terminal;
  private int seen;

  TypingKit(Start start, Path history) throws IOException {
    this(start, history, "xterm");
  }

  TypingKit(Start start, Path history, String type) throws IOException {
    this(start, history, type, Size.of(140, 50), new Style(false, false));
  }

  TypingKit(Start start, Path history, String type, Size size, Style style) throws IOException {
    terminal =
        new ExternalTerminal(
            "test", type, new PipedInputStream(keys, 65536), screen, StandardCharsets.UTF_8);
    terminal.setSize(size);
    session =
        new Thread(
            () ->
                new TerminalSession(terminal, start, new HistoryFile(history), style, false).run(),
            "session");
    session.setDaemon(true);
    session.start();
    expect("molt all> ");
  }

  TypingKit type(String text) throws IOException {
    seen = text().length();
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
    return this;
  }

  TypingKit line(String text) throws IOException {
    return type(text + "\r");
  }

  /** Waits until this is shown, after what was typed last. */
  TypingKit expect(String wanted) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!fresh().contains(wanted)) {
      assertThat(Instant.now())
          .as("waiting for '%s', and there is:%n%s", wanted, text())
          .isBefore(end);
      pause();
    }
    return this;
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What is shown since something was typed last. */
  String fresh() {
    String text = text();
    return text.substring(Math.min(seen, text.length()));
  }

  private String text() {
    String raw = screen.toString(StandardCharsets.UTF_8);
    return AttributedString.stripAnsi(raw).replace("\r", "");
  }

  /** What was sent to the terminal, colours and all. */
  String raw() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  /** Waits until the session has ended by itself. */
  void ended() throws InterruptedException {
    session.join(PATIENCE.toMillis());
    assertThat(session.isAlive()).as(text()).isFalse();
  }

  @Override
  public void close() throws IOException {
    keys.write((CTRL_C + CTRL_D).getBytes(StandardCharsets.UTF_8));
    keys.flush();
    try {
      session.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    keys.close();
    terminal.close();
  }
}
