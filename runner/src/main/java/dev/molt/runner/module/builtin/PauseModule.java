package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Waits for a while. A check does not wait, and says that it cannot tell. */
public final class PauseModule implements Module<PauseModule.Options> {
  private static final Spec<Options> SPEC = Spec.of("pause", "Wait for a while", Options.class);
  private static final long TOLD_EVERY_MILLIS = 10_000;

  /** See {@link Option} on each. */
  public record Options(
      @Option("How long, in seconds.") Optional<Double> seconds,
      @Option("How long, in minutes, instead of seconds.") Optional<Double> minutes,
      @Option("What to say meanwhile. Alone it would wait for an answer, which is refused.")
          Optional<String> prompt,
      @Option(value = "Accepted for playbooks written for Ansible.", defaultValue = "true")
          boolean echo) {}

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Background background() {
    return Background.REFUSED;
  }

  @Override
  public Plan plan(Options options, Target target) throws ModuleException {
    return new Plan.Unknown("would wait " + text(duration(options)), MapValue.empty());
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, InterruptedException {
    Duration wanted = duration(options);
    Instant start = Instant.now();
    long end = System.nanoTime() + wanted.toNanos();
    options.prompt().ifPresent(target::progress);
    for (long left = wanted.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      target.progress("waiting " + text(Duration.ofMillis(left)) + " more");
      Thread.sleep(Math.min(left, TOLD_EVERY_MILLIS));
    }
    Instant stop = Instant.now();
    return Applied.of(
        MapValue.empty()
            .put("changed", BoolValue.FALSE)
            .put("rc", IntValue.of(0))
            .put("stdout", new StrValue("Paused for " + text(wanted)))
            .put("stderr", StrValue.EMPTY)
            .put("user_input", StrValue.EMPTY)
            .put("start", new StrValue(CommandResult.time(start)))
            .put("stop", new StrValue(CommandResult.time(stop)))
            .put("delta", IntValue.of(Duration.between(start, stop).toSeconds())));
  }

  private static Duration duration(Options options) throws ModuleException {
    if (options.seconds().isPresent() && options.minutes().isPresent()) {
      throw new ModuleException("only one of seconds and minutes can be given");
    }
    double seconds =
        options
            .seconds()
            .or(() -> options.minutes().map(minutes -> minutes * 60))
            .orElseThrow(
                () ->
                    new ModuleException(
                        "pause cannot wait for an answer, since a rollout may have no terminal;"
                            + " give seconds or minutes"));
    return Duration.ofMillis(Math.max(0, Math.round(seconds * 1000)));
  }

  private static String text(Duration duration) {
    return String.format(Locale.ROOT, "%.1f seconds", duration.toMillis() / 1000.0);
  }
}
