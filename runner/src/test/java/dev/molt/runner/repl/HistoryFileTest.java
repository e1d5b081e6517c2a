package dev.molt.runner.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  @TempDir Path folder;

  private HistoryFile of(String... inventories) {
    return HistoryFile.of(List.of(inventories), Map.of("XDG_STATE_HOME", folder.toString()));
  }

  @Test
  void everyInventoryHasItsOwn() {
    assertThat(of("inventory/prod.yml").path().getParent()).isEqualTo(folder.resolve("molt"));
    assertThat(of("inventory/prod.yml").path().getFileName().toString())
        .matches("repl-prod\\.yml-[0-9a-f]{8}");
    assertThat(of("inventory/prod.yml").path())
        .isEqualTo(of(Path.of("inventory/prod.yml").toAbsolutePath().toString()).path())
        .isNotEqualTo(of("other/prod.yml").path());
    assertThat(of("a,b,").path().toString()).contains("repl-hosts-");
    assertThat(HistoryFile.of(List.of(), Map.of("HOME", "/home/x")).path().toString())
        .startsWith("/home/x/.local/state/molt/repl-localhost-");
  }

  @Test
  void linesComeBackAsTheyWere() throws IOException {
    HistoryFile file = of("a,");
    assertThat(file.lines()).isEmpty();
    List<String> lines = List.of("ping", "debug:\n  msg: 'a\\nb'\n", "! echo \\\\ ü");
    lines.forEach(file::add);
    assertThat(of("a,").lines()).isEqualTo(lines);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path().getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void itDoesNotGrowForEver() throws IOException {
    HistoryFile file = of("a,");
    for (int i = 0; i <= 2000; i++) {
      file.add("line " + i);
    }
    assertThat(file.lines()).hasSize(1000).startsWith("line 1001").endsWith("line 2000");
    assertThat(file.lines()).hasSize(1000);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
  }

  @Test
  void whereItCannotBeWrittenItIsDoneWithout() throws IOException {
    Path inTheWay = folder.resolve("molt");
    Files.writeString(inTheWay, "no folder");
    of("a,").add("ping");
    assertThat(of("a,").lines()).isEmpty();
  }
}
