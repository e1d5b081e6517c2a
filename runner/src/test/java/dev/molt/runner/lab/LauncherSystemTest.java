package dev.molt.runner.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher sees to before Java starts. */
@Tag("lab")
class LauncherSystemTest {
  @TempDir private Path folder;

  /** Started by cron or a service, there is no locale, and Java could write no such name. */
  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "C.UTF-8"})
  void namesBeyondAsciiNeedNoLocale(String locale) throws IOException {
    Path playbook =
        Files.writeString(
            folder.resolve("p.yml"),
            """
            - hosts: localhost
              gather_facts: false
              tasks:
                - copy: {src: grün, dest: "%s/größer"}
            """
                .formatted(folder));
    Files.createDirectory(folder.resolve("files"));
    Files.writeString(folder.resolve("files/grün"), "x");
    Command.Result result =
        Command.start(
                List.of("./molt", "run", playbook.toString()),
                Map.of("LC_ALL", locale),
                Cluster.find().root())
            .end(Molt.LIMIT);
    assertThat(result.status()).as(result.toString()).isZero();
    assertThat(folder.resolve("größer")).hasContent("x");
  }
}
