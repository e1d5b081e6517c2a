package dev.molt.runner.module.builtin.file;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.HostPath;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Gives the content of a file of the host, in Base64. Never changes anything. */
public final class SlurpModule implements Module<SlurpModule.Options> {
  /** The longest file, in bytes. */
  private static final long LIMIT = 48L << 20;

  /** The options; Ansible's names and meanings. */
  public record Options(
      @Option(
              value = "The file on the host, of at most 48 MiB.",
              required = true,
              aliases = {"path"})
          String src) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of("slurp", "Gives the content of a file of the host", Options.class);
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String path = HostPath.on(target, "src", options.src());
    String real = HostPath.through(target.foreseen(), path, true);
    Optional<FileState> foreseen = target.foreseen().file(real);
    if (foreseen.isPresent() && !isTouched(foreseen.get())) {
      return foreseen(foreseen.get(), path);
    }
    Script script =
        new Script(
            "LC_ALL=C base64 -w0 -- " + ShellQuote.quote(real),
            Optional.empty(),
            Script.DEFAULT_DEADLINE,
            LIMIT * 4 / 3 + 4,
            Optional.empty());
    ScriptResult answer = target.read(script);
    if (!answer.ok()) {
      throw refused(answer.err().strip(), path);
    }
    if (answer.truncated()) {
      throw new ModuleException(
          "unable to slurp file: " + path + " is longer than 48 MiB; fetch takes longer ones");
    }
    return content(answer.out().strip(), path);
  }

  /** Whether a check foresees a file, and nothing of what it holds. */
  private static boolean isTouched(FileState state) {
    return state.kind() == Kind.FILE && state.sha256().isEmpty();
  }

  private static Plan foreseen(FileState state, String path) throws ModuleException {
    if (!state.exists()) {
      throw refused("No such file or directory", path);
    }
    if (state.kind() == Kind.DIRECTORY) {
      throw refused("Is a directory", path);
    }
    if (state.content().isEmpty()) {
      return new Plan.Unknown(
          "would read " + path + ", which an earlier task would have written", MapValue.empty());
    }
    byte[] bytes = state.content().get().getBytes(StandardCharsets.ISO_8859_1);
    return content(Base64.getEncoder().encodeToString(bytes), path);
  }

  private static Plan content(String base64, String path) {
    return Plan.unchanged(
        MapValue.empty()
            .put("content", Value.of(base64))
            .put("source", Value.of(path))
            .put("encoding", Value.of("base64")));
  }

  /** Ansible's words for the host's. */
  static ModuleException refused(String said, String path) {
    if (said.endsWith("No such file or directory")) {
      return new ModuleException("file not found: " + path);
    } else if (said.endsWith("Permission denied")) {
      return new ModuleException("file is not readable: " + path);
    } else if (said.endsWith("Is a directory")) {
      return new ModuleException("source is a directory and must be a file: " + path);
    }
    return new ModuleException("unable to slurp file: " + said);
  }
}
