package dev.molt.runner.module.builtin.account;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a task that is about a user registers. */
final class UserResult {
  private UserResult() {}

  /** Who it is about. */
  static MapValue base(UserOptions options) {
    return MapValue.empty()
        .put("name", Value.of(options.name()))
        .put("state", Value.of(options.present() ? "present" : "absent"));
  }

  /**
   * Of a user who is there, or is to be.
   *
   * @param created whether the task makes the user
   */
  static MapValue present(UserOptions options, UserState state, boolean created) {
    MapValue result = base(options);
    if (created) {
      result.put("system", BoolValue.of(options.system()));
      result.put("create_home", BoolValue.of(options.createHome()));
    } else {
      result.put("append", BoolValue.of(options.append()));
      result.put("move_home", BoolValue.of(options.moveHome()));
    }
    if (options.password().isPresent()) {
      result.put("password", new StrValue("NOT_LOGGING_PASSWORD"));
    }
    if (state.exists()) {
      result.put("uid", Value.of(Long.parseLong(state.field(2))));
      result.put("group", Value.of(Long.parseLong(state.field(3))));
      result.put("comment", Value.of(state.field(4)));
      result.put("home", Value.of(state.field(5)));
      result.put("shell", Value.of(state.field(6)));
      options.groups().ifPresent(g -> result.put("groups", Value.of(String.join(",", g))));
    }
    if (options.generateSshKey()) {
      UserState.Key key = state.key();
      result.put("ssh_key_file", Value.of(key.file()));
      key.text().ifPresent(text -> result.put("ssh_public_key", Value.of(text)));
      key.fingerprint().ifPresent(print -> result.put("ssh_fingerprint", Value.of(print)));
    }
    List<String> warnings = warnings(options, state);
    return warnings.isEmpty() ? result : result.put("warnings", ListValue.ofStrings(warnings));
  }

  private static List<String> warnings(UserOptions options, UserState state) {
    List<String> warnings = new ArrayList<>();
    if (!PasswordHash.plausible(options.password().orElse(""))) {
      warnings.add(
          "The input password appears not to have been hashed. The 'password' argument must be"
              + " encrypted for this module to work properly.");
    }
    if (options.append() && options.groups().isEmpty()) {
      warnings.add(
          "'append' is set, but no 'groups' are specified. Use 'groups' for appending new groups.");
    }
    if (options.generateSshKey()
        && !options.force()
        && state.key().found().equals(Optional.of("public"))) {
      warnings.add(
          "there is a public key "
              + state.key().file()
              + ".pub without its private one: no key was made; force makes both anew");
    }
    return warnings;
  }
}
