package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.vault.Vault;
import dev.molt.dsl.vault.VaultSecret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with encrypted values and files, from the command line to what is printed. */
class VaultRunTest {
  private static final VaultSecret PROD = VaultSecret.of("prod", "geheim");
  private static final VaultSecret DEFAULT = VaultSecret.of("default", "hunter22");

  @TempDir private Path folder;

  private String out;
  private String err;

  @BeforeEach
  void files() throws IOException {
    file("hosts", "h1 ansible_connection=local\n");
    file("prod", "geheim\n");
    file("other", "hunter22\n");
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String value(String text, VaultSecret secret) {
    return "!vault |\n"
        + Vault.encrypt(text, secret)
            .lines()
            .map(l -> "        " + l + "\n")
            .collect(Collectors.joining());
  }

  private int run(String... more) {
    List<String> words =
        new ArrayList<>(List.of("run", folder.resolve("play.yml").toString(), "-vv"));
    for (String word : more) {
      words.add(word.replace("F/", folder + "/"));
    }
    if (!words.contains("-i")) {
      words.addAll(List.of("-i", folder.resolve("hosts").toString()));
    }
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    int status =
        Main.execute(
            words,
            new PrintStream(outBytes, true, StandardCharsets.UTF_8),
            new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    out = outBytes.toString(StandardCharsets.UTF_8);
    err = errBytes.toString(StandardCharsets.UTF_8);
    return status;
  }

  @Test
  void valuesAndFilesAreDecryptedAndMasked() throws IOException {
    file("group_vars/all.yml", Vault.encrypt("db_password: c0rrect-horse\ndb_port: 5432\n", PROD));
    file("vars.yml", Vault.encrypt("token: t0ken-0f-file\n", DEFAULT));
    file("extra.yml", Vault.encrypt("extra: extr4-secret\n", DEFAULT));
    file(
        "play.yml",
        """
        - hosts: all
          gather_facts: false
          vars_files: [vars.yml]
          vars:
            inline: %s
          tasks:
            - debug: {msg: "{{ inline }} {{ db_password }} {{ token }} {{ extra }}"}
            - command: echo {{ inline }} {{ db_password }} {{ token }} {{ extra }} {{ db_port }}
              register: r
            - assert:
                that: r.stdout == 's3cr3t-w0rd c0rrect-horse t0ken-0f-file extr4-secret 5432'
            - fail: {msg: "no {{ inline }}"}
              ignore_errors: true
        """
            .formatted(value("s3cr3t-w0rd", PROD)));
    int status =
        run("--vault-id", "prod@F/prod", "--vault-password-file", "F/other", "-e", "@F/extra.yml");
    assertThat(err).isEmpty();
    assertThat(status).as(out).isZero();
    assertThat(out)
        .contains("********", "5432", "All assertions passed")
        .doesNotContain("s3cr3t-w0rd", "c0rrect-horse", "t0ken-0f-file", "extr4-secret");
  }

  @Test
  void theInventoryMayBeEncrypted() throws IOException {
    file("hosts", Vault.encrypt("h7 ansible_connection=local\n", DEFAULT));
    file("play.yml", "- {hosts: h7, gather_facts: false, tasks: [{ping: }]}\n");
    assertThat(run("--vault-password-file", "F/other")).as(err).isZero();
    assertThat(run()).isEqualTo(1);
    assertThat(err)
        .startsWith("error: Attempting to decrypt but no vault secrets found\n --> ")
        .contains("hosts:1:1");
  }

  @Test
  void whatHostsOfOtherPlaysNeedDoesNotMatter() throws IOException {
    file("hosts", "[dev]\nd1 ansible_connection=local\n[prod]\np1 ansible_connection=local\n");
    file("group_vars/dev.yml", Vault.encrypt("who: dev-who\n", DEFAULT));
    file("group_vars/prod.yml", Vault.encrypt("who: prod-who\n", PROD));
    file(
        "play.yml",
        "- {hosts: dev, gather_facts: false, tasks: [{assert: {that: who == 'dev-who'}}]}\n");
    assertThat(run("--vault-password-file", "F/other")).as(err).isZero();
    file("play.yml", "- {hosts: all, gather_facts: false, tasks: [{ping: }]}\n");
    assertThat(run("--vault-password-file", "F/other")).isEqualTo(1);
    assertThat(out).doesNotContain("PLAY");
    assertThat(err).startsWith("error: Decryption failed").contains("group_vars/prod.yml:1:1");
    assertThat(run("--vault-password-file", "F/other", "-l", "dev")).isZero();
  }

  @Test
  void tasksRolesAndPlaybooksMayBeEncrypted() throws IOException {
    file("hosts", "h1 ansible_connection=local\n");
    file("tasks.yml", Vault.encrypt("- assert: {that: v == 'fr0m-role'}\n", DEFAULT));
    file("roles/r/vars/main.yml", Vault.encrypt("v: fr0m-role\n", DEFAULT));
    file("roles/r/tasks/main.yml", Vault.encrypt("- include_tasks: more.yml\n", DEFAULT));
    file("roles/r/tasks/more.yml", Vault.encrypt("- debug: {msg: it runs}\n", DEFAULT));
    file("inc.yml", Vault.encrypt("x: incl-ded\n", DEFAULT));
    file("secret.txt", Vault.encrypt("content\n", DEFAULT));
    file(
        "play.yml",
        Vault.encrypt(
            """
            - hosts: all
              gather_facts: false
              roles: [r]
              tasks:
                - import_tasks: tasks.yml
                - include_vars: inc.yml
                - assert: {that: x == 'incl-ded'}
                - copy: {src: secret.txt, dest: "%1$s/dest"}
                - copy: {src: secret.txt, dest: "%1$s/as-it-is", decrypt: false}
            """
                .formatted(folder),
            DEFAULT));
    assertThat(run("--vault-password-file", "F/other")).as(out + err).isZero();
    assertThat(out)
        .contains("it runs")
        .contains("the output has been hidden")
        .doesNotContain("fr0m-role", "incl-ded");
    assertThat(Files.readString(folder.resolve("dest"))).isEqualTo("content\n");
    assertThat(Files.readString(folder.resolve("as-it-is"))).startsWith("$ANSIBLE_VAULT");
    file("play.yml", "- {hosts: all, gather_facts: false, roles: [r]}\n");
    assertThat(run("--vault-password-file", "F/prod")).isEqualTo(1);
    assertThat(err).contains("Decryption failed").contains("roles/r/vars/main.yml:1:1");
    assertThat(run("--vault-password-file", "F/prod", "--output", "ansible")).isEqualTo(1);
    file(
        "play.yml",
        "- {hosts: all, gather_facts: false, tasks: [{copy: {src: secret.txt, dest:"
            + " /nowhere}}]}\n");
    assertThat(run()).isEqualTo(2);
    assertThat(out)
        .contains(
            "A vault password or secret must be specified to decrypt "
                + folder.resolve("secret.txt"));
  }

  @Test
  void aWrongPasswordFailsTheTaskThatNeedsIt() throws IOException {
    file(
        "play.yml",
        """
        - hosts: all
          gather_facts: false
          vars:
            inline: %s
          tasks:
            - debug: {msg: it has begun}
            - debug: {msg: "{{ inline }}"}
        """
            .formatted(value("s3cr3t-w0rd", PROD)));
    assertThat(run("--vault-id", "dev@F/other")).isEqualTo(2);
    assertThat(out)
        .contains("it has begun")
        .contains("Decryption failed (no vault secrets were found that could decrypt), tried: dev")
        .contains("vault id prod")
        .contains("play.yml:5:9");
  }

  @Test
  void aPasswordThatCannotBeHadIsWarnedOf() throws IOException {
    file("play.yml", "- {hosts: all, gather_facts: false, tasks: [{ping: }]}\n");
    assertThat(run("--vault-id", "dev@F/nowhere", "--vault-id", "prod@F/prod")).isZero();
    assertThat(out + err).contains("Error getting vault password file (dev): ");
    assertThat(run("--vault-id", "dev@F/nowhere")).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "error: Error getting vault password file (dev): The vault password file %s was not found\n"
                .formatted(folder.resolve("nowhere")));
  }
}
