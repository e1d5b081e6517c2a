package dev.molt.runner.cli;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The arguments of {@code molt vault}: those of {@code ansible-vault}. Immutable. */
record VaultArguments(Action action, GivenWords given) {
  static final String HELP =
      """
      usage: molt vault ACTION [OPTIONS] [FILE...]

      Encrypts files and values for playbooks, in the format of Ansible Vault.

        encrypt          encrypt files in place
        decrypt          decrypt files in place
        view             show what encrypted files hold
        edit             edit encrypted files with $EDITOR
        create           write a new encrypted file with $EDITOR
        rekey            encrypt files again with another password
        encrypt_string   encrypt texts, and print them as values for YAML

        --vault-id ID@SOURCE          a password: a file, a program that prints it, or 'prompt'
        --vault-password-file FILE    a password file, or a program that prints it
        -J, --ask-vault-password      ask for the password
        --encrypt-vault-id ID         which of several passwords encrypts
        --output FILE                 (encrypt, decrypt, encrypt_string) write here; - is stdout
        --new-vault-id ID@SOURCE      (rekey) the new password
        --new-vault-password-file FILE
                                      (rekey) the new password
        -n, --name NAME               (encrypt_string) name of the variable; may be repeated
        --stdin-name NAME             (encrypt_string) name of the variable that stdin is for
        -p, --prompt                  (encrypt_string) ask for the text
        --show-input                  (encrypt_string) show what is typed
        --skip-tty-check              (create) open the editor without a terminal

      The three for passwords may be repeated. Without a file, or for -, encrypt, decrypt and
      encrypt_string read standard input. ansible.cfg and ANSIBLE_VAULT_PASSWORD_FILE,
      ANSIBLE_VAULT_IDENTITY_LIST and the like count, too.

      exit status: 0 all well, 1 a failure, 2 wrong arguments, 5 options that do not go together
      """;

  /** What is to be done. */
  enum Action {
    ENCRYPT,
    DECRYPT,
    VIEW,
    EDIT,
    CREATE,
    REKEY,
    ENCRYPT_STRING;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private boolean needsFile() {
      return this == VIEW || changesFiles();
    }

    private boolean changesFiles() {
      return this == EDIT || this == CREATE || this == REKEY;
    }

    private OptionSet options() {
      OptionSet options = new OptionSet("molt vault " + word());
      VaultOptions.declare(options).flag("--help", "-h").flag("--verbose", "-v");
      if (this == ENCRYPT || this == DECRYPT || this == ENCRYPT_STRING) {
        options.value("--output");
      }
      if (this != DECRYPT && this != VIEW) {
        options.value("--encrypt-vault-id");
      }
      return switch (this) {
        case CREATE -> options.flag("--skip-tty-check");
        case REKEY -> options.value("--new-vault-password-file").value("--new-vault-id");
        case ENCRYPT_STRING ->
            options
                .flag("--prompt", "-p")
                .flag("--show-input")
                .value("--name", "-n")
                .value("--stdin-name");
        default -> options;
      };
    }
  }

  /**
   * @throws VaultUsage for words that are no arguments of it
   */
  static VaultArguments parse(List<String> words) {
    if (words.isEmpty() || List.of("--help", "-h", "help").contains(words.get(0))) {
      return new VaultArguments(Action.VIEW, Action.VIEW.options().parse(List.of("--help")));
    }
    try {
      Action action = action(words.get(0));
      GivenWords given = action.options().parse(words.subList(1, words.size()));
      VaultOptions.of(given);
      if (action == Action.REKEY) {
        given.notBoth("--new-vault-id", "--new-vault-password-file");
      }
      VaultArguments arguments = new VaultArguments(action, given);
      if (!arguments.help()) {
        arguments.check();
      }
      return arguments;
    } catch (VaultUsage e) {
      throw e;
    } catch (DiagnosticException e) {
      throw VaultUsage.of(e, VaultUsage.ARGUMENTS);
    }
  }

  private static Action action(String word) {
    List<String> all = Arrays.stream(Action.values()).map(Action::word).toList();
    if (!all.contains(word)) {
      throw Diagnostic.error("molt vault has no action '" + word + "'")
          .withHint(Suggestions.hint(word, all).orElse("it has: " + String.join(", ", all)))
          .asException();
    }
    return Action.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private void check() {
    passwords().ids().forEach(VaultArguments::checkId);
    newPasswords().ids().forEach(VaultArguments::checkId);
    if (output().isPresent() && words().size() > 1 && action != Action.ENCRYPT_STRING) {
      throw VaultUsage.wrong("At most one input file may be used with the --output option");
    } else if (action == Action.CREATE && words().size() != 1) {
      throw VaultUsage.wrong("molt vault create can take only one filename argument");
    } else if ((words().isEmpty() && action.needsFile())
        || (words().contains("-") && action.changesFiles())) {
      throw VaultUsage.wrong("molt vault " + action.word() + " needs the name of a file");
    }
  }

  private static void checkId(String id) {
    try {
      dev.molt.dsl.vault.VaultId.parse(id);
    } catch (DiagnosticException e) {
      throw VaultUsage.of(e, VaultUsage.OPTIONS);
    }
  }

  boolean help() {
    return given.has("--help");
  }

  List<String> words() {
    return given.others();
  }

  List<String> wordsOrStdin() {
    return words().isEmpty() ? List.of("-") : words();
  }

  VaultOptions passwords() {
    return VaultOptions.of(given);
  }

  /** Those of {@code rekey} for what is to be; asked for only where neither is given. */
  VaultOptions newPasswords() {
    return new VaultOptions(
        given.all("--new-vault-id"), given.all("--new-vault-password-file"), false);
  }

  Optional<String> encryptId() {
    return given.last("--encrypt-vault-id");
  }

  Optional<String> output() {
    return given.last("--output");
  }

  boolean skipsTerminalCheck() {
    return given.has("--skip-tty-check");
  }
}
