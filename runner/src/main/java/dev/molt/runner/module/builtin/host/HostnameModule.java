package dev.molt.runner.module.builtin.host;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names a host: what the kernel calls it now, and what it is to be called after a start. */
public final class HostnameModule implements Module<HostnameModule.Options> {
  /** Where the lasting name is kept. */
  public enum Use {
    ALPINE,
    DEBIAN,
    GENERIC,
    OPENRC,
    REDHAT,
    SLES,
    SYSTEMD
  }

  /** See {@link Option} on each. */
  public record Options(
      @Option(value = "The name, with or without a domain.", required = true) String name,
      @Option("How the host keeps its name; found out where left out.") Optional<Use> use) {}

  /** The kernel's bound, HOST_NAME_MAX. */
  private static final int LONGEST = 64;

  /**
   * Finds the way ({@code u}) and tells both names. hostnamectl asks a service that is not always
   * there; what it would say stands in a file.
   */
  private static final String FUNCTIONS =
      """
      LC_ALL=C; export LC_ALL
      if [ -z "$u" ]; then
        if [ -d /run/systemd/system ] && command -v hostnamectl >/dev/null; then u=systemd
        elif [ -f /etc/alpine-release ]; then u=alpine
        elif [ -f /etc/conf.d/hostname ]; then u=openrc
        elif [ -f /etc/SuSE-release ]; then u=sles
        elif [ -f /etc/sysconfig/network ] && ! [ -f /etc/hostname ]; then u=redhat
        else u=debian
        fi
      fi
      case $u in
        openrc) f=/etc/conf.d/hostname; e='s/^hostname="\\{0,1\\}\\([^"]*\\)"\\{0,1\\}/\\1/p';;
        redhat) f=/etc/sysconfig/network; e='s/^HOSTNAME="\\{0,1\\}\\([^"]*\\)"\\{0,1\\}/\\1/p';;
        sles) f=/etc/HOSTNAME; e='/^#/d;/^$/d;p';;
        generic) f=; e=;;
        *) f=/etc/hostname; e='/^#/d;/^[[:space:]]*$/d;p';;
      esac
      tell() {
        printf 'use:%s\\nnow:%s\\n' "$u" "$(uname -n)"
        [ -z "$f" ] || printf 'kept:%s\\n' "$(sed -n "$e" "$f" 2>/dev/null | sed -n 1p)"
        printf 'fqdn:%s\\n' "$(hostname -f 2>/dev/null || uname -n)"
      }
      """;

  /** Takes the name in {@code n}. The file goes first: some daemons watch the kernel's name. */
  private static final String CHANGE =
      """
      put() {
        t=$(mktemp "$f.XXXXXX") || exit
        if cat >"$t" && chmod 0644 "$t" && mv -f "$t" "$f"; then return; fi
        rm -f "$t"; exit 1
      }
      line() {
        { sed "/^$1=/d" "$f" 2>/dev/null; printf '%s\\n' "$2"; } | put
      }
      case $u in
        systemd)
          hostnamectl --pretty --static set-hostname "$n" >&2 || exit
          hostnamectl --transient set-hostname "$n" >&2 || exit;;
        openrc) line hostname "hostname=\\"$n\\"";;
        redhat) line HOSTNAME "HOSTNAME=$n";;
        generic) ;;
        *) printf '%s\\n' "$n" | put;;
      esac
      [ "$(uname -n)" = "$n" ] || hostname "$n" >&2 || exit
      tell
      """;

  private static final Spec<Options> SPEC = Spec.of("hostname", "Names the host", Options.class);

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    if (options.name().length() > LONGEST) {
      throw new ModuleException("name cannot be longer than 64 characters, try a shorter name");
    }
    if (!options.name().matches("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")) {
      throw new ModuleException(
          "'" + options.name() + "' is no name for a host: letters, digits, '-' and '.' make one");
    }
    ScriptResult answer = target.read(Script.of(prologue(options) + "tell\n"));
    return plan(options, answer, "the host's name could not be read");
  }

  private static String prologue(Options options) {
    String use = options.use().map(u -> u.name().toLowerCase(Locale.ROOT)).orElse("");
    return "u=" + use + "\nn=" + ShellQuote.quote(options.name()) + "\n" + FUNCTIONS;
  }

  private static Plan plan(Options options, ScriptResult answer, String failure)
      throws ModuleException {
    if (!answer.ok()) {
      throw new ModuleException(failure + ": " + answer.err().strip());
    }
    String name = options.name();
    List<FieldDiff> diffs = new ArrayList<>();
    value(answer, "kept")
        .filter(kept -> !kept.equals(name))
        .ifPresent(kept -> diffs.add(FieldDiff.of(name, "permanent hostname", kept, name)));
    value(answer, "now")
        .filter(now -> !now.equals(name))
        .ifPresent(now -> diffs.add(FieldDiff.of(name, "hostname", now, name)));
    MapValue result = result(name, value(answer, "fqdn").orElse(name));
    return diffs.isEmpty() ? Plan.unchanged(result) : new Plan.Change(diffs, "", result, List.of());
  }

  private static MapValue result(String name, String fqdn) {
    int dot = fqdn.indexOf('.');
    MapValue facts =
        MapValue.empty()
            .put("ansible_hostname", Value.of(name.split("\\.", 2)[0]))
            .put("ansible_nodename", Value.of(name))
            .put("ansible_fqdn", Value.of(fqdn))
            .put("ansible_domain", Value.of(dot < 0 ? "" : fqdn.substring(dot + 1)));
    return MapValue.empty().put("name", Value.of(name)).put("ansible_facts", facts);
  }

  private static Optional<String> value(ScriptResult answer, String tag) {
    return answer
        .out()
        .lines()
        .filter(line -> line.startsWith(tag + ":"))
        .map(line -> line.substring(tag.length() + 1).strip())
        .findFirst();
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    ScriptResult answer = target.write(Script.of(prologue(options) + CHANGE));
    Plan after = plan(options, answer, "the host could not be named");
    List<FieldDiff> diffs = ((Plan.Change) plan).diffs();
    String before = diffs.get(diffs.size() - 1).before();
    MapValue diff =
        MapValue.empty()
            .put("before", Value.of("hostname = " + before + "\n"))
            .put("after", Value.of("hostname = " + options.name() + "\n"));
    return Applied.verified(after.result().put("diff", diff), after);
  }
}
