package dev.molt.runner.cli;

import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.inventory.InventoryLoader;
import dev.molt.dsl.settings.AccessSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import dev.molt.runner.engine.PlaybookRunner;
import dev.molt.runner.engine.RunOptions;
import dev.molt.runner.engine.Session;
import dev.molt.runner.engine.TagFilter;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.remote.local.LocalTransport;
import dev.molt.runner.remote.ssh.SshTransport;
import dev.molt.runner.repl.PlainConsole;
import dev.molt.runner.repl.Playbooks;
import dev.molt.runner.repl.Repl;
import dev.molt.runner.repl.Script;
import dev.molt.runner.repl.Secrecy;
import dev.molt.runner.repl.Start;
import dev.molt.runner.repl.terminal.Terminals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code molt repl}. */
final class ReplCommand {
  private final PrintStream out;
  private final PrintStream err;
  private final InputStream in;
  private final Settings settings;
  private final Asker asker;

  ReplCommand(PrintStream out, PrintStream err, InputStream in, Settings settings) {
    this.out = out;
    this.err = err;
    this.in = in;
    this.settings = settings;
    this.asker = new TerminalAsker(err, in);
  }

  int execute(List<String> words) {
    ReplArguments arguments = ReplArguments.parse(words, settings);
    if (arguments.help()) {
      out.print(Help.REPL);
      return 0;
    }
    boolean interactive =
        arguments.lines().isEmpty()
            && arguments.script().isEmpty()
            && Boolean.getBoolean("molt.terminal")
            && Boolean.getBoolean("molt.input.terminal");
    boolean dumb = System.getenv().getOrDefault("TERM", "dumb").equals("dumb");
    Thread warming = new Thread(SshTransport::warmUp, "warm-up");
    warming.setDaemon(true);
    warming.start();
    Optional<Terminals> terminal =
        interactive && !dumb
            ? Optional.of(asks(arguments.run()) ? Terminals.later() : Terminals.ahead())
            : Optional.empty();
    settings.warnings().forEach(this::warn);
    Start start = start(arguments);
    if (terminal.isPresent()) {
      return terminal.get().run(start, inventories(arguments), Style.detect());
    }
    PlainConsole console = new PlainConsole(out, err, Style.detect(), asker(interactive));
    Interrupts.watch(Thread.currentThread());
    try (Repl repl = new Repl(start, console)) {
      Thread hook = leavingWhereNothingIsAtWork(repl);
      try {
        return run(repl, arguments, interactive);
      } finally {
        forget(hook);
      }
    }
  }

  /**
   * Where lines come from a terminal, somebody sits there; but not if only the output goes to one.
   */
  private Optional<java.util.function.Function<String, Optional<String>>> asker(boolean reads) {
    return reads || Boolean.getBoolean("molt.input.terminal")
        ? Optional.of(question -> asker.ask(question, false))
        : Optional.empty();
  }

  /** Whether somebody may be asked for a password before the session begins. */
  private static boolean asks(RunArguments arguments) {
    Settings set = arguments.settings();
    return set.get(AccessSettings.ASK_PASS)
        || set.get(AccessSettings.BECOME_ASK_PASS)
        || !arguments.vault().sources(set).isEmpty();
  }

