package dev.molt.runner.cli;

import dev.molt.dsl.settings.AccessSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The passwords of a run, asked for once or read from files, however many playbooks there are.
 *
 * @param login to log in with
 * @param become for sudo and the like
 */
record Passwords(Optional<String> login, Optional<String> become) {
  static final Passwords NONE = new Passwords(Optional.empty(), Optional.empty());

  /**
   * @throws DiagnosticException where nobody can be asked, and where a file gives none
   */
  static Passwords of(Settings settings, Asker asker) {
    boolean asked = settings.get(AccessSettings.ASK_PASS);
    Optional<String> login =
        asked
            ? Optional.of(ask(asker, "SSH password: ", Optional.empty()))
            : settings.get(AccessSettings.CONNECTION_PASSWORD_FILE).map(Passwords::read);
    Optional<String> become;
    if (settings.get(AccessSettings.BECOME_ASK_PASS)) {
      String prompt = "BECOME password" + (asked ? "[defaults to SSH password]" : "") + ": ";
      become = Optional.of(ask(asker, prompt, asked ? login : Optional.empty()));
    } else {
      become = settings.get(AccessSettings.BECOME_PASSWORD_FILE).map(Passwords::read);
    }
    return new Passwords(login, become);
  }

  private static String ask(Asker asker, String prompt, Optional<String> fallback) {
    Optional<String> typed = asker.ask(prompt, true).filter(p -> !p.isEmpty());
    return typed
        .or(() -> fallback)
        .orElseThrow(
            () ->
                Diagnostic.error("no password was given for '" + prompt.strip() + "'")
                    .withHint("a password file, the inventory or -e @FILE can hold it, too")
                    .asException());
  }

  /** The text of a file, or what it prints if it can be executed. */
  private static String read(Path file) {
    String text = Files.isExecutable(file) ? printedBy(file) : contentOf(file);
    String password = text.strip();
    if (password.isEmpty()) {
      throw Diagnostic.error("the password file " + file + " gives no password").asException();
    }
    return password;
  }

  private static String contentOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw Diagnostic.error("cannot read the password file " + file).asException();
    }
  }

  private static String printedBy(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toAbsolutePath().toString())
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status == 0) {
        return printed;
      }
      throw Diagnostic.error("the password program " + program + " ended with " + status)
          .asException();
    } catch (IOException e) {
      throw Diagnostic.error("cannot run the password program " + program)
          .withHint("take away its permission to be executed if it holds the password itself")
          .asException();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Diagnostic.error("interrupted while " + program + " ran").asException();
    }
  }
}
