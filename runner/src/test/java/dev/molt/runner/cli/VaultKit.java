package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code molt vault} in a folder with two password files, {@code pw} and {@code other}. */
abstract class VaultKit {
  @TempDir Path folder;

  final Map<String, String> environment = new HashMap<>();
  final Deque<String> answers = new ArrayDeque<>();
  final List<String> questions = new ArrayList<>();
  String input = "";
  byte[] out;
  String err;

  @BeforeEach
  void passwords() throws IOException {
    file("pw", "geheim\n");
    file("other", "hunter22\n");
  }

  Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  /** Words in which F/ stands for the folder. */
  int molt(String... words) {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    PrintStream errors = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
    VaultCommand command =
        new VaultCommand(
            new PrintStream(outBytes, true, StandardCharsets.UTF_8),
            errors,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            Settings.load(environment, folder),
            (question, hidden) -> {
              questions.add((hidden ? "*" : "") + question);
              return Optional.ofNullable(answers.poll());
            });
    int status;
    try {
      status =
          command.execute(Arrays.stream(words).map(w -> w.replace("F/", folder + "/")).toList());
    } catch (DiagnosticException e) {
      e.diagnostics().forEach(d -> errors.print(DiagnosticFormatter.format(d)));
      status = 1;
    }
    out = outBytes.toByteArray();
    err = errBytes.toString(StandardCharsets.UTF_8).replace(folder + "/", "F/");
    return status;
  }

  String printed() {
    return new String(out, StandardCharsets.UTF_8);
  }

  /** An editor that is a shell script; $1 is the file. */
  void editor(String script) throws IOException {
    Path editor = file("editor", "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
    environment.put("EDITOR", editor.toString());
  }

  String view(String name, String password) {
    assertThat(molt("view", "--vault-password-file", "F/" + password, "F/" + name))
        .as(err)
        .isZero();
    return printed();
  }
}
