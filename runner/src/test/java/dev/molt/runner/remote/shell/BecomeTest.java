package dev.molt.runner.remote.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.runner.remote.BecomeException;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Becoming another user, with stand-ins for sudo, su and doas that talk as the real ones do. */
class BecomeTest {
  private static final Identity WITH_PASSWORD = Identity.sudo("root", Optional.of("it's secret"));

  @TempDir Path bin;
  private final ShellPool pool = new ShellPool("web1", this::start);

  @AfterEach
  void close() {
    pool.close();
  }

  private ShellChannel start(String command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    Process process = builder.start();
    return new ShellChannel() {
      @Override
      public OutputStream stdin() {
        return process.getOutputStream();
      }

      @Override
      public InputStream stdout() {
        return process.getInputStream();
      }

      @Override
      public InputStream stderr() {
        return process.getErrorStream();
      }

      @Override
      public boolean connected() {
        return true;
      }

      @Override
      public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    };
  }

  private void program(String name, String text) throws IOException {
    Path file = bin.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Asks up to three times by the prompt it was given, then runs its command. */
  private void sudoThatAsks() throws IOException {
    program(
        "sudo",
        """
        echo "$*" >%s/args
        while :; do
          case $1 in -p) prompt=$2; shift 2;; -u) user=$2; shift 2;; -*) shift;; *) break;; esac
        done
        echo 'We trust you have received the usual lecture: respect.' >&2
        for i in 1 2 3; do
          printf %%s "$prompt" >&2
          read -r given
          [ "$given" = "it's secret" ] && exec env BECAME=$user "$@"
          echo 'Sorry, try again.' >&2
        done
        echo 'sudo: 3 incorrect password attempts' >&2
        exit 1
        """
            .formatted(bin));
  }

  @Test
  void givesThePasswordWhenAskedAndNeverAsAnArgument() throws Exception {
    sudoThatAsks();
    Shell shell = pool.shell(WITH_PASSWORD);
    assertThat(shell.run(Script.of("echo $BECAME; cat")).out()).isEqualTo("root\n");
    assertThat(Files.readString(bin.resolve("args"))).contains("-S").doesNotContain("secret");
    assertThat(pool.shell(WITH_PASSWORD)).isSameAs(shell);
    assertThat(pool.shell(Identity.LOGIN)).isNotSameAs(shell);
  }

  @Test
  void doesNotNeedToBeAsked() throws Exception {
    program(
        "sudo", "while :; do case $1 in -p|-u) shift 2;; -*) shift;; *) exec \"$@\";; esac; done");
    assertThat(pool.shell(WITH_PASSWORD).run(Script.of("echo hi; cat")).out()).isEqualTo("hi\n");
  }

  @Test
  void triesAWrongPasswordOnceAndNeverShowsIt() throws Exception {
    sudoThatAsks();
    assertThatThrownBy(() -> pool.shell(Identity.sudo("root", Optional.of("wrong-one"))))
        .isInstanceOf(BecomeException.class)
        .hasMessageContaining("web1: cannot become root by sudo")
        .hasMessageContaining("Sorry, try again.")
        .hasMessageContaining("ansible_become_password")
        .message()
        .doesNotContain("wrong-one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sudo: a password is required | give a become password",
        "sudo: sorry, you must have a tty to run sudo | requiretty",
        "deploy is not in the sudoers file. | allow it in the host's sudoers",
        "sudo: unknown user root | create the user root",
      })
  void repeatsTheRefusalAndSaysWhatToDo(String words, String advice) throws Exception {
    program("sudo", "echo '" + words + "' >&2; exit 1");
    assertThatThrownBy(() -> pool.shell(Identity.sudo("root", Optional.empty())))
        .isInstanceOf(BecomeException.class)
        .hasMessageContaining(words)
        .hasMessageContaining(advice);
  }

  @Test
  void saysThatSudoIsMissing() throws Exception {
    program("sudo", "echo \"sh: 1: exec: sudo: not found\" >&2; exit 127");
    assertThatThrownBy(() -> pool.shell(WITH_PASSWORD))
        .isInstanceOf(BecomeException.class)
        .hasMessageContaining("install it on the host");
  }

  @Test
  void answersSuInWhicheverLanguageItAsks() throws Exception {
    program(
        "su",
        "printf 'Passwort: ' >&2; read -r p; [ \"$p\" = geheim ] || exit 1; echo >&2; shift 2;"
            + " [ \"$1\" = -c ] && exec sh -c \"$2\"");
    Identity su = new Identity(Optional.of(Identity.Method.SU), "db", Optional.of("geheim"));
    assertThat(pool.shell(su).run(Script.of("echo 'it works'")).out()).isEqualTo("it works\n");
  }

  @Test
  void saysThatDoasTakesNoPassword() throws Exception {
    program("doas", "echo 'doas: Authorization required' >&2; exit 1");
    Identity doas = new Identity(Optional.of(Identity.Method.DOAS), "db", Optional.of("x"));
    assertThatThrownBy(() -> pool.shell(doas))
        .isInstanceOf(BecomeException.class)
        .hasMessageContaining("nopass");
  }
}
