package dev.molt.runner.cli;

import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.settings.VaultSettings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.vault.VaultId;
import dev.molt.dsl.vault.VaultPasswords;
import dev.molt.dsl.vault.VaultSecret;
import dev.molt.dsl.vault.VaultSecrets;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where a command gets its vault passwords from: its own options and the settings.
 *
 * @param ids those of {@code --vault-id}
 * @param files those of {@code --vault-password-file}
 * @param ask whether {@code --ask-vault-password} was given
 */
public record VaultOptions(List<String> ids, List<String> files, boolean ask) {
  private static final String ID = "--vault-id";
  private static final String FILE = "--vault-password-file";
  private static final String ASK = "--ask-vault-password";

  /** Adds the three options to those of a command. */
  public static OptionSet declare(OptionSet options) {
    return options.value(ID).value(FILE, "--vault-pass-file").flag(ASK, "--ask-vault-pass", "-J");
  }

  /**
   * What was given of them.
   *
   * @throws dev.molt.dsl.source.DiagnosticException for what cannot be given together
   */
  public static VaultOptions of(GivenWords given) {
    given.notBoth(ASK, FILE);
    return new VaultOptions(given.all(ID), given.all(FILE), given.has(ASK));
  }

  /** The same for a command that asks on the terminal, and prints warnings. */
  public VaultSecrets secrets(Settings settings, PrintStream err) {
    return secrets(
        settings,
        new TerminalAsker(err, System.in),
        warning -> err.print(DiagnosticFormatter.format(warning)));
  }

  /** As below, for a command that needs none; somebody is asked only if the options say so. */
  VaultSecrets secrets(Settings settings, Asker asker, Consumer<Diagnostic> warnings) {
    List<VaultId> sources = sources(settings);
    return sources.isEmpty()
        ? VaultSecrets.none()
        : of(settings, passwords(settings, asker, warnings).load(sources));
  }

  /** What opens with these. */
  static VaultSecrets of(Settings settings, List<VaultSecret> secrets) {
    VaultSecrets all = VaultSecrets.of(secrets);
    return settings.get(VaultSettings.ID_MATCH)
        ? all.matching(settings.get(VaultSettings.IDENTITY))
        : all;
  }

  static VaultPasswords passwords(Settings settings, Asker asker, Consumer<Diagnostic> warnings) {
    return new VaultPasswords(
        settings.get(VaultSettings.IDENTITY),
        UserPath::of,
        question -> asker.ask(question, true),
        warnings);
  }

  /** All ids in the order in which they are tried: lists before files, a question last. */
  List<VaultId> sources(Settings settings) {
    String label = settings.get(VaultSettings.IDENTITY);
    List<VaultId> all = new ArrayList<>();
    settings.get(VaultSettings.IDENTITY_LIST).forEach(id -> all.add(VaultId.parse(id)));
    ids.forEach(id -> all.add(VaultId.parse(id)));
    files.forEach(file -> all.add(VaultId.file(label, file)));
    settings
        .get(VaultSettings.PASSWORD_FILE)
        .map(Path::toString)
        .ifPresent(file -> all.add(VaultId.file(label, file)));
    if (ask || settings.get(VaultSettings.ASK_VAULT_PASS)) {
      all.add(VaultId.ask(label));
    }
    return all;
  }

  /** The same, but somebody is asked where nothing else gives a password. */
  List<VaultId> sourcesOrAsk(Settings settings) {
    List<VaultId> all = sources(settings);
    return all.isEmpty() ? List.of(VaultId.ask(settings.get(VaultSettings.IDENTITY))) : all;
  }
}
