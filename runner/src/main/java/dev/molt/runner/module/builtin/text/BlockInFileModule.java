package dev.molt.runner.module.builtin.text;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.builtin.text.LineInFileModule.State;
import dev.molt.runner.module.files.FileCommon;
import dev.molt.runner.module.files.TextEdit;
import dev.molt.runner.remote.UnreachableException;
import java.util.Optional;

/** Sees to it that a block of lines between two markers is in a file, or is not. */
public final class BlockInFileModule implements Module<BlockInFileModule.Options> {
  /** The options; Ansible's names and meanings. */
  public record Options(
      @Option(
              value = "The file, of at most 8 MiB.",
              required = true,
              aliases = {"dest", "destfile", "name"})
          String path,
      @Option(value = "Whether the block is to be there.", defaultValue = "present") State state,
      @Option(
              value = "The lines between the markers; none removes the block.",
              aliases = {"content"})
          Optional<String> block,
      @Option(
              value = "The line before and after; {mark} becomes marker_begin and marker_end.",
              defaultValue = "# {mark} ANSIBLE MANAGED BLOCK")
          String marker,
      @Option(value = "In the first marker.", defaultValue = "BEGIN") String markerBegin,
      @Option(value = "In the second marker.", defaultValue = "END") String markerEnd,
      @Option(
              "Where there is no block yet: after the last line in which this regular expression"
                  + " is found, or EOF. With (?m) it may span lines.")
          Optional<String> insertafter,
      @Option(
              "Where there is no block yet: before the last line in which this regular expression"
                  + " is found, or BOF. With (?m) it may span lines.")
          Optional<String> insertbefore,
      @Option(value = "Keep an empty line after the block.", defaultValue = "false")
          boolean appendNewline,
      @Option(value = "Keep an empty line before the block.", defaultValue = "false")
          boolean prependNewline,
      @Option(value = "Make a file that does not exist.", defaultValue = "false") boolean create,
      @Option(value = "Keep the old file under a name with the time.", defaultValue = "false")
          boolean backup,
      @Option("Command that must accept the new file, %s, before it is put in place.")
          Optional<String> validate,
      FileCommon common) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of("blockinfile", "Sees to a block of lines of a text file", Options.class);
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    if (options.insertafter().isPresent() && options.insertbefore().isPresent()) {
      throw new ModuleException("parameters are mutually exclusive: insertbefore|insertafter");
    }
    BlockPlacing placing = new BlockPlacing(options);
    TextEdit edit =
        TextEdit.of(
            options.path(),
            options.common(),
            options.backup(),
            options.create(),
            options.validate(),
            target);
    if (edit.isUnknown()) {
      return edit.unknown();
    }
    if (!edit.exists()) {
      if (!options.create()) {
        throw new ModuleException(
            "Path " + options.path() + " does not exist !",
            MapValue.empty().put("rc", Value.of(257)));
      }
      if (options.state() == State.ABSENT) {
        String message = "File " + options.path() + " not present";
        return Plan.unchanged(MapValue.empty().put("msg", Value.of(message)));
      }
    }
    String bytes = placing.in(edit.bytes());
    String message =
        !edit.exists() ? "File created" : placing.isEmpty() ? "Block removed" : "Block inserted";
    return edit.plan(bytes, message);
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return TextEdit.apply(plan, target, "backup_file");
  }
}
