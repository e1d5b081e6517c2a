package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Effect.FileEffect;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.Capabilities;
import dev.molt.runner.module.files.FileQuery;
import dev.molt.runner.module.files.HostChange;
import dev.molt.runner.module.files.HostFile;
import dev.molt.runner.module.files.HostFiles;
import dev.molt.runner.module.files.HostPath;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.util.List;
import java.util.Optional;

/**
 * Gives a program capabilities, or takes them away. Replacing a file drops its capabilities, so
 * this belongs after what replaces it.
 */
public final class SetcapModule implements Module<SetcapModule.Options> {
  /** Whether the capabilities are to be there. */
  public enum State {
    PRESENT,
    ABSENT
  }

  /** The options of community.general.capabilities. */
  public record Options(
      @Option(
              value = "Absolute path of the program.",
              required = true,
              aliases = {"key"})
          String path,
      @Option(
              value =
                  "Such as cap_net_bind_service+ep. Each that is named gets exactly these flags;"
                      + " others are kept.",
              required = true,
              aliases = {"cap"})
          String capability,
      @Option(value = "Whether they are to be there.", defaultValue = "present") State state) {}

  private record Step(String path, Capabilities after, FileQuery query) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of("setcap", "Sets the capabilities of a program", Options.class);
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String path = HostPath.through(target.foreseen(), HostPath.of("path", options.path()), true);
    // setcap refuses links, so what the path leads to is meant.
    FileQuery query = new FileQuery().named(path).capabilities(path);
    return decide(options, path, query, query.ask(target));
  }

  private static Plan decide(Options options, String path, FileQuery query, HostFiles host)
      throws ModuleException {
    HostFile file = host.behind(path);
    String real = host.real(path);
    if (!file.isFile()) {
      throw new ModuleException(
          path + (file.exists() ? " is not a regular file" : " does not exist on the host"));
    }
    if (host.capabilities(path).isEmpty()) {
      throw new ModuleException(
          "getcap is not installed on the host, or not in PATH; it comes with libcap2-bin (Debian,"
              + " Ubuntu) or libcap (Red Hat, SUSE, Alpine)");
    }
    Capabilities now = Capabilities.ofGetcap(path, host.capabilities(path).get());
    Capabilities named = parse(options);
    Capabilities after =
        options.state() == State.PRESENT ? named.over(now) : named.removedFrom(now);
    if (!after.fitsAFile()) {
      throw new ModuleException(
          path
              + " cannot have the capabilities "
              + after
              + ": in a file, e holds for all of them or for none, and goes with p or i");
    }
    MapValue result = MapValue.empty();
    result.put("path", Value.of(path));
    result.put("capabilities", Value.of(after.toString()));
    if (after.equals(now)) {
      return Plan.unchanged(result);
    }
    FileState state = file.state();
    FileState changed =
        new FileState(
            state.kind(),
            state.mode(),
            state.owner(),
            state.group(),
            state.size(),
            state.sha256(),
            state.link(),
            Optional.of(after.toString()));
    return new Plan.Change(
        List.of(FieldDiff.of(real, "capabilities", now.toString(), after.toString())),
        new Step(real, after, query),
        result,
        List.of(new FileEffect(real, changed)));
  }

  private static Capabilities parse(Options options) throws ModuleException {
    String text = options.capability();
    boolean bare =
        options.state() == State.ABSENT && text.chars().noneMatch(c -> "+-=".indexOf(c) >= 0);
    try {
      Capabilities named = Capabilities.parse(bare ? text + "+eip" : text);
      if (named.isEmpty()) {
        throw new ModuleException("capability: '" + text + "' names none");
      }
      return named;
    } catch (IllegalArgumentException e) {
      throw new ModuleException("capability: " + e.getMessage(), e);
    }
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Step step = (Step) ((Plan.Change) plan).state();
    String path = ShellQuote.quote(step.path());
    String command =
        step.after().isEmpty()
            ? "setcap -r " + path
            : "setcap " + ShellQuote.quote(step.after().toString()) + " " + path;
    // Not being root is by far the most common reason, and setcap does not say so.
    String commands =
        "PATH=$PATH:/usr/sbin:/sbin\n"
            + command
            + " || { [ \"$(id -u)\" = 0 ] ||"
            + " echo 'setting capabilities takes root: is become missing?'; exit 1; }\n";
    HostFiles host =
        new HostChange(
                "set capabilities of " + step.path(),
                commands,
                Optional.empty(),
                HostPath.parent(step.path()))
            .make(step.query(), target);
    String asked = HostPath.of("path", options.path());
    Plan after = decide(options, asked, step.query(), host);
    return Applied.verified(plan.result(), after);
  }
}
