package dev.molt.runner.module.builtin.apt;

import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a host knows of packages that a task names.
 *
 * @param listsTime when the lists of packages were brought up to date, in seconds since 1970
 * @param now the host's time, likewise
 * @param installed by name, also with its architecture
 * @param automatic names of packages that came for others
 * @param available by name; only of what was asked for
 * @param matches names by the pattern that means them
 * @param files name and version by package file
 */
record AptState(
    long listsTime,
    long now,
    Map<String, Installed> installed,
    Set<String> automatic,
    Map<String, Available> available,
    Map<String, List<String>> matches,
    Map<String, String[]> files) {

  private static final int NO_APT = 90;

  /**
   * What dpkg knows.
   *
   * @param status {@code i} if it is installed, {@code c} if only configuration files are left
   */
  record Installed(String status, String version) {}

  /**
   * What could be installed.
   *
   * @param candidate the version that apt would take; empty text for none
   * @param versions all of them, the newest first
   */
  record Available(String candidate, List<String> versions) {}

  private static final String SCRIPT =
      """
      LC_ALL=C; export LC_ALL
      if ! command -v apt-get >/dev/null 2>&1; then
        for m in dnf yum zypper apk pacman; do command -v $m >/dev/null 2>&1 && echo "$m" >&2; done
        exit 90
      fi
      f=/var/lib/apt/periodic/update-success-stamp
      [ -e "$f" ] || f=/var/lib/apt/lists
      printf 'time\\t%s\\t%s\\n' "$(stat -c %Y "$f" 2>/dev/null || echo 0)" "$(date +%s)"
      is='is\\t${Package}\\t${Architecture}\\t${db:Status-Abbrev}\\t${Version}\\n'
      """;

  private static final String NAMED =
      """
      dpkg-query -W -f "$is" "$@" 2>/dev/null
      awk '/^Package: /{p=$2} /^Auto-Installed: 1/{print "auto\\t" p}' \\
        /var/lib/apt/extended_states 2>/dev/null | grep -xF "$(printf 'auto\\t%s\\n' "$@")"
      for p in "$@"; do
        [ -z "$need" ] || break
        case $(dpkg-query -W -f '${db:Status-Status} ' "$p" 2>/dev/null) in
          *' installed '* | 'installed '*) ;; *) need=y;;
        esac
      done
      [ -z "$need" ] || { echo policy; apt-cache policy "$@" 2>/dev/null; }
      """;

  /**
   * Asks.
   *
   * @param candidates whether to ask for other versions even of what is installed
   * @throws ModuleException if the host has no apt
   */
  static AptState ask(
      List<PackageSpec> specs, List<String> files, boolean candidates, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    StringBuilder script = new StringBuilder(SCRIPT);
    for (String file : files) {
      String quoted = ShellQuote.quote(file);
      script.append("n=$(dpkg-deb -f ").append(quoted).append(" Package) || exit\n");
      script.append("v=$(dpkg-deb -f ").append(quoted).append(" Version) || exit\n");
      script.append("printf 'deb\\t%s\\t%s\\t%s\\n' ").append(quoted).append(" \"$n\" \"$v\"\n");
      script.append("dpkg-query -W -f \"$is\" \"$n\" 2>/dev/null\n");
    }
    if (!specs.isEmpty()) {
      script.append("set --");
      specs.stream()
          .filter(spec -> !spec.isPattern())
          .forEach(spec -> script.append(' ').append(ShellQuote.quote(spec.name())));
      script.append('\n');
      specs.stream().filter(PackageSpec::isPattern).forEach(spec -> pattern(script, spec));
      script.append("need=").append(candidates ? "y" : "").append('\n').append(NAMED);
    }
    ScriptResult reply = target.read(Script.of(script + "exit 0\n"));
    if (reply.exitStatus() == NO_APT) {
      String other = reply.err().strip().lines().findFirst().orElse("");
      throw new ModuleException(
          "the host has no apt-get"
              + (other.isEmpty()
                  ? ""
                  : ", but " + other + ", which Molt does not know: use command or shell"));
    } else if (!reply.ok()) {
      throw new ModuleException("cannot ask for packages: " + reply.err().strip());
    }
    return parse(reply.out());
  }

  /** Names that a pattern means, as further arguments. */
  private static void pattern(StringBuilder script, PackageSpec spec) {
    String pattern = ShellQuote.quote(spec.name());
    script
        .append("for p in $(apt-cache pkgnames | grep -E -- ")
        .append(ShellQuote.quote(spec.namesRegex()))
        .append("); do\n  set -- \"$@\" \"$p\"; printf 'match\\t%s\\t%s\\n' ")
        .append(pattern)
        .append(" \"$p\"\ndone\n");
  }

  private static AptState parse(String out) {
    AptState state =
        new AptState(
            number(out, 1),
            number(out, 2),
            new LinkedHashMap<>(),
            new LinkedHashSet<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>());
    int policy = out.indexOf("\npolicy\n");
    String known = policy < 0 ? out : out.substring(0, policy);
    known.lines().map(line -> line.split("\t", -1)).forEach(state::take);
    if (policy >= 0) {
      state.policies(out.substring(policy + "\npolicy\n".length()));
    }
    return state;
  }

  private static long number(String out, int field) {
    String[] fields = out.split("\n", 2)[0].split("\t");
    return fields.length > field ? Long.parseLong(fields[field]) : 0;
  }

  private void take(String[] line) {
    switch (line[0]) {
      case "is" -> {
        String status = line[3].strip();
        Installed one = new Installed(status.length() > 1 ? status.substring(1, 2) : "", line[4]);
        installed.put(line[1] + ":" + line[2], one);
        // Of several architectures the installed one counts for the bare name.
        installed.merge(line[1], one, (a, b) -> a.status().equals("i") ? a : b);
      }
      case "auto" -> automatic.add(line[1]);
      case "match" -> matches.computeIfAbsent(line[1], p -> new ArrayList<>()).add(line[2]);
      case "deb" -> files.put(line[1], new String[] {line[2], line[3]});
      default -> {
        // The time.
      }
    }
  }

  /** Reads what apt-cache policy prints. */
  private void policies(String text) {
    String name = "";
    String candidate = "";
    List<String> versions = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (!line.startsWith(" ") && line.endsWith(":")) {
        name = line.substring(0, line.length() - 1);
        versions = new ArrayList<>();
        candidate = "";
      } else if (line.startsWith("  Candidate: ")) {
        candidate = line.substring("  Candidate: ".length()).strip();
        candidate = candidate.equals("(none)") ? "" : candidate;
      } else if (line.matches(" (\\*\\*\\*|   ) \\S+ -?\\d+.*")) {
        versions.add(line.substring(5).split(" ")[0]);
      }
      if (!name.isEmpty()) {
        available.put(name, new Available(candidate, versions));
      }
    }
  }

  /** The installed version of a package. */
  Optional<String> version(String name) {
    return Optional.ofNullable(installed.get(name))
        .filter(i -> i.status().equals("i"))
        .map(Installed::version);
  }

  /** Whether anything of a package is on the host, if only configuration files. */
  boolean hasFiles(String name) {
    return Optional.ofNullable(installed.get(name))
        .filter(i -> !i.status().equals("n"))
        .isPresent();
  }
}
