package dev.molt.runner.cli;

import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.runner.cli.doc.DocCommand;
import dev.molt.runner.cli.lint.LintCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The entry point: finds the command and ends the process with its exit status. */
public final class Main {
  private static final List<String> COMMANDS =
      List.of(
          "run",
          "repl",
          "inventory",
          "vars",
          "lint",
          "doc",
          "config",
          "vault",
          "lab",
          "demo",
          "test");

  private Main() {}

  public static void main(String[] arguments) {
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    int status = execute(Arrays.asList(arguments), out, err);
    out.flush();
    err.flush();
    // Threads of connections that hang must not keep the process.
    Runtime.getRuntime().halt(Interrupts.finished(status));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(
        new java.io.BufferedOutputStream(new FileOutputStream(descriptor), 8192),
        false,
        StandardCharsets.UTF_8);
  }

  /** Runs a command line; gives the exit status. */
  static int execute(List<String> arguments, PrintStream out, PrintStream err) {
    ExitStatus status = new ExitStatus();
    try {
      if (arguments.isEmpty() || List.of("--help", "-h", "help").contains(arguments.get(0))) {
        out.print(Help.TEXT);
        return 0;
      }
      String command = arguments.get(0);
      List<String> rest = arguments.subList(1, arguments.size());
      return switch (command) {
        case "--version" -> {
          out.println(Version.text());
          yield 0;
        }
        case "inventory" -> new InventoryCommand(out, err, Settings.load(), status).execute(rest);
        case "vars" -> new VarsCommand(out, err, Settings.load()).execute(rest);
        case "vault" -> new VaultCommand(out, err, Settings.load()).execute(rest);
        case "run" -> new RunCommand(out, err, Settings.load(), status).execute(rest);
        case "repl" -> new ReplCommand(out, err, System.in, Settings.load()).execute(rest);
        case "config" -> new ConfigCommand(out, Settings.load()).execute(rest);
        case "doc" -> new DocCommand(out).execute(rest);
        case "lint" -> {
          status.cannotStartWith(2);
          yield new LintCommand(
                  out,
                  err,
                  Settings.load(),
                  Version.text(),
                  name -> Names.find("playbook", "playbooks", name),
                  vars -> ExtraVars.parse(vars, VaultSecrets.none()))
              .execute(rest);
        }
        default ->
            throw Diagnostic.error("there is no command '" + command + "'")
                .withHint(
                    Suggestions.hint(command, COMMANDS).orElse("molt --help lists the commands"))
                .asException();
      };
    } catch (DiagnosticException e) {
      out.flush();
      e.diagnostics().forEach(d -> err.print(status.words(d)));
      return status.failed(e);
    } catch (RuntimeException e) {
      out.flush();
      err.println("error: internal error, please report it");
      e.printStackTrace(err);
      return ExitStatus.INTERNAL_ERROR;
    }
  }
}
