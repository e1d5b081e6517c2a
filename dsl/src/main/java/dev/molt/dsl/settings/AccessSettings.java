package dev.molt.dsl.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How hosts are reached, and as whom. */
public final class AccessSettings {
  public static final Setting<String> TRANSPORT =
      Setting.of("transport", SettingType.TEXT, "ssh", "the kind of connection: ssh or local");

  public static final Setting<Optional<String>> REMOTE_USER =
      Setting.of("remote_user", SettingType.MAYBE_TEXT, "", "whom to log in as");

  public static final Setting<Optional<Integer>> REMOTE_PORT =
      Setting.of("remote_port", SettingType.MAYBE_INTEGER, "", "the port of SSH");

  public static final Setting<Optional<Path>> PRIVATE_KEY_FILE =
      Setting.of("private_key_file", SettingType.PATH, "", "the key to log in with");

  public static final Setting<Integer> TIMEOUT =
      Setting.of("timeout", SettingType.POSITIVE, "10", "seconds that connecting may take")
          .fromVariables("ANSIBLE_TIMEOUT", "ANSIBLE_SSH_TIMEOUT")
          .fromKeys("defaults.timeout", "ssh_connection.timeout");

  /** Read only to say that it is not followed. */
  public static final Setting<Boolean> HOST_KEY_CHECKING =
      Setting.of("host_key_checking", SettingType.BOOL, "true", "never off, whatever is set")
          .fromVariables("ANSIBLE_HOST_KEY_CHECKING", "ANSIBLE_SSH_HOST_KEY_CHECKING")
          .fromKeys("defaults.host_key_checking", "ssh_connection.host_key_checking");

  public static final Setting<Optional<String>> SSH_ARGS =
      Setting.of("ssh_args", SettingType.MAYBE_TEXT, "", "options of ssh, of which Molt reads some")
          .fromKeys("ssh_connection.ssh_args");

  public static final Setting<Optional<String>> SSH_COMMON_ARGS =
      Setting.of("ssh_common_args", SettingType.MAYBE_TEXT, "", "more options of ssh")
          .fromKeys("ssh_connection.ssh_common_args");

  public static final Setting<Optional<String>> SSH_EXTRA_ARGS =
      Setting.of("ssh_extra_args", SettingType.MAYBE_TEXT, "", "more options of ssh")
          .fromKeys("ssh_connection.ssh_extra_args");

  public static final Setting<Boolean> ASK_PASS =
      Setting.of("ask_pass", SettingType.BOOL, "false", "ask for the password to log in with");

  public static final Setting<Optional<Path>> CONNECTION_PASSWORD_FILE =
      Setting.of(
          "connection_password_file",
          SettingType.PATH,
          "",
          "a file that holds the password to log in with, or a program that prints it");

  public static final Setting<Boolean> BECOME =
      Setting.of("become", SettingType.BOOL, "false", "become another user for every task")
          .fromKeys("privilege_escalation.become");

  public static final Setting<String> BECOME_METHOD =
      Setting.of("become_method", SettingType.TEXT, "sudo", "how to become another user")
          .fromKeys("privilege_escalation.become_method");

  public static final Setting<String> BECOME_USER =
      Setting.of("become_user", SettingType.TEXT, "root", "whom to become")
          .fromKeys("privilege_escalation.become_user");

  public static final Setting<Boolean> BECOME_ASK_PASS =
      Setting.of("become_ask_pass", SettingType.BOOL, "false", "ask for the password of sudo")
          .fromKeys("privilege_escalation.become_ask_pass");

  public static final Setting<Optional<Path>> BECOME_PASSWORD_FILE =
      Setting.of(
          "become_password_file",
          SettingType.PATH,
          "",
          "a file that holds the password of sudo, or a program that prints it");

  private AccessSettings() {}

  static List<Setting<?>> all() {
    return List.of(
        TRANSPORT,
        REMOTE_USER,
        REMOTE_PORT,
        PRIVATE_KEY_FILE,
        TIMEOUT,
        HOST_KEY_CHECKING,
        SSH_ARGS,
        SSH_COMMON_ARGS,
        SSH_EXTRA_ARGS,
        ASK_PASS,
        CONNECTION_PASSWORD_FILE,
        BECOME,
        BECOME_METHOD,
        BECOME_USER,
        BECOME_ASK_PASS,
        BECOME_PASSWORD_FILE);
  }
}
