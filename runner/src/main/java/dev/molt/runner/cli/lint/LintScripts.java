package dev.molt.runner.cli.lint;

import dev.molt.dsl.hook.ScriptKind;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Checks files in Groovy that are neither playbooks nor tasks. */
final class LintScripts {
  /** Compiling takes a second or two, and more on a busy machine. */
  private static final Duration COMPILING = Duration.ofSeconds(30);

  private final Findings findings;
  private final Duration longest;

  /**
   * Adds what is wrong to the findings.
   *
   * @param longest what stands outside of closures may take, beside the time to compile it
   */
  LintScripts(Findings findings, Duration longest) {
    this.findings = findings;
    this.longest = longest.plus(COMPILING);
  }

  /** Checks one as what its folder says it is. */
  void check(Path file, ScriptKind kind) {
    // By the name that playbooks know it by, so that nothing is said twice.
    Path absolute = file.toAbsolutePath().normalize();
    FutureTask<Void> task = new FutureTask<>(() -> kind.check(absolute), null);
    Thread thread = new Thread(task, "scripts");
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof DiagnosticException wrong)) {
        throw new IllegalStateException(e.getCause());
      }
      findings.add(wrong.diagnostics());
    } catch (TimeoutException e) {
      task.cancel(true);
      findings.add(
          List.of(
              Diagnostic.error(
                      "reading " + file + " took longer than " + longest.toSeconds() + " s")
                  .withHint("only what stands in closures may take its time")));
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
    }
  }
}
