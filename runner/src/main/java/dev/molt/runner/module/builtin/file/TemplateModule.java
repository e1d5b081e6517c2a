package dev.molt.runner.module.builtin.file;

import dev.molt.dsl.template.TextOptions;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.Destination;
import dev.molt.runner.module.files.FileCommon;
import dev.molt.runner.module.files.FileContent;
import dev.molt.runner.module.files.FileInstall;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Renders a template of the playbook's to a file of the host. */
public final class TemplateModule implements Module<TemplateModule.Options> {
  /** The options; Ansible's names and meanings. */
  public record Options(
      @Option(
              value = "The template, in UTF-8.",
              required = true,
              missing = "src and dest are required")
          String src,
      @Option(
              value =
                  "Path on the host. A directory, or what ends in a slash, gets a file of the"
                      + " template's name.",
              required = true,
              missing = "src and dest are required")
          String dest,
      FileCommon common,
      @Option(value = "Keep what is replaced under a name with the time.", defaultValue = "false")
          boolean backup,
      @Option(value = "Replace a file that differs.", defaultValue = "true") boolean force,
      @Option("Command that must accept the new file, %s, before it is put in place.")
          Optional<String> validate,
      @Option(value = "Write through a link at dest.", defaultValue = "false") boolean follow,
      @Option(value = "What ends lines: \\n, \\r or \\r\\n.", defaultValue = "\\n")
          String newlineSequence,
      @Option(value = "What begins a statement.", defaultValue = "{%") String blockStartString,
      @Option(value = "What ends a statement.", defaultValue = "%}") String blockEndString,
      @Option(value = "What begins an expression.", defaultValue = "{{") String variableStartString,
      @Option(value = "What ends an expression.", defaultValue = "}}") String variableEndString,
      @Option(value = "What begins a comment.", defaultValue = "{#") String commentStartString,
      @Option(value = "What ends a comment.", defaultValue = "#}") String commentEndString,
      @Option(value = "Take away the line break after a statement.", defaultValue = "true")
          boolean trimBlocks,
      @Option(
              value = "Take away the blanks before a statement that begins its line.",
              defaultValue = "false")
          boolean lstripBlocks,
      @Option(value = "How the result is encoded.", defaultValue = "utf-8")
          String outputEncoding) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of("template", "Renders a template to a file on the host", Options.class);
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    TextOptions reading = reading(options);
    Path file = target.find("templates", options.src());
    if (!Files.isRegularFile(file)) {
      throw new ModuleException("src " + file + " is no file");
    }
    String text = target.render(new Target.Template(options.src(), file, options.dest(), reading));
    FileContent content =
        FileContent.of(
            encoded(text, options.outputEncoding()),
            Optional.of(file.getFileName().toString()),
            Optional.of(file.toString()),
            Optional.of(mode(file)));
    FileInstall.Manner manner =
        new FileInstall.Manner(
            options.backup(),
            options.force(),
            options.validate(),
            options.follow(),
            false,
            Optional.empty(),
            options.common().unsafeWrites());
    return new FileInstall(
            Destination.on(target, options.dest()),
            content,
            options.common().attributes(target),
            manner)
        .plan(target);
  }

  private static TextOptions reading(Options options) throws ModuleException {
    String newline = options.newlineSequence().replace("\\r", "\r").replace("\\n", "\n");
    if (!newline.equals("\n") && !newline.equals("\r") && !newline.equals("\r\n")) {
      throw new ModuleException("newline_sequence needs to be one of: \\n, \\r or \\r\\n");
    }
    return TextOptions.DEFAULT
        .withNewline(newline)
        .withTrimBlocks(options.trimBlocks())
        .withLstripBlocks(options.lstripBlocks())
        .withDelimiters(
            new TextOptions.Delimiters(
                options.blockStartString(),
                options.blockEndString(),
                options.variableStartString(),
                options.variableEndString(),
                options.commentStartString(),
                options.commentEndString()));
  }

  private static byte[] encoded(String text, String encoding) throws ModuleException {
    try {
      Charset charset = Charset.forName(encoding.isEmpty() ? "utf-8" : encoding);
      ByteBuffer bytes = charset.newEncoder().encode(CharBuffer.wrap(text));
      byte[] all = new byte[bytes.remaining()];
      bytes.get(all);
      return all;
    } catch (IllegalArgumentException e) {
      throw new ModuleException("unknown encoding: " + encoding);
    } catch (CharacterCodingException e) {
      throw new ModuleException("the result has characters that " + encoding + " lacks");
    }
  }

  private static int mode(Path file) throws ModuleException {
    try {
      return (Integer) Files.getAttribute(file, "unix:mode") & 07777;
    } catch (IOException e) {
      throw new ModuleException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return FileInstall.apply((Plan.Change) plan, target);
  }
}
