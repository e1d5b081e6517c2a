package dev.molt.runner.module.builtin.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchModuleTest {
  @TempDir Path here;
  @TempDir Path host;
  private final FetchModule fetch = new FetchModule();
  private ModuleKit kit;

  @BeforeEach
  void open() {
    kit = ModuleKit.local().watching(here, host);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private FetchModule.Options options(Object... given) {
    return OptionsKit.of(fetch, given);
  }

  @Test
  void keepsAFileBelowItsHostsName() throws Exception {
    Path file = ModuleKit.write(host.resolve("a b"), "test");
    FetchModule.Options options = options("src", file, "dest", here);
    assertThat(kit.check(fetch, options).status()).isEqualTo(Status.UNKNOWN);
    Outcome first = kit.apply(fetch, options);
    assertThat(first.status()).isEqualTo(Status.CHANGED);
    Path kept = Path.of(here + "/testhost" + file);
    assertThat(kept).hasContent("test");
    assertThat(first.result().get("checksum"))
        .isEqualTo(Value.of("a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"));
    assertThat(first.result().get("remote_checksum")).isEqualTo(first.result().get("checksum"));
    assertThat(first.result().get("dest")).isEqualTo(Value.of(kept.toString()));
    Outcome again = kit.apply(fetch, options);
    assertThat(again.status()).isEqualTo(Status.OK);
    assertThat(again.result().get("checksum")).isEqualTo(first.result().get("checksum"));
    assertThat(again.result().get("md5sum"))
        .isEqualTo(Value.of("098f6bcd4621d373cade4e832627b4f6"));
    assertThat(kit.roundTrips()).isEqualTo(1);
  }

  @Test
  void aLongFileComesInPieces() throws Exception {
    byte[] bytes = new byte[(8 << 20) * 2 + 12345];
    new Random(1).nextBytes(bytes);
    Path file = Files.write(host.resolve("big"), bytes);
    kit.apply(fetch, options("src", file, "dest", here + "/", "flat", true));
    assertThat(here.resolve("big")).hasSameBinaryContentAs(file);
    assertThat(kit.roundTrips()).isEqualTo(3);
    assertThat(here.toFile().list()).containsExactly("big");
  }

  @Test
  void flatNamesTheFileItself() throws Exception {
    Path file = ModuleKit.write(host.resolve("f"), "x");
    kit.apply(fetch, options("src", file, "dest", here.resolve("new/g"), "flat", true));
    assertThat(here.resolve("new/g")).hasContent("x");
    assertThatThrownBy(() -> kit.apply(fetch, options("src", file, "dest", here, "flat", true)))
        .hasMessageContaining("dest is an existing directory");
    Files.createDirectory(here.resolve("f"));
    assertThatThrownBy(
            () -> kit.apply(fetch, options("src", file, "dest", here + "/", "flat", true)))
        .hasMessageContaining("calculated dest '" + here.resolve("f") + "' is an existing");
  }

  @Test
  void whatCannotBeHadIsAFailureOrNot() throws Exception {
    FetchModule.Options missing = options("src", host.resolve("no"), "dest", here);
    assertThatThrownBy(() -> kit.apply(fetch, missing))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining("the remote file does not exist");
    Outcome ignored =
        kit.apply(
            fetch, options("src", host.resolve("no"), "dest", here, "fail_on_missing", false));
    assertThat(ignored.status()).isEqualTo(Status.OK);
    assertThat(ignored.result().get("msg").toString()).contains("ignored");
    assertThatThrownBy(() -> kit.apply(fetch, options("src", host, "dest", here)))
        .hasMessage("remote file is a directory, fetch cannot work on directories");
    Path file = ModuleKit.write(host.resolve("f"), "x");
    try (ModuleKit nobody = ModuleKit.local("nobody")) {
      assertThatThrownBy(() -> nobody.apply(fetch, options("src", file, "dest", here)))
          .hasMessageStartingWith("file is not readable")
          .hasMessageContaining("Permission denied");
    }
  }

  @Test
  void saysWhatIsWrongWithItsOptions() {
    assertThatThrownBy(() -> kit.apply(fetch, options())).hasMessage("src and dest are required");
    assertThatThrownBy(
            () -> kit.apply(fetch, options("src", ListValue.ofStrings(List.of("a")), "dest", here)))
        .hasMessage("Invalid type supplied for source option, it must be a string");
    assertThatThrownBy(
            () -> kit.apply(fetch, options("src", "/../../etc/passwd", "dest", here.resolve("d"))))
        .hasMessageContaining("Detected directory traversal");
  }
}
