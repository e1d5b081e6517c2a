package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.settings.Catalog;
import dev.molt.dsl.settings.RunSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostSummary;
import dev.molt.runner.event.RunListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);

  private String config(Settings settings, String... words) {
    out.reset();
    assertThat(new ConfigCommand(stream, settings).execute(Arrays.asList(words))).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void settingsAreShownWithWhoSaidSo() throws IOException {
    Files.writeString(folder.resolve("ansible.cfg"), "[defaults]\nroles_path = a:b\nfork = 3\n");
    Settings settings =
        Settings.load(Map.of("ANSIBLE_FORKS", "7", "HOME", folder.toString()), folder);
    assertThat(config(settings, "--only-changed"))
        .isEqualTo(
            """
            # read from %s/ansible.cfg
            forks = 7  # ANSIBLE_FORKS
            roles_path = %s/a,%s/b  # %s/ansible.cfg:2:14
            # there is no setting 'fork' in [defaults]
            """
                .replace("%s", folder.toString()));
    assertThat(config(settings).lines().filter(l -> !l.startsWith("#")).count())
        .isEqualTo(Catalog.all().size());
    assertThat(config(settings)).contains("\nremote_user =   # default\n");
  }

  private static HostSummary host(String name, int failed, int unreachable) {
    return new HostSummary(name, 1, 0, 0, unreachable, failed, 0, 0, 0);
  }

  @Test
  void retryFilesNameTheHostsThatFailed() throws IOException {
    Path playbook = folder.resolve("site.yml");
    Settings off = Settings.defaults();
    assertThat(RetryFile.of(playbook, off, stream)).isEmpty();
    Settings on = off.with(RunSettings.RETRY_FILES_ENABLED, true, "x");
    RunListener listener = RetryFile.of(playbook, on, stream).get(0);
    Instant now = Instant.now();
    listener.on(new RunEvent.RunFinished(now, Duration.ZERO, List.of(host("a", 0, 0)), false));
    assertThat(folder.resolve("site.retry")).doesNotExist();
    RunEvent.RunFinished end =
        new RunEvent.RunFinished(
            now, Duration.ZERO, List.of(host("a", 0, 0), host("b", 1, 0), host("c", 0, 1)), false);
    listener.on(end);
    assertThat(folder.resolve("site.retry")).hasContent("b\nc\n");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--limit @" + folder.resolve("site.retry"));
    Settings elsewhere =
        on.with(RunSettings.RETRY_FILES_SAVE_PATH, Optional.of(folder.resolve("r/s")), "x");
    RetryFile.of(playbook, elsewhere, stream).get(0).on(end);
    assertThat(folder.resolve("r/s/site.retry")).hasContent("b\nc\n");
  }
}
