package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.settings.AccessSettings;
import dev.molt.dsl.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordsTest {
  @TempDir Path folder;
  private final List<String> asked = new ArrayList<>();
  private final Deque<String> answers = new ArrayDeque<>();

  private Passwords of(Settings settings) {
    return Passwords.of(
        settings,
        (question, hidden) -> {
          assertThat(hidden).isTrue();
          asked.add(question);
          return Optional.ofNullable(answers.poll());
        });
  }

  private static Settings asking(boolean login, boolean become) {
    return Settings.defaults()
        .with(AccessSettings.ASK_PASS, login, "-k")
        .with(AccessSettings.BECOME_ASK_PASS, become, "-K");
  }

  @Test
  void nobodyIsAskedForNothing() {
    assertThat(of(Settings.defaults())).isEqualTo(Passwords.NONE);
    assertThat(asked).isEmpty();
  }

  @Test
  void questionsAreAnsibles() {
    answers.addAll(List.of("one", "two"));
    assertThat(of(asking(true, true)))
        .isEqualTo(new Passwords(Optional.of("one"), Optional.of("two")));
    assertThat(asked)
        .containsExactly("SSH password: ", "BECOME password[defaults to SSH password]: ");
    asked.clear();
    answers.add("three");
    assertThat(of(asking(false, true)).become()).contains("three");
    assertThat(asked).containsExactly("BECOME password: ");
  }

  @Test
  void thePasswordOfSudoIsThatOfTheLoginUnlessAnotherIsGiven() {
    answers.addAll(List.of("one", ""));
    assertThat(of(asking(true, true)).become()).contains("one");
    answers.add("");
    assertThatThrownBy(() -> of(asking(false, true)))
        .hasMessageContaining("no password was given for 'BECOME password:'");
    assertThatThrownBy(() -> of(asking(true, false)))
        .hasMessageContaining("no password was given for 'SSH password:'");
  }

  @Test
  void filesHoldThemOrPrintThem() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "secret\n");
    Path program = Files.writeString(folder.resolve("program"), "#!/bin/sh\necho said\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Settings settings =
        Settings.defaults()
            .with(AccessSettings.CONNECTION_PASSWORD_FILE, Optional.of(text), "x")
            .with(AccessSettings.BECOME_PASSWORD_FILE, Optional.of(program), "x");
    assertThat(of(settings)).isEqualTo(new Passwords(Optional.of("secret"), Optional.of("said")));
    Files.writeString(program, "#!/bin/sh\nexit 3\n");
    assertThatThrownBy(() -> of(settings)).hasMessageContaining("ended with 3");
    Files.writeString(text, "\n");
    assertThatThrownBy(() -> of(settings)).hasMessageContaining("gives no password");
    Files.delete(text);
    assertThatThrownBy(() -> of(settings)).hasMessageContaining("cannot read the password file");
  }
}
