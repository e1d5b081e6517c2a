package dev.molt.runner.module.builtin.account;

import dev.molt.runner.module.FieldDiff;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What a user is and is to be. */
final class UserDiff {
  static final String HOME_DIRECTORY = "home directory";
  static final String PASSWORD = "password";
  static final String PASSWORD_LOCK = "password lock";
  static final String EXPIRES = "expires";
  static final String SSH_KEY = "ssh key";

  private final UserOptions options;
  private final UserState state;
  private final List<FieldDiff> diffs = new ArrayList<>();

  UserDiff(UserOptions options, UserState state) {
    this.options = options;
    this.state = state;
  }

  /** What differs of a user who is to be there. */
  List<FieldDiff> of(Optional<String> ownGroup, List<String> groups) {
    if (!state.exists()) {
      add("state", "absent", "present");
    }
    options.uid().ifPresent(uid -> compare("uid", state.field(2), uid.toString()));
    ownGroup.ifPresent(gid -> compare("group", state.field(3), gid));
    options.groups().ifPresent(listed -> groups(groups));
    options.comment().ifPresent(text -> compare("comment", state.field(4), text));
    options.home().ifPresent(home -> compare("home", state.field(5), state.home()));
    state.shell().ifPresent(shell -> compare("shell", state.field(6), shell));
    if (options.createHome() && !state.homeExists()) {
      add(HOME_DIRECTORY, "absent", "present");
    }
    password();
    shadow();
    if (options.generateSshKey() && (options.force() || state.key().found().isEmpty())) {
      add(SSH_KEY, state.key().found().isEmpty() ? "absent" : "present", "new");
    }
    return diffs;
  }

  private void groups(List<String> wanted) {
    TreeSet<String> after = new TreeSet<>(wanted);
    if (options.append()) {
      after.addAll(state.memberships());
    }
    compare("groups", String.join(",", state.memberships()), String.join(",", after));
  }

  private void password() {
    String now = state.shadowField(1);
    boolean set =
        options.password().isPresent()
            && (!state.exists()
                || (options.updatePassword() == UserOptions.UpdatePassword.ALWAYS
                    && !unlocked(now).equals(unlocked(options.password().get()))));
    if (set) {
      diffs.add(new FieldDiff(options.name(), PASSWORD, now, options.password().get(), true));
    }
    boolean locked = now.startsWith("!");
    options
        .passwordLock()
        .filter(lock -> lock != locked)
        // Without a password there is nothing to unlock.
        .filter(lock -> lock || !unlocked(now).isEmpty())
        .ifPresent(
            lock -> add(PASSWORD_LOCK, locked ? "locked" : "open", lock ? "locked" : "open"));
  }

  private static String unlocked(String hash) {
    return hash.replaceFirst("^!+", "");
  }

  private void shadow() {
    days("password_expire_min", 3, options.passwordExpireMin());
    days("password_expire_max", 4, options.passwordExpireMax());
    days("password_expire_warn", 5, options.passwordExpireWarn());
    days("password_expire_account_disable", 6, options.passwordExpireAccountDisable());
    options.expires().map(UserDiff::expiry).ifPresent(day -> compare(EXPIRES, expiresNow(), day));
  }

  private void days(String name, int index, Optional<Integer> days) {
    days.ifPresent(
        wanted -> compare(name, state.shadowField(index), wanted < 0 ? "" : wanted.toString()));
  }

  /** The day, in UTC; empty text for never. */
  private String expiresNow() {
    String now = state.shadowField(7);
    if (state.exists() && state.shadow().isEmpty()) {
      return "unknown";
    }
    return now.matches("\\d{1,9}") ? LocalDate.ofEpochDay(Long.parseLong(now)).toString() : "";
  }

  private static String expiry(double seconds) {
    return seconds < 0
        ? ""
        : Instant.ofEpochSecond((long) seconds).atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  private void compare(String field, String now, String wanted) {
    if (!now.equals(wanted)) {
      add(field, now, wanted);
    }
  }

  private void add(String field, String before, String after) {
    diffs.add(FieldDiff.of(options.name(), field, before, after));
  }
}
