package dev.molt.runner.module.builtin.text;

import dev.molt.dsl.template.library.PythonRegex;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.FileCommon;
import dev.molt.runner.module.files.TextEdit;
import dev.molt.runner.remote.UnreachableException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces all that a regular expression finds in a file. */
public final class ReplaceModule implements Module<ReplaceModule.Options> {
  /** The options; Ansible's names and meanings. */
  public record Options(
      @Option(
              value = "The file, of at most 8 MiB.",
              required = true,
              aliases = {"dest", "destfile", "name"})
          String path,
      @Option(value = "What to find; ^ and $ are the ends of lines.", required = true)
          String regexp,
      @Option("What to put in its place; \\1 and \\g<name> stand for groups. Nothing removes it.")
          Optional<String> replace,
      @Option("Only what comes after this regular expression; its dot matches line feeds, too.")
          Optional<String> after,
      @Option("Only what comes before this regular expression; its dot matches line feeds, too.")
          Optional<String> before,
      @Option(value = "How the file's characters are encoded.", defaultValue = "utf-8")
          String encoding,
      @Option(value = "Keep the old file under a name with the time.", defaultValue = "false")
          boolean backup,
      @Option("Command that must accept the new file, %s, before it is put in place.")
          Optional<String> validate,
      FileCommon common) {}

  private static final String SECTION = "subsection";

  @Override
  public Spec<Options> spec() {
    return Spec.of("replace", "Replaces texts in a file by regular expression", Options.class);
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Encoding encoding = Encoding.of(options.encoding());
    try {
      PythonRegex.checkReplacement(options.replace().orElse(""));
    } catch (ValueException e) {
      throw unable(e);
    }
    TextEdit edit =
        TextEdit.of(
            options.path(), options.common(), options.backup(), false, options.validate(), target);
    if (edit.isUnknown()) {
      return edit.unknown();
    }
    if (!edit.exists()) {
      throw new ModuleException(
          "Path " + options.path() + " does not exist !",
          MapValue.empty().put("rc", Value.of(257)));
    }
    String text = encoding.decode(edit.bytes(), options.path());
    try {
      return replaced(options, encoding, edit, text);
    } catch (ValueException e) {
      throw unable(e);
    }
  }

  private static ModuleException unable(ValueException e) {
    return new ModuleException("Unable to process replace due to error: " + e.getMessage());
  }

  private static Plan replaced(Options options, Encoding encoding, TextEdit edit, String text)
      throws ModuleException {
    int from = 0;
    int to = text.length();
    Optional<String> pattern = section(options);
    if (pattern.isPresent()) {
      PythonRegex regex = PythonRegex.compile(pattern.get(), Pattern.DOTALL, text);
      Matcher matcher = regex.matcher(text);
      if (!matcher.find()) {
        String message =
            "Pattern for before/after params did not match the given file: " + pattern.get();
        MapValue result = MapValue.empty().put("msg", Value.of(message));
        return Plan.unchanged(result.put("rc", Value.of(0)));
      }
      int group = regex.group(SECTION, matcher);
      from = matcher.start(group);
      to = matcher.end(group);
    }
    StringBuilder out = new StringBuilder();
    int count = substitute(options, text.substring(from, to), out);
    String made = text.substring(0, from) + out + text.substring(to);
    Plan plan = edit.plan(encoding.encode(made, edit.bytes(), text), count + " replacements made");
    plan.result().put("rc", Value.of(0));
    return plan;
  }

  private static Optional<String> section(Options options) {
    String after = options.after().orElse("");
    String before = options.before().orElse("");
    if (after.isEmpty() && before.isEmpty()) {
      return Optional.empty();
    }
    boolean lazy = !after.isEmpty() && !before.isEmpty();
    return Optional.of(after + "(?P<" + SECTION + ">.*" + (lazy ? "?" : "") + ")" + before);
  }

  private static int substitute(Options options, String text, StringBuilder out) {
    PythonRegex regex = PythonRegex.compile(options.regexp(), Pattern.MULTILINE, text);
    Matcher matcher = regex.matcher(text);
    int from = 0;
    int count = 0;
    while (matcher.find()) {
      out.append(text, from, matcher.start());
      regex.expand(options.replace().orElse(""), matcher, out);
      from = matcher.end();
      count++;
    }
    out.append(text, from, text.length());
    return count;
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return TextEdit.apply(plan, target, "backup_file");
  }
}
