package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code edit} and {@code create}, with editors that are scripts. */
class VaultEditTest extends VaultKit {
  @Test
  void editingKeepsIdAndModeAndLeavesNothingBehind() throws IOException {
    Path file = file("a.yml", "one\n");
    molt("encrypt", "--vault-id", "prod@F/pw", "F/a.yml");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    editor(
        "stat -c '%a' \"$1\" > F/seen\nstat -c '%a' \"$(dirname \"$1\")\" >> F/seen\n"
                .replace("F", "" + folder)
            + "echo \"$1\" >> F/seen\necho two >> \"$1\"\ncp \"$1\" \"$1~\""
                .replace("F/", folder + "/"));
    assertThat(molt("edit", "--vault-id", "F/other", "--vault-id", "F/pw", "F/a.yml")).isZero();
    assertThat(text("a.yml")).startsWith("$ANSIBLE_VAULT;1.2;AES256;prod\n");
    assertThat(view("a.yml", "pw")).isEqualTo("one\ntwo\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    List<String> seen = text("seen").lines().toList();
    assertThat(seen.subList(0, 2)).containsExactly("600", "700");
    assertThat(seen.get(2)).endsWith("/a.yml");
    assertThat(Path.of(seen.get(2)).getParent()).doesNotExist();
  }

  @Test
  void whatWasNotChangedIsNotEncryptedAgain() throws IOException {
    file("a.yml", "one\n");
    molt("encrypt", "--vault-id", "prod@F/pw", "F/a.yml");
    String before = text("a.yml");
    editor("true");
    assertThat(molt("edit", "--vault-id", "F/pw", "F/a.yml")).isZero();
    assertThat(text("a.yml")).isEqualTo(before);
  }

  @Test
  void anEditorThatFailsSavesNothing() throws IOException {
    file("a.yml", "one\n");
    molt("encrypt", "--vault-id", "prod@F/pw", "F/a.yml");
    String before = text("a.yml");
    editor("echo two >> \"$1\"; echo \"$1\" > F/seen; exit 1".replace("F/", folder + "/"));
    assertThat(molt("edit", "--vault-id", "F/pw", "F/a.yml")).isEqualTo(1);
    assertThat(err).contains("ended with status 1: nothing was saved");
    assertThat(text("a.yml")).isEqualTo(before);
    assertThat(Path.of(text("seen").strip()).getParent()).doesNotExist();
    environment.put("EDITOR", "/no/such/editor -x");
    assertThat(molt("edit", "--vault-id", "F/pw", "F/a.yml")).isEqualTo(1);
    assertThat(err).startsWith("error: Unable to execute the command \"/no/such/editor -x\"\n");
  }

  @Test
  void createWritesANewFile() throws IOException {
    editor("echo new > \"$1\"");
    String[] create = {"create", "--vault-id", "F/pw", "--skip-tty-check", "F/deep/new.yml"};
    assertThat(molt(create)).isZero();
    assertThat(err).isEqualTo("warning: F/deep does not exist, creating...\n");
    assertThat(view("deep/new.yml", "pw")).isEqualTo("new\n");
    assertThat(molt(create)).isEqualTo(1);
    assertThat(err).isEqualTo("error: F/deep/new.yml exists, please use 'edit' instead\n");
    assertThat(molt("create", "--vault-id", "F/pw", "F/other.yml")).isEqualTo(5);
    assertThat(err).isEqualTo("error: not a tty, editor cannot be opened\n");
  }
}
