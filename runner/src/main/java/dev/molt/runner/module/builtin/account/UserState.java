package dev.molt.runner.module.builtin.account;

import dev.molt.runner.module.Foreseen;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.files.Expansion;
import dev.molt.runner.remote.ShellQuote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A user as the host knows them.
 *
 * @param passwd the seven fields; empty if there is no such user
 * @param shadow the fields of the shadow database; empty if there is no entry, or none to be read
 * @param memberships the groups that list the user, sorted
 * @param home the home directory that there is to be
 * @param homeExists whether it is there
 * @param shell the shell that is asked for, as the host reads its path
 * @param key what there is of the SSH key, where it was asked for
 */
record UserState(
    Optional<List<String>> passwd,
    Optional<List<String>> shadow,
    TreeSet<String> memberships,
    String home,
    boolean homeExists,
    Optional<String> shell,
    Key key) {

  /**
   * An SSH key.
   *
   * @param file the private key's path; empty text where none was asked for
   * @param found which of the two files is there: {@code private}, {@code public}, or neither
   * @param text the public key
   * @param fingerprint as ssh-keygen prints it
   */
  record Key(
      String file, Optional<String> found, Optional<String> text, Optional<String> fingerprint) {}

  /** Where a new user's home directory is, as useradd has it. */
  private static final String DEFAULT_HOME =
      """
      [ -n "$h" ] || {
        h=$(sed -n 's/^HOME=//p' /etc/default/useradd 2>/dev/null | tail -n 1)
        h=${h:-/home}/%s
      }
      """;

  private static final String KEY =
      """
      case $k in /*) ;; *) k=${h%%/}/$k ;; esac
      printf 'key file:%s\\n' "$k"
      if [ -e "$k" ]; then echo 'key found:private'
      elif [ -e "$k.pub" ] || [ -h "$k.pub" ]; then echo 'key found:public'
      fi
      [ ! -f "$k.pub" ] || { printf 'key text:'; cat "$k.pub"; }
      [ ! -f "$k" ] || { printf 'key print:'; ssh-keygen -l -f "$k" </dev/null; }
      """;

  /** What tells of a user, and of the groups that the options name. */
  static String questions(UserOptions options) {
    String name = options.name();
    StringBuilder script =
        new StringBuilder(Databases.entry("passwd", name, "passwd", options.local()));
    script.append("h=$(printf %s \"$x\" | cut -d: -f6)\n");
    options.home().ifPresent(home -> script.append("h=" + Expansion.shell(home) + "\n"));
    script.append(DEFAULT_HOME.formatted(ShellQuote.quote(name)));
    script.append("printf 'home:%s\\n' \"$h\"\n[ ! -e \"$h\" ] || echo home there:\n");
    options
        .shell()
        .ifPresent(s -> script.append("printf 'shell:%s\\n' " + Expansion.shell(s) + "\n"));
    if (options.generateSshKey()) {
      script.append("k=" + Expansion.shell(options.keyFile()) + "\n" + KEY);
    }
    String shadow = Databases.entry("shadow", name, "shadow", false).strip();
    script.append("{ " + shadow + "; } 2>/dev/null\n");
    script.append("member " + ShellQuote.quote(name) + "\n");
    options.group().ifPresent(g -> script.append(Databases.entry("group", g, "own", false)));
    for (String group : options.listedGroups()) {
      script.append(Databases.entry("group", group, "of " + group, false));
    }
    return script.toString();
  }

  static UserState of(Databases databases, String name) {
    return new UserState(
        databases.fields("passwd", 7).filter(f -> f[0].equals(name)).map(List::of),
        databases.fields("shadow", 8).filter(f -> f[0].equals(name)).map(List::of),
        new TreeSet<>(databases.all("member")),
        databases.first("home").orElse(""),
        !databases.all("home there").isEmpty(),
        databases.first("shell"),
        new Key(
            databases.first("key file").orElse(""),
            databases.first("key found"),
            databases.first("key text"),
            databases.first("key print")));
  }

  /**
   * The number of the group that a user is to have.
   *
   * @throws ModuleException if there is no such group
   */
  static Optional<String> ownGroup(UserOptions options, Databases databases, Foreseen foreseen)
      throws ModuleException {
    if (options.group().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(group(options.group().get(), "own", 2, databases, foreseen));
  }

  /**
   * The names of the other groups that the options list.
   *
   * @throws ModuleException if one does not exist
   */
  static List<String> listed(UserOptions options, Databases databases, Foreseen foreseen)
      throws ModuleException {
    List<String> names = new ArrayList<>();
    for (String group : options.listedGroups()) {
      names.add(group(group, "of " + group, 0, databases, foreseen));
    }
    return names;
  }

  /** A field of a group; its name stands for what is not known of one that would be made. */
  private static String group(
      String group, String tag, int field, Databases databases, Foreseen foreseen)
      throws ModuleException {
    Optional<String[]> fields = databases.fields(tag, 3);
    if (!foreseen.group(group).orElse(fields.isPresent())) {
      throw new ModuleException("Group " + group + " does not exist");
    }
    return fields.isPresent() ? fields.get()[field] : group;
  }

  boolean exists() {
    return passwd.isPresent();
  }

  /** A field of the passwd entry; empty text where there is no user. */
  String field(int index) {
    return passwd.map(fields -> fields.get(index)).orElse("");
  }

  /** A field of the shadow entry; empty text where there is none. */
  String shadowField(int index) {
    return shadow.map(fields -> fields.get(index)).orElse("");
  }
}
