package dev.molt.dsl.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the passwords of encrypted values come from. */
public final class VaultSettings {
  public static final Setting<String> IDENTITY =
      Setting.of("vault_identity", SettingType.TEXT, "default", "the id of what names none");

  /** Each {@code ID@SOURCE}. */
  public static final Setting<List<String>> IDENTITY_LIST =
      Setting.of("vault_identity_list", SettingType.LIST, "", "ids and where their passwords are");

  public static final Setting<Optional<String>> ENCRYPT_IDENTITY =
      Setting.of("vault_encrypt_identity", SettingType.MAYBE_TEXT, "", "the id to encrypt with");

  public static final Setting<Boolean> ID_MATCH =
      Setting.of("vault_id_match", SettingType.BOOL, "false", "try only the password of an id");

  public static final Setting<Optional<Path>> PASSWORD_FILE =
      Setting.of(
          "vault_password_file",
          SettingType.PATH,
          "",
          "a file that holds the password, or a program that prints it");

  public static final Setting<Boolean> ASK_VAULT_PASS =
      Setting.of("ask_vault_pass", SettingType.BOOL, "false", "ask for the password");

  public static final Setting<Optional<String>> ENCRYPT_SALT =
      Setting.of(
          "vault_encrypt_salt",
          SettingType.MAYBE_TEXT,
          "",
          "the salt, where the same text is to give the same cipher text");

  private VaultSettings() {}

  static List<Setting<?>> all() {
    return List.of(
        IDENTITY,
        IDENTITY_LIST,
        ENCRYPT_IDENTITY,
        ID_MATCH,
        PASSWORD_FILE,
        ASK_VAULT_PASS,
        ENCRYPT_SALT);
  }
}
