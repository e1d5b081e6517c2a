package dev.molt.runner.cli;

import dev.molt.dsl.settings.OutputSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.settings.VaultSettings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.vault.Vault;
import dev.molt.dsl.vault.VaultSecret;
import dev.molt.dsl.vault.VaultSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code molt vault}: what {@code ansible-vault} does, under the same names. Of several files
 * either all are changed or, where one of them cannot be, none.
 */
final class VaultCommand {
  private static final String STDIN = "-";

  private final PrintStream out;
  private final PrintStream err;
  private final InputStream in;
  private final Settings settings;
  private final Asker asker;

  /** A command on this process's own input, which asks on its terminal. */
  VaultCommand(PrintStream out, PrintStream err, Settings settings) {
    this(out, err, System.in, settings, new TerminalAsker(err, System.in));
  }

  VaultCommand(PrintStream out, PrintStream err, InputStream in, Settings settings, Asker asker) {
    this.out = out;
    this.err = err;
    this.in = in;
    this.settings = settings;
    this.asker = asker;
  }

  /** Gives the exit status: 0, 1 for a failure, 2 and 5 for a wrong use. */
  int execute(List<String> words) {
    try {
      VaultArguments arguments = VaultArguments.parse(words);
      if (arguments.help()) {
        out.print(VaultArguments.HELP);
        return 0;
      }
      run(arguments);
      return 0;
    } catch (VaultUsage e) {
      out.flush();
      e.diagnostics().forEach(this::show);
      return e.status();
    }
  }

  private void run(VaultArguments arguments) {
    switch (arguments.action()) {
      case ENCRYPT -> encrypt(arguments);
      case DECRYPT -> decrypt(arguments);
      case VIEW -> view(arguments);
      case EDIT -> edit(arguments);
      case CREATE -> create(arguments);
      case REKEY -> rekey(arguments);
      case ENCRYPT_STRING -> encryptString(arguments);
    }
  }

  private void encrypt(VaultArguments arguments) {
    List<VaultFile> files = files(arguments);
    VaultSecret secret = secretToEncrypt(arguments);
    Map<VaultFile, byte[]> results = new LinkedHashMap<>();
    for (VaultFile file : files) {
      byte[] content = content(file);
      if (Vault.isEncrypted(content)) {
        throw error("input is already encrypted: " + file.name());
      }
      results.put(file, encrypted(content, secret, secret.label()));
    }
    write(arguments, results, true);
    err.println("Encryption successful");
  }

  private void decrypt(VaultArguments arguments) {
    List<VaultFile> files = files(arguments);
    VaultSecrets secrets = secretsToDecrypt(arguments);
    Map<VaultFile, byte[]> results = new LinkedHashMap<>();
    files.forEach(file -> results.put(file, open(file, secrets).content()));
    write(arguments, results, false);
    err.println("Decryption successful");
  }

  private void view(VaultArguments arguments) {
    List<VaultFile> files = files(arguments);
    VaultSecrets secrets = secretsToDecrypt(arguments);
    Pager pager = new Pager(out, settings.get(OutputSettings.PAGER));
    files.forEach(file -> pager.show(open(file, secrets).content()));
  }

  private void edit(VaultArguments arguments) {
    List<VaultFile> files = files(arguments);
    files.forEach(VaultFile::requireWritable);
    VaultSecrets secrets = secretsToDecrypt(arguments);
    for (VaultFile file : files) {
      VaultSecrets.Decrypted before = open(file, secrets);
      byte[] after = edited(file, before.content());
      if (!java.util.Arrays.equals(before.content(), after)) {
        file.replace(encrypted(after, before.secret(), before.id()));
      }
    }
  }

