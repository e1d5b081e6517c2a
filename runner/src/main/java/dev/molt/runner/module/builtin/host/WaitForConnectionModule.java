package dev.molt.runner.module.builtin.host;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import java.time.Duration;

/** Waits until a host can be reached and answers. */
public final class WaitForConnectionModule implements Module<WaitForConnectionModule.Options> {
  /** See {@link Option} on each. */
  public record Options(
      @Option(value = "How many seconds an answer may take.", defaultValue = "5")
          int connectTimeout,
      @Option(value = "Seconds before the first attempt.", defaultValue = "0") int delay,
      @Option(value = "Seconds between attempts.", defaultValue = "1") int sleep,
      @Option(value = "Seconds until it gives up.", defaultValue = "600") int timeout) {}

  private static final Spec<Options> SPEC =
      Spec.of("wait_for_connection", "Waits until the host can be reached", Options.class);

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Background background() {
    return Background.REFUSED;
  }

  @Override
  public Plan plan(Options options, Target target) {
    return new Plan.Unknown("would wait until the host can be reached", MapValue.empty());
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, InterruptedException {
    final long start = System.nanoTime();
    Thread.sleep(Duration.ofSeconds(Math.max(0, options.delay())).toMillis());
    Attempts attempts =
        new Attempts(target, Duration.ofSeconds(options.timeout()), options.connectTimeout());
    // What is open may be what is left of a connection to a host that is going down.
    target.reconnect();
    Duration pause = Duration.ofSeconds(Math.max(0, options.sleep()));
    boolean reached =
        attempts.until(
            "echo pong",
            answer -> answer.out().strip().equals("pong") ? "" : "no answer to echo",
            new Duration[] {pause, pause});
    MapValue result =
        MapValue.empty()
            .put("changed", BoolValue.FALSE)
            .put("elapsed", Value.of((System.nanoTime() - start) / 1_000_000_000));
    if (!reached) {
      throw new ModuleException(
          "timed out waiting for ping module test: " + attempts.last(), result);
    }
    return Applied.of(result);
  }
}
