package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.Source;
import dev.molt.dsl.vault.Vault;
import dev.molt.dsl.vault.VaultSecret;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of an edit that is stopped from outside. */
class VaultSignalTest {
  @TempDir private Path folder;

  private static String classPath() {
    return Stream.of(Main.class, Source.class)
        .map(c -> Path.of(c.getProtectionDomain().getCodeSource().getLocation().getPath()))
        .map(Path::toString)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void nothingReadableIsLeftAfterASignal() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("pw"), "geheim");
    Path file = folder.resolve("a.yml");
    Files.writeString(file, Vault.encrypt("one\n", VaultSecret.of("default", "geheim")));
    String before = Files.readString(file);
    Path started = folder.resolve("started");
    Path editor =
        Files.writeString(
            folder.resolve("editor"),
            "#!/bin/sh\necho two >> \"$1\"\necho \"$1\" > %s.new\nmv %s.new %s\nexec sleep 60\n"
                .formatted(started, started, started));
    Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                classPath(),
                Main.class.getName(),
                "vault",
                "edit",
                "--vault-password-file",
                folder.resolve("pw").toString(),
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    builder.environment().put("EDITOR", editor.toString());
    builder.environment().remove("XDG_RUNTIME_DIR");
    Process molt = builder.start();
    try {
      while (!Files.exists(started) && molt.isAlive()) {
        Thread.sleep(20);
      }
      assertThat(started).as(Files.readString(folder.resolve("output"))).exists();
      Path text = Path.of(Files.readString(started).strip());
      assertThat(text).exists().startsWith(temporary);
      ProcessHandle sleeping = molt.descendants().filter(ProcessHandle::isAlive).findAny().get();
      molt.destroy();
      assertThat(molt.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(text).doesNotExist();
      assertThat(text.getParent()).doesNotExist();
      sleeping.onExit().orTimeout(30, TimeUnit.SECONDS).join();
      assertThat(Files.readString(file)).isEqualTo(before);
    } finally {
      molt.destroyForcibly();
    }
  }
}