  private void create(VaultArguments arguments) {
    VaultFile file = VaultFile.of(arguments.words().get(0));
    if (!arguments.skipsTerminalCheck() && !Boolean.getBoolean("molt.terminal")) {
      throw VaultUsage.wrong("not a tty, editor cannot be opened");
    } else if (file.exists()) {
      throw error(file.name() + " exists, please use 'edit' instead");
    }
    Path folder = file.path().getParent();
    if (folder != null && !Files.exists(folder)) {
      show(Diagnostic.warning(folder + " does not exist, creating..."));
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw error("cannot create " + folder + ": " + e.getMessage());
      }
    }
    file.requireWritable();
    VaultSecret secret = secretToEncrypt(arguments);
    file.replace(encrypted(edited(file, new byte[0]), secret, secret.label()));
  }

  private void rekey(VaultArguments arguments) {
    List<VaultFile> files = files(arguments);
    VaultSecrets secrets = secretsToDecrypt(arguments);
    VaultSecret secret =
        chosen(
            arguments,
            VaultOptions.passwords(settings, asker, this::show)
                .loadNew(arguments.newPasswords().sourcesOrAsk(settingsForNew(arguments))));
    Map<VaultFile, byte[]> results = new LinkedHashMap<>();
    for (VaultFile file : files) {
      results.put(file, encrypted(open(file, secrets).content(), secret, secret.label()));
    }
    write(arguments, results, false);
    err.println("Rekey successful");
  }

  /** As Ansible: the list of identities counts only where one of them is asked for by its id. */
  private Settings settingsForNew(VaultArguments arguments) {
    Settings asked = settings.with(VaultSettings.ASK_VAULT_PASS, false, "rekey");
    return wantedId(arguments).isPresent()
        ? asked
        : asked.with(VaultSettings.IDENTITY_LIST, List.of(), "rekey");
  }

  private void encryptString(VaultArguments arguments) {
    VaultStrings strings = new VaultStrings(arguments.given(), err::println);
    strings.check();
    VaultSecret secret = secretToEncrypt(arguments);
    List<VaultStrings.Item> items = strings.items(asker, in);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < items.size(); i++) {
      VaultStrings.Item item = items.get(i);
      byte[] plain = item.text().getBytes(StandardCharsets.UTF_8);
      if (items.size() > 1) {
        err.println(item.comment(i + 1));
      }
      String encrypted =
          new String(encrypted(plain, secret, secret.label()), StandardCharsets.US_ASCII);
      text.append(item.yaml(encrypted)).append('\n');
    }
    byte[] result = text.toString().getBytes(StandardCharsets.UTF_8);
    String output = arguments.output().orElse(STDIN);
    if (output.equals(STDIN)) {
      print(result);
    } else {
      VaultFile.of(output).replace(result);
    }
    err.println("Encryption successful");
  }

  private byte[] encrypted(byte[] content, VaultSecret secret, Optional<String> id) {
    if (Vault.isEncrypted(content)) {
      throw error("input is already encrypted");
    }
    Optional<byte[]> salt =
        settings.get(VaultSettings.ENCRYPT_SALT).map(s -> s.getBytes(StandardCharsets.UTF_8));
    return Vault.encrypt(content, secret, id, salt).getBytes(StandardCharsets.US_ASCII);
  }

  private VaultSecrets.Decrypted open(VaultFile file, VaultSecrets secrets) {
    byte[] content = content(file);
    if (!Vault.isEncrypted(content)) {
      throw error(
          "input is not vault encrypted data: " + file.name() + " is not a vault encrypted file");
    }
    // Where it is damaged, the place of a character is the place of its byte.
    Source source = Source.inline(file.name(), new String(content, StandardCharsets.ISO_8859_1));
    return secrets.decrypt(source.text(), TextOrigin.of(source));
  }

  private byte[] edited(VaultFile file, byte[] content) {
    String name = String.valueOf(file.path().getFileName());
    return new VaultEditor(settings.get(OutputSettings.EDITOR), VaultEditor.privatePlace())
        .edit(name, content);
  }

  /** The files that were named, which must exist; standard input where none was. */
  private static List<VaultFile> files(VaultArguments arguments) {
    List<VaultFile> files = new ArrayList<>();
    for (String name : arguments.wordsOrStdin()) {
      VaultFile file = VaultFile.of(name);
      if (!name.equals(STDIN) && !file.exists()) {
        throw error("Unable to read source file (" + name + "): no such file");
      }
      files.add(file);
    }
    return files;
  }

  private byte[] content(VaultFile file) {
    if (!file.name().equals(STDIN)) {
      return file.read();
    }
    try {
      return in.readAllBytes();
    } catch (IOException e) {
      throw error("cannot read standard input: " + e.getMessage());
    }
  }

  private void write(VaultArguments arguments, Map<VaultFile, byte[]> results, boolean wipe) {
    Optional<String> output = arguments.output();
    Map<VaultFile, byte[]> places = new LinkedHashMap<>();
    results.forEach((file, bytes) -> places.put(output.map(VaultFile::of).orElse(file), bytes));
    List<VaultFile> files = places.keySet().stream().filter(f -> !f.name().equals(STDIN)).toList();
    files.forEach(VaultFile::requireWritable);
    places.forEach(
        (file, bytes) -> {
          if (file.name().equals(STDIN)) {
            print(bytes);
          } else if (wipe) {
            file.replaceAndWipe(bytes);
          } else {
            file.replace(bytes);
          }
        });
  }

  private void print(byte[] bytes) {
    out.write(bytes, 0, bytes.length);
    out.flush();
  }

  private VaultSecrets secretsToDecrypt(VaultArguments arguments) {
    return VaultOptions.of(
        settings,
        VaultOptions.passwords(settings, asker, this::show)
            .load(arguments.passwords().sourcesOrAsk(settings)));
  }

  private VaultSecret secretToEncrypt(VaultArguments arguments) {
    return chosen(
        arguments,
        VaultOptions.passwords(settings, asker, this::show)
            .loadNew(arguments.passwords().sourcesOrAsk(settings)));
  }

  private Optional<String> wantedId(VaultArguments arguments) {
    return arguments.encryptId().or(() -> settings.get(VaultSettings.ENCRYPT_IDENTITY));
  }

  private VaultSecret chosen(VaultArguments arguments, List<VaultSecret> secrets) {
    Optional<String> id = wantedId(arguments);
    List<String> known = secrets.stream().map(VaultSecret::id).toList();
    if (id.isPresent()) {
      return secrets.stream()
          .filter(s -> s.id().equals(id.get()))
          .findFirst()
          .orElseThrow(
              () ->
                  error(
                      "Did not find a match for --encrypt-vault-id="
                          + id.get()
                          + " in the known vault-ids ['"
                          + String.join("', '", known)
                          + "']"));
    } else if (secrets.size() > 1 && arguments.action() != VaultArguments.Action.REKEY) {
      throw VaultUsage.wrong(
          "The vault-ids "
              + String.join(",", known)
              + " are available to encrypt. Specify the vault-id to encrypt with"
              + " --encrypt-vault-id");
    }
    return secrets.get(0);
  }

  private void show(Diagnostic diagnostic) {
    err.print(DiagnosticFormatter.format(diagnostic));
  }

  private static DiagnosticException error(String message) {
    return Diagnostic.error(message).asException();
  }
}
