package dev.molt.runner.module.builtin.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TempfileModuleTest {
  @TempDir Path host;
  private final TempfileModule tempfile = new TempfileModule();
  private ModuleKit kit;

  @BeforeEach
  void open() {
    kit = ModuleKit.local().watching(host);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private static Path path(Outcome outcome) {
    return Path.of(((StrValue) outcome.result().get("path")).text());
  }

  @Test
  void makesAnotherEachTimeForItsUserOnly() throws Exception {
    TempfileModule.Options options =
        OptionsKit.of(tempfile, "path", host, "prefix", "hello.", "suffix", ".bye");
    assertThat(kit.check(tempfile, options).status()).isEqualTo(Status.UNKNOWN);
    Outcome first = kit.apply(tempfile, options);
    assertThat(first.status()).isEqualTo(Status.CHANGED);
    assertThat(path(first).getFileName().toString()).matches("hello\\.[a-z0-9_]{8}\\.bye");
    assertThat(Files.getAttribute(path(first), "unix:mode")).isEqualTo(0100600);
    MapValue result = first.result();
    assertThat(result.get("state")).isEqualTo(Value.of("file"));
    assertThat(result.get("uid")).isEqualTo(Value.of(0));
    assertThat(path(kit.apply(tempfile, options))).isNotEqualTo(path(first));
  }

  @Test
  void makesADirectoryWhereProgramsWould() throws Exception {
    kit.environment(Map.of("TMPDIR", host.toString()));
    Outcome made = kit.apply(tempfile, OptionsKit.of(tempfile, "state", "directory"));
    assertThat(path(made)).isDirectory().hasParent(host);
    assertThat(path(made).getFileName().toString()).startsWith("ansible.");
    assertThat(Files.getAttribute(path(made), "unix:mode")).isEqualTo(040700);
  }

  @Test
  void failsWhereItCannot() {
    assertThatThrownBy(
            () -> kit.apply(tempfile, OptionsKit.of(tempfile, "path", host.resolve("none"))))
        .isInstanceOf(ModuleException.class);
    assertThatThrownBy(() -> kit.apply(tempfile, OptionsKit.of(tempfile, "prefix", "a/b")))
        .hasMessageContaining("no slash");
  }
}
