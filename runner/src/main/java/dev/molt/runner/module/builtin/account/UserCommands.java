package dev.molt.runner.module.builtin.account;

import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.remote.ShellQuote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The programs that make a user what is planned. */
final class UserCommands {
  /** A user, a directory, what it is to be a copy of; its mode follows login.defs. */
  private static final String MAKE_HOME =
      """
      make_home() {
        [ ! -e "$2" ] || return 0
        o=$(id -u "$1"):$(id -g "$1") && mkdir -p -- "$2" || return
        [ ! -d "$3" ] || cp -RP -- "$3/." "$2" || return
        m=$(sed -n 's/^UMASK[[:space:]][[:space:]]*\\([0-7][0-7]*\\)$/\\1/p' /etc/login.defs \\
          2>/dev/null | tail -n 1)
        chmod "$(printf %o "$((0777 & ~0${m:-22}))")" "$2" && chown -hR "$o" "$2"
      }
      make_home\
      """;

  /**
   * A user, a file, a type, a comment, a number of bits or nothing, and a passphrase. The last is
   * told by a program that ssh-keygen runs, since an argument could be seen.
   */
  private static final String MAKE_KEY =
      """
      make_key() {
        o=$(id -u "$1"):$(id -g "$1") || return
        d=${2%/*}
        [ -d "$d" ] || { mkdir -m 0700 -- "$d" && chown "$o" "$d"; } || return
        rm -f -- "$2" "$2.pub"
        if [ -z "$6" ]; then
          ssh-keygen -q -t "$3" $5 -C "$4" -f "$2" -N '' </dev/null || return
        else
          a=$(mktemp "$d/.askpass.XXXXXX") || return
          printf '#!/bin/sh\\nprintf "%%s\\\\n" "$PASSPHRASE"\\n' >"$a" && chmod 0700 "$a"
          PASSPHRASE=$6 DISPLAY=:0 SSH_ASKPASS=$a SSH_ASKPASS_REQUIRE=force \\
            ssh-keygen -q -t "$3" $5 -C "$4" -f "$2" </dev/null
          s=$?; rm -f -- "$a"; [ $s = 0 ] || return $s
        fi
        chown -h "$o" "$2" "$2.pub"
      }
      make_key\
      """;

  /** Options that both useradd and usermod have, by what differs. */
  private static final Map<String, String> LETTERS =
      Map.of("uid", "-u", "comment", "-c", "home", "-d", "shell", "-s");

  private static final Map<String, String> CHAGE =
      Map.of(
          "password_expire_min",
          "-m",
          "password_expire_max",
          "-M",
          "password_expire_warn",
          "-W",
          "password_expire_account_disable",
          "-I",
          UserDiff.EXPIRES,
          "-E");

  private final UserOptions options;
  private final UserState state;
  private final Map<String, FieldDiff> diffs = new LinkedHashMap<>();
  private final String name;

  /** Programs of libuser have the same names behind an l. */
  private final String prefix;

  UserCommands(UserOptions options, UserState state, List<FieldDiff> diffs) {
    this.options = options;
    this.state = state;
    this.name = ShellQuote.quote(options.name());
    this.prefix = options.local() ? "l" : "";
    diffs.forEach(diff -> this.diffs.put(diff.field(), diff));
  }

  /**
   * In the order in which they are to be run.
   *
   * @param groups the names of the other groups
   */
  List<String> of(List<String> groups) {
    List<String> commands = new ArrayList<>();
    if (!options.present()) {
      boolean force = options.force() && !options.local();
      commands.add(
          prefix
              + "userdel"
              + (force ? " -f" : "")
              + (options.remove() ? " -r" : "")
              + " -- "
              + name);
      return commands;
    }
    if (!state.exists()) {
      create(commands, groups);
    } else {
      modify(commands, groups);
    }
    if (options.local() && diffs.containsKey("groups")) {
      memberships(commands, new TreeSet<>(groups));
    }
    if (diffs.containsKey(UserDiff.PASSWORD)) {
      commands.add("IFS= read -r p && printf '%s\\n' \"$p\" | chpasswd -e");
    } else if (diffs.containsKey(UserDiff.PASSWORD_LOCK)) {
      boolean lock = options.passwordLock().orElse(false);
      commands.add(prefix + "usermod " + (lock ? "-L" : "-U") + " -- " + name);
    }
    age(commands);
    if (diffs.containsKey(UserDiff.SSH_KEY)) {
      key(commands);
    }
    return commands;
  }

