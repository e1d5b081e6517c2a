package dev.molt.runner.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.Source;
import dev.molt.runner.cli.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainConsoleTest {
  @TempDir Path folder;

  @Test
  void whereSomebodySitsWatchingNeedsNoEnd() throws Exception {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(shown, false, StandardCharsets.UTF_8);
    PlainConsole console =
        new PlainConsole(
            out, out, new Style(false, false), Optional.of(question -> Optional.of("")));
    try (Repl repl = new Repl(StartKit.local(folder, "n1,"), console)) {
      Thread session =
          new Thread(() -> repl.run(Source.inline("line", ":watch 5ms ! echo tick")), "session");
      session.start();
      while (session.isAlive() && !shown.toString(StandardCharsets.UTF_8).contains("n1: tick")) {
        Thread.sleep(5);
      }
      assertThat(session.isAlive()).as(shown.toString(StandardCharsets.UTF_8)).isTrue();
      repl.interrupt();
      session.join(Duration.ofSeconds(60).toMillis());
      assertThat(session.isAlive()).isFalse();
    }
  }
}
