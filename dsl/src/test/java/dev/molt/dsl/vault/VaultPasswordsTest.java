package dev.molt.dsl.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.source.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords from files, programs and people. */
class VaultPasswordsTest {
  @TempDir private Path folder;

  private final List<String> questions = new ArrayList<>();
  private final Deque<String> answers = new ArrayDeque<>();
  private final List<String> warnings = new ArrayList<>();
  private final VaultPasswords passwords =
      new VaultPasswords(
          "default",
          name -> folder.resolve(name),
          question -> {
            questions.add(question);
            return Optional.ofNullable(answers.poll());
          },
          (Diagnostic warning) -> warnings.add(warning.message()));

  private List<String> load(String... ids) {
    return passwords.load(ids(ids)).stream().map(VaultPasswordsTest::shown).toList();
  }

  private static List<VaultId> ids(String... ids) {
    return Arrays.stream(ids).map(VaultId::parse).toList();
  }

  private static String shown(VaultSecret secret) {
    return secret.id() + "=" + new String(secret.password(), StandardCharsets.UTF_8);
  }

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Path program(String name, String script) throws IOException {
    Path file = file(name, "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void filesHoldPasswords() throws IOException {
    file("a", "geheim\n");
    file("b", "\n  two words \r\n\n");
    assertThat(load("a", "prod@b", "@a"))
        .containsExactly("default=geheim", "prod=two words", "default=geheim");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aFileMayBeEncryptedWithAPasswordBeforeIt() throws IOException {
    file("first", "geheim");
    file("second", Vault.encrypt("inner\n", Vectors.GEHEIM) + "\n");
    assertThat(load("first", "in@second")).containsExactly("default=geheim", "in=inner");
    assertThat(load("in@second", "first")).containsExactly("default=geheim");
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).startsWith("Error getting vault password file (in): ");
  }

  @Test
  void programsPrintPasswords() throws IOException {
    program("script", "echo \" from $#\"");
    program("keyring-client", "echo \"got $*\"");
    program("keyring-client.sh", "echo \"got $*\"");
    assertThat(load("script", "prod@keyring-client", "keyring-client", "dev@keyring-client.sh"))
        .containsExactly(
            "default= from 0",
            "prod=got --vault-id prod",
            "default=got ",
            "dev=got --vault-id dev");
  }

  @Test
  void programsAreRunUnderTheNameThatWasGiven() throws IOException {
    program("real", "echo \"$(basename \"$0\")\"");
    Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("real"));
    assertThat(load("linked", "real")).containsExactly("default=linked", "default=real");
  }

  @Test
  void peopleAreAsked() {
    answers.addAll(List.of(" one ", "two"));
    assertThat(load("prod@prompt", "prompt")).containsExactly("prod=one", "default=two");
    assertThat(questions).containsExactly("Vault password (prod): ", "Vault password (default): ");
    questions.clear();
    answers.addAll(List.of("three"));
    assertThat(shown(passwords.load(List.of(VaultId.ask("default"))).get(0)))
        .isEqualTo("default=three");
    assertThat(questions).containsExactly("Vault password: ");
  }

  @Test
  void whatIsToBeNewIsAskedForTwice() {
    answers.addAll(List.of("one", "one", "two", "two"));
    List<VaultId> ids = List.of(VaultId.parse("prod@prompt"), VaultId.ask("default"));
    assertThat(passwords.loadNew(ids)).hasSize(2);
    assertThat(questions)
        .containsExactly(
            "New vault password (prod): ",
            "Confirm new vault password (prod): ",
            "New Vault password: ",
            "Confirm New Vault password: ");
    answers.addAll(List.of("one", "two"));
    assertThatThrownBy(() -> passwords.loadNew(ids)).hasMessage("Passwords do not match");
    assertThatThrownBy(() -> passwords.load(ids)).hasMessage("Invalid vault password was provided");
  }

  @Test
  void onePasswordThatCanBeHadIsEnough() throws IOException {
    file("good", "geheim");
    file("empty", "\n");
    assertThat(load("id1@nowhere", "id2@empty", "id3@good")).containsExactly("id3=geheim");
    assertThat(warnings)
        .containsExactly(
            "Error getting vault password file (id1): The vault password file %s was not found"
                .formatted(folder.resolve("nowhere")),
            "Error getting vault password file (id2): Invalid vault password was provided from file"
                + " (%s)".formatted(folder.resolve("empty")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nowhere | The vault password file F/nowhere was not found",
        "folder | The vault password file provided 'F/folder' can not be a directory",
        "empty | Invalid vault password was provided from file (F/empty)",
        "silent | Invalid vault password was provided from script (F/silent)",
        "fails | Vault password script F/fails returned non-zero (3)",
        "a@no-client | Vault password client script F/no-client did not find a secret for"
            + " vault-id=a",
        "a@bad-client | Vault password client script F/bad-client returned non-zero (1) when"
            + " getting secret for vault-id=a",
      })
  void otherwiseTheErrorSaysWhy(String id, String message) throws IOException {
    Files.createDirectory(folder.resolve("folder"));
    file("empty", "");
    program("silent", "true");
    program("fails", "exit 3");
    program("no-client", "exit 2");
    program("bad-client", "exit 1");
    String of = id.startsWith("a@") ? "(a): " : "(default): ";
    assertThatThrownBy(() -> load(id))
        .hasMessage(
            "Error getting vault password file " + of + message.replace("F/", folder + "/"));
    assertThat(warnings).isEmpty();
  }

  @Test
  void aFileThatIsNoProgramMayNotBeExecutable() throws IOException {
    Path file = file("password", "geheim\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    assertThatThrownBy(() -> load("password"))
        .hasMessageContaining("Problem running vault password script " + file)
        .hasMessageNotContaining("geheim");
  }

  @Test
  void whatCannotStandInAHeaderIsNoId() {
    assertThatThrownBy(() -> VaultId.parse("a;b@c"))
        .hasMessageContaining("The character ';' is not allowed in vault ids");
    assertThat(VaultId.parse("a@b@c").source()).isEqualTo("b@c");
  }
}
