package dev.molt.runner.repl;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.template.library.YamlText;
import dev.molt.dsl.value.ValueException;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.cli.HostNames;
import dev.molt.runner.cli.VarsText;
import dev.molt.runner.cli.doc.DocCommand;
import dev.molt.runner.engine.VariableOrigins.Definition;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.ShownValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The lines with a colon that ask for something, and change nothing of the session. */
final class Answers {
  /** What names files by paths that may be relative. */
  private static final Pattern FILES =
      Pattern.compile("\\bsrc[=:]|\\b(include|import)_\\w+|\\b(script|template|unarchive):");

  private final Repl repl;
  private final Start start;

  Answers(Repl repl, Start start) {
    this.repl = repl;
    this.start = start;
  }

  /** As an expression: hosts that have not been asked yet are. */
  int facts(ScalarNode argument) {
    String name = argument.text().strip();
    if (!name.matches("[\\w.]*")) {
      throw Diagnostic.error(argument.position(), "this is not the name of a fact")
          .withHint(":facts distribution; :facts default_ipv4.address")
          .asException();
    }
    String plain = name.startsWith("ansible_") ? name.substring("ansible_".length()) : name;
    String text = "{{ ansible_facts" + (plain.isEmpty() ? "" : "." + plain) + " }}";
    return repl.task(Line.of(Source.inline(":facts", text)), ":facts " + name);
  }

  int vars(ScalarNode argument) {
    List<String> words = Words.of(argument);
    if (words.isEmpty() || words.size() > 2) {
      throw Diagnostic.error(argument.position(), "of which host?")
          .withHint(":vars HOST [NAME]")
          .asException();
    }
    String host = words.get(0);
    List<String> known =
        repl.runs().session().inventory().hosts().stream().map(h -> h.name()).toList();
    if (repl.runs().session().inventory().hostOrLocal(host).isEmpty()) {
      throw Diagnostic.error(
              argument.position(), "there is no host '" + host + "' in the inventory")
          .withHint(Suggestions.hint(host, known).orElse(":hosts all lists them"))
          .asException();
    }
    Map<String, List<Definition>> all =
        repl.runs().session().definitions(repl.runs().play(repl.mood()), host);
    VarsText text = new VarsText(start.secrets());
    if (words.size() == 2 && !all.containsKey(words.get(1))) {
      int at = argument.text().lastIndexOf(words.get(1));
      throw Diagnostic.error(
              argument.origin().at(Math.max(0, at), words.get(1).length()),
              "nothing defines '" + words.get(1) + "' for " + host)
          .withHint(
              Suggestions.hint(words.get(1), all.keySet())
                  .orElse(":vars " + host + " lists what is"))
          .asException();
    }
    repl.console().show(words.size() == 1 ? text.all(all) : text.one(host, words.get(1), all));
    return 0;
  }

  int doc(ScalarNode argument) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(printed, false, StandardCharsets.UTF_8);
    int status;
    try {
      status = new DocCommand(to).execute(Words.of(argument));
    } catch (DiagnosticException e) {
      Diagnostic said = e.diagnostics().get(0);
      throw Diagnostic.error(said.position().orElse(argument.position()), said.message())
          .withHint(said.hint().map(h -> h.replaceFirst("^molt doc( -l)?", ":doc")))
          .asException();
    }
    to.flush();
    repl.console().show(printed.toString(StandardCharsets.UTF_8).lines().toList());
    return status;
  }

  int results(ScalarNode argument) {
    String word = argument.text().strip().replaceFirst("^\\$", "");
    if (word.isEmpty()) {
      List<String> lines = new ArrayList<>();
      repl.runs().finished().forEach(f -> lines.add(start.secrets().mask(summary(f))));
      repl.console().show(lines.isEmpty() ? List.of("no line has been run") : lines);
      return 0;
    }
    Finished line =
        (word.matches("\\d{1,6}")
                ? repl.runs().finished(Integer.parseInt(word))
                : java.util.Optional.<Finished>empty())
            .orElseThrow(
                () ->
                    Diagnostic.error(argument.position(), "there is no result '" + word + "'")
                        .withHint(":results lists them")
                        .asException());
    List<String> lines = new ArrayList<>();
    for (HostResult result : line.last()) {
      lines.add(repl.console().style().bold(result.host() + ":"));
      yaml(result).lines().forEach(l -> lines.add("    " + l));
    }
    repl.console().show(lines);
    return 0;
  }

  private static String summary(Finished line) {
    String how =
        switch (line.status()) {
          case 0 -> "ok";
          case 4 -> "unreachable";
          case 130 -> "interrupted";
          default -> "failed";
        };
    String hosts = HostNames.of(line.last().stream().map(HostResult::host).toList());
    String first = line.line().strip().lines().findFirst().orElse("");
    return String.format(
        Locale.ROOT, "%-4s %-11s %s  (%s)", "$" + line.number(), how, first, hosts);
  }

  private static String yaml(HostResult result) {
    try {
      return YamlText.block(ShownValues.of(result.result()));
    } catch (ValueException e) {
      return result.message();
    }
  }

  /** A new file; readable by others only if no line has a secret in it. */
  int save(ScalarNode argument) {
    List<String> words = Words.of(argument);
    if (words.size() != 1) {
      throw Diagnostic.error(argument.position(), "into which file?")
          .withHint(":save checks.yml")
          .asException();
    }
    SavedPlaybook playbook = SavedPlaybook.of(repl.runs().finished());
    if (playbook.tasks() == 0) {
      throw Diagnostic.error(argument.position(), "there is nothing to save: no line was run well")
          .asException();
    }
    Path file = start.folder().resolve(words.get(0));
    boolean secret = new Secrecy(start.registry(), start.secrets()).any(repl.runs().finished());
    try {
      if (secret) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, playbook.text());
      } else {
        Files.writeString(file, playbook.text(), StandardOpenOption.CREATE_NEW);
      }
    } catch (FileAlreadyExistsException e) {
      throw Diagnostic.error(argument.position(), "there is a file " + words.get(0) + " already")
          .withHint("choose another name, or move it away")
          .asException();
    } catch (IOException e) {
      throw Diagnostic.error(argument.position(), "cannot write " + file + ": " + e.getMessage())
          .asException();
    }
    boolean elsewhere =
        !start.folder().equals(file.toAbsolutePath().normalize().getParent())
            && FILES.matcher(playbook.text()).find();
    String left = playbook.failed() == 0 ? "" : ", without " + playbook.failed() + " that failed";
    left += playbook.lost() == 0 ? "" : " and " + playbook.lost() + " that used what came of it";
    String tasks = playbook.tasks() == 1 ? "task" : "tasks";
    List<String> told = new ArrayList<>();
    told.add("%s: %d %s%s".formatted(words.get(0), playbook.tasks(), tasks, left));
    if (elsewhere) {
      told.add("files that it names are looked for in its own folder, not in this one");
    }
    repl.console().show(told);
    return 0;
  }
}