  /** The secrets, a line each, in the order in which the commands read them. */
  Optional<String> input() {
    StringBuilder lines = new StringBuilder();
    if (diffs.containsKey(UserDiff.PASSWORD)) {
      String hash = options.password().orElse("");
      boolean lock = options.passwordLock().orElse(false) && !hash.startsWith("!");
      lines.append(options.name()).append(':').append(lock ? "!" : "").append(hash).append('\n');
    }
    if (diffs.containsKey(UserDiff.SSH_KEY)) {
      options.sshKeyPassphrase().ifPresent(phrase -> lines.append(phrase).append('\n'));
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines.toString());
  }

  private void create(List<String> commands, List<String> groups) {
    StringBuilder command = new StringBuilder(prefix + "useradd");
    common(command);
    option(command, "-Z", options.seuser());
    if (options.group().isPresent()) {
      option(command, "-g", options.group());
    } else {
      // It would fail to make the group of the user's name where there is one.
      String none = options.local() ? "-n" : "-N";
      command.append(" $(entry group " + name + " g | grep -q . && echo " + none + ")");
    }
    if (!groups.isEmpty() && !options.local()) {
      option(command, "-G", Optional.of(String.join(",", groups)));
    }
    options.uidMin().ifPresent(min -> command.append(" -K UID_MIN=").append(min));
    options.uidMax().ifPresent(max -> command.append(" -K UID_MAX=").append(max));
    if (options.createHome()) {
      if (options.home().isPresent()) {
        commands.add("mkdir -p -- \"$(dirname -- " + ShellQuote.quote(state.home()) + ")\"");
      }
      command.append(options.local() ? "" : " -m");
      option(command, "-k", options.skeleton());
      option(command, "-K", options.umask().map(mask -> "UMASK=" + mask));
    } else {
      command.append(" -M");
    }
    command.append(options.system() ? " -r" : "");
    commands.add(command.append(" -- ").append(name).toString());
  }

  private static void option(StringBuilder command, String letter, Optional<String> value) {
    value.ifPresent(v -> command.append(' ').append(letter).append(' ').append(quoted(v)));
  }

  private static String quoted(String value) {
    return ShellQuote.quote(value);
  }

  private void common(StringBuilder command) {
    diffs.forEach(
        (field, diff) -> {
          String letter = LETTERS.get(field);
          if (letter != null) {
            option(command, letter, Optional.of(diff.after()));
          }
        });
    if (diffs.containsKey("uid") && options.nonUnique()) {
      command.append(" -o");
    }
  }

  private void modify(List<String> commands, List<String> groups) {
    StringBuilder command = new StringBuilder();
    common(command);
    option(command, "-g", Optional.ofNullable(diffs.get("group")).map(FieldDiff::after));
    if (diffs.containsKey("groups") && !options.local()) {
      command.append(options.append() ? " -a" : "");
      option(command, "-G", Optional.of(String.join(",", groups)));
    }
    if (diffs.containsKey("home") && options.moveHome()) {
      command.append(" -m");
    }
    if (!command.isEmpty()) {
      commands.add(prefix + "usermod" + command + " -- " + name);
    }
    if (diffs.containsKey(UserDiff.HOME_DIRECTORY)) {
      String skeleton = options.skeleton().orElse("/etc/skel");
      commands.add(String.join(" ", MAKE_HOME, name, quoted(state.home()), quoted(skeleton)));
    }
  }

  private void memberships(List<String> commands, Set<String> wanted) {
    for (String group : wanted) {
      if (!state.memberships().contains(group)) {
        commands.add("lgroupmod -M " + name + " -- " + quoted(group));
      }
    }
    for (String group : state.memberships()) {
      if (!wanted.contains(group) && !options.append()) {
        commands.add("lgroupmod -m " + name + " -- " + quoted(group));
      }
    }
  }

  private void age(List<String> commands) {
    StringBuilder command = new StringBuilder();
    diffs.forEach(
        (field, diff) -> {
          String letter = CHAGE.get(field);
          if (letter != null) {
            String value = diff.after().isEmpty() ? "-1" : diff.after();
            command.append(' ').append(letter).append(' ').append(value);
          }
        });
    if (!command.isEmpty()) {
      commands.add("chage" + command + " -- " + name);
    }
  }

  private void key(List<String> commands) {
    if (options.sshKeyPassphrase().isPresent()) {
      commands.add("IFS= read -r k");
    }
    commands.add(
        String.join(
            " ",
            MAKE_KEY,
            name,
            quoted(state.key().file()),
            quoted(options.sshKeyType()),
            options
                .sshKeyComment()
                .map(ShellQuote::quote)
                .orElse("\"ansible-generated on $(uname -n)\""),
            options.sshKeyBits() > 0 ? "'-b " + options.sshKeyBits() + "'" : "''",
            options.sshKeyPassphrase().isPresent() ? "\"$k\"" : "''"));
  }
}
