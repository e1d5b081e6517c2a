package dev.molt.runner.module.builtin.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.builtin.CopyModule;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlurpModuleTest {
  @TempDir Path host;
  private final SlurpModule slurp = new SlurpModule();
  private ModuleKit kit;

  @BeforeEach
  void open() {
    kit = ModuleKit.local().watching(host);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private SlurpModule.Options options(Path path) {
    return OptionsKit.of(slurp, "src", path);
  }

  @Test
  void givesTheBytes() throws Exception {
    Path file = Files.write(host.resolve("a b"), new byte[] {0, (byte) 0xFF, 'x', '\n'});
    MapValue result = kit.unchanged(slurp, options(file)).applied().result();
    assertThat(result.get("content")).isEqualTo(Value.of("AP94Cg=="));
    assertThat(result.get("encoding")).isEqualTo(Value.of("base64"));
    assertThat(result.get("source")).isEqualTo(Value.of(file.toString()));
    assertThat(kit.apply(slurp, options(Path.of("/proc/mounts"))).result().get("content"))
        .isNotEqualTo(Value.of(""));
  }

  @Test
  void saysWhyNot() throws Exception {
    Path file = ModuleKit.write(host.resolve("file"), "x");
    assertThatThrownBy(() -> kit.apply(slurp, options(host.resolve("none"))))
        .hasMessage("file not found: " + host.resolve("none"));
    assertThatThrownBy(() -> kit.apply(slurp, options(host)))
        .hasMessage("source is a directory and must be a file: " + host);
    assertThatThrownBy(() -> kit.apply(slurp, options(file.resolve("below"))))
        .hasMessageStartingWith("unable to slurp file: ")
        .hasMessageContaining("Not a directory");
    try (ModuleKit nobody = ModuleKit.local("nobody")) {
      assertThatThrownBy(() -> nobody.apply(slurp, options(file)))
          .hasMessage("file is not readable: " + file);
    }
  }

  @Test
  void aCheckSeesWhatWouldBeThere() throws Exception {
    Path file = host.resolve("new");
    CopyModule copy = new CopyModule();
    kit.check(copy, OptionsKit.of(copy, "content", "hello", "dest", file));
    assertThat(kit.check(slurp, options(file)).result().get("content"))
        .isEqualTo(Value.of("aGVsbG8="));
    Path big = ModuleKit.write(host.resolve("big"), "x".repeat(200_000));
    kit.check(copy, OptionsKit.of(copy, "src", big, "dest", host.resolve("big2")));
    assertThat(kit.check(slurp, options(host.resolve("big2"))).status()).isEqualTo(Status.UNKNOWN);
  }
}
