package dev.molt.runner.module.builtin.account;

import dev.molt.runner.module.Option;
import java.util.List;
import java.util.Optional;

/** What a user can be asked to be. See {@link Option} on each. */
public record UserOptions(
    @Option(value = "The user.", required = true, aliases = "user") String name,
    @Option(value = "Whether there is to be one.", defaultValue = "present") State state,
    @Option("The number.") Optional<Integer> uid,
    @Option(value = "The number may be another user's too.", defaultValue = "false")
        boolean nonUnique,
    @Option("The user's own group, by name or number; it must exist.") Optional<String> group,
    @Option("Other groups, by name or number; an empty list for none.")
        Optional<List<String>> groups,
    @Option(value = "Leave the user in groups that are not listed.", defaultValue = "false")
        boolean append,
    @Option("What the user is called by people.") Optional<String> comment,
    @Option("The home directory.") Optional<String> home,
    @Option("The login shell.") Optional<String> shell,
    @Option(value = "The password's hash, as crypt makes it.", sensitive = true)
        Optional<String> password,
    @Option(value = "Whether a password is set anew.", defaultValue = "always")
        UpdatePassword updatePassword,
    @Option("Whether the password is locked.") Optional<Boolean> passwordLock,
    @Option("When the account expires, in seconds since 1970; never if negative.")
        Optional<Double> expires,
    @Option("Days after which the password must be changed.") Optional<Integer> passwordExpireMax,
    @Option("Days before which the password cannot be changed.")
        Optional<Integer> passwordExpireMin,
    @Option("Days of warning before the password must be changed.")
        Optional<Integer> passwordExpireWarn,
    @Option("Days after the password's end until the account is closed.")
        Optional<Integer> passwordExpireAccountDisable,
    @Option(
            value = "Make the home directory where it is missing.",
            aliases = "createhome",
            defaultValue = "true")
        boolean createHome,
    @Option(value = "Move the home directory where its place changes.", defaultValue = "false")
        boolean moveHome,
    @Option("What a new home directory is a copy of.") Optional<String> skeleton,
    @Option("The umask of a new user's home directory.") Optional<String> umask,
    @Option(value = "A new user gets a number of the system's.", defaultValue = "false")
        boolean system,
    @Option("A new user's user of SELinux.") Optional<String> seuser,
    @Option(
            value =
                "Look for the user only in the host's own files, and use the programs of libuser,"
                    + " where the host also asks a directory.",
            defaultValue = "false")
        boolean local,
    @Option("The lowest number that a new user gets.") Optional<Integer> uidMin,
    @Option("The highest number that a new user gets.") Optional<Integer> uidMax,
    @Option(
            value = "Remove the user although logged in, or make the key anew.",
            defaultValue = "false")
        boolean force,
    @Option(value = "Remove the home directory with the user.", defaultValue = "false")
        boolean remove,
    @Option(value = "Make an SSH key for the user where there is none.", defaultValue = "false")
        boolean generateSshKey,
    @Option(value = "How many bits the key has; 0 for what its kind has.", defaultValue = "0")
        int sshKeyBits,
    @Option(value = "The key's kind.", defaultValue = "rsa") String sshKeyType,
    @Option("The key's file, from the home directory on.") Optional<String> sshKeyFile,
    @Option("What the key says of itself.") Optional<String> sshKeyComment,
    @Option(value = "What protects the key.", sensitive = true) Optional<String> sshKeyPassphrase,
    @Option("Of macOS; no meaning on Linux.") Optional<Boolean> hidden,
    @Option("Of the BSDs; no meaning on Linux.") Optional<String> loginClass,
    @Option("Of Solaris; no meaning on Linux.") Optional<String> profile,
    @Option("Of Solaris; no meaning on Linux.") Optional<String> authorization,
    @Option("Of Solaris; no meaning on Linux.") Optional<String> role) {

  /** Whether there is to be a user. */
  public enum State {
    PRESENT,
    ABSENT
  }

  /** When a password is set. */
  public enum UpdatePassword {
    ALWAYS,
    ON_CREATE
  }

  boolean present() {
    return state == State.PRESENT;
  }

  /** Where the SSH key is, absolute or from the home directory on. */
  String keyFile() {
    return sshKeyFile.orElse(".ssh/id_" + sshKeyType);
  }

  /** The other groups, as they are written. */
  List<String> listedGroups() {
    return groups.orElse(List.of()).stream().map(String::strip).filter(g -> !g.isEmpty()).toList();
  }
}