  /** A signal ends a line that is at work first; where only input is waited for, nothing is. */
  private static Thread leavingWhereNothingIsAtWork(Repl repl) {
    Thread hook =
        new Thread(
            () -> {
              if (!repl.busy()) {
                Runtime.getRuntime().halt(PlaybookRunner.Outcome.INTERRUPTED.exitStatus());
              }
            },
            "idle");
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is being stopped, and the hook runs.
    }
  }

  private int run(Repl repl, ReplArguments arguments, boolean prompts) {
    Optional<PrintStream> prompt = prompts ? Optional.of(out) : Optional.empty();
    for (int i = 0; i < arguments.lines().size(); i++) {
      String name = arguments.lines().size() == 1 ? "-c" : "-c " + (i + 1);
      int status = repl.run(Source.inline(name, arguments.lines().get(i)));
      if (status != 0 || repl.ended()) {
        return status;
      }
    }
    if (arguments.script().isPresent()) {
      Path file = UserPath.of(arguments.script().get());
      try (BufferedReader lines = script(file)) {
        return new Script(repl, file.toString(), prompt).run(lines);
      } catch (IOException e) {
        throw Diagnostic.error("cannot read the script " + file)
            .withHint("--script takes a file of lines, as you would type them")
            .asException();
      }
    } else if (!arguments.lines().isEmpty()) {
      return 0;
    }
    try {
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return new Script(repl, "stdin", prompt).run(lines);
    } catch (IOException e) {
      throw Diagnostic.error("cannot read lines: " + e.getMessage()).asException();
    }
  }

  /** A pipe is read line by line, as it comes. */
  private static BufferedReader script(Path file) throws IOException {
    return Files.isRegularFile(file)
        ? new BufferedReader(new StringReader(Source.file(file).text()))
        : Files.newBufferedReader(file, StandardCharsets.UTF_8);
  }

  private List<String> inventories(ReplArguments arguments) {
    return InventorySources.of(arguments.run().inventories(), arguments.run().settings());
  }

  /** What a session with these arguments starts with. */
  Start start(ReplArguments given) {
    RunArguments arguments = given.run();
    Settings set = arguments.settings();
    Secrets secrets = new Secrets();
    VaultSecrets vault = arguments.vault().secrets(set, asker, this::warn).telling(secrets::add);
    List<Layer> extra = new ArrayList<>();
    arguments.extraVars().forEach(text -> extra.add(0, ExtraVars.parse(text, vault)));
    extra.forEach(layer -> learn(layer, secrets));
    PlaybookTools.duplicateKeys(set, this::warn);
    Path folder = Path.of("").toAbsolutePath();
    PlaybookTools tools = PlaybookTools.of(folder.resolve("line"), vault, extra, set);
    Inventory inventory =
        InventoryLoader.load(
            inventories(given),
            InventoryLoading.options(set, tools.templar(), extra).withPlaybookDir(folder));
    inventory.warnings().forEach(this::warn);
    tools.answers().inventory().set(inventory);
    Passwords passwords = Passwords.of(set, asker);
    RunOptions options =
        new RunOptions(
            arguments.check(),
            arguments.limit(),
            extra,
            TagFilter.ALL,
            passwords.login(),
            passwords.become(),
            Optional.empty(),
            Optional.empty(),
            false,
            set);
    RunOptions allowed = given.readOnly() ? options.withoutChanges() : options;
    return new Start(
        folder,
        tools.answers().inventory(),
        tools.loader(),
        tools.registry(),
        tools.templar(),
        secrets,
        SshTransport::new,
        LocalTransport::new,
        asker::ask,
        allowed,
        new SessionPlaybooks(vault, secrets, allowed),
        given.yes());
  }

  /** What was given as a password is not to be shown, nor remembered where it is typed again. */
  private static void learn(Layer given, Secrets secrets) {
    given.nodes().forEach((name, node) -> learn(node, Secrecy.named(name), secrets));
  }

  /**
   * What is below something that is called a secret is one.
   *
   * @param secret whether the value is called so
   */
  private static void learn(Node node, boolean secret, Secrets secrets) {
    if (node instanceof SequenceNode list) {
      list.items().forEach(item -> learn(item, secret, secrets));
    } else if (node instanceof MappingNode mapping) {
      mapping
          .entries()
          .forEach(e -> learn(e.value(), secret || Secrecy.named(e.key().text()), secrets));
    } else if (secret && node instanceof ScalarNode text && !text.isVault()) {
      secrets.add(text.text());
    }
  }

  private void warn(Diagnostic warning) {
    err.print(DiagnosticFormatter.format(warning));
  }

  /** {@code run} lines, as {@code molt run} does them. */
  private final class SessionPlaybooks implements Playbooks {
    private final VaultSecrets vault;
    private final Secrets secrets;
    private final RunOptions base;

    SessionPlaybooks(VaultSecrets vault, Secrets secrets, RunOptions base) {
      this.vault = vault;
      this.secrets = secrets;
      this.base = base;
    }

    @Override
    public int run(
        List<String> words, boolean check, boolean readOnly, String limit, Session session) {
      RunCommand.Within within =
          new RunCommand.Within(
              session, session.inventory(), vault, secrets, base, check, readOnly, limit);
      try {
        return new RunCommand(out, err, base.settings(), new ExitStatus(), Optional.of(within))
            .execute(words);
      } finally {
        PlaybookTools.duplicateKeys(base.settings(), ReplCommand.this::warn);
        out.flush();
      }
    }

    @Override
    public boolean looksOnly(List<String> words) {
      GivenWords given = RunArguments.parse(words, base.settings()).given();
      return given.has("--check")
          || given.has("--help")
          || given.has("--version")
          || given.has("--syntax-check")
          || Listing.wanted(given);
    }
  }
}
