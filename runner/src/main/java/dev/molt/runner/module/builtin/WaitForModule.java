package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Waits for a port or a file, as the node sees them. */
public final class WaitForModule implements Module<WaitForModule.Options> {
  private static final Spec<Options> SPEC =
      Spec.of("wait_for", "Wait for a port or a file", Options.class);
  private static final int TOLD_EVERY_SECONDS = 5;

  /** What to wait for. */
  public enum State {
    STARTED,
    PRESENT,
    STOPPED,
    ABSENT,
    DRAINED;

    boolean there() {
      return this == STARTED || this == PRESENT;
    }
  }

  /** See {@link Option} on each. */
  public record Options(
      @Option(value = "What the node connects to.", defaultValue = "127.0.0.1") String host,
      @Option("The port; not together with path.") Optional<Integer> port,
      @Option("The file on the node.") Optional<String> path,
      @Option(
              value =
                  "started and present: there; stopped and absent: not there; drained: no"
                      + " connections to the port.",
              defaultValue = "started")
          State state,
      @Option("A regular expression that the port or file has to say.")
          Optional<String> searchRegex,
      @Option(value = "Seconds until it counts as failed.", defaultValue = "300") int timeout,
      @Option(value = "Seconds before the first look.", defaultValue = "0") int delay,
      @Option(value = "Seconds between looks.", defaultValue = "1") int sleep,
      @Option(value = "Seconds for one connection.", defaultValue = "5") int connectTimeout,
      @Option("What to say when time is up.") Optional<String> msg) {}

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Optional<WaitProbe> probe = probe(options);
    if (probe.isEmpty()) {
      return new Plan.Unknown("would wait " + options.timeout() + " s", MapValue.empty());
    }
    // After a delay is another time: what holds now may be what is about to end.
    if (options.delay() == 0) {
      WaitProbe.Look look = probe.get().look(target);
      if (look.holds()) {
        return Plan.unchanged(result(options, 0, look));
      }
    }
    return new Plan.Unknown("would wait for " + subject(options), MapValue.empty());
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    long start = System.nanoTime();
    Optional<WaitProbe> probe = probe(options);
    Thread.sleep(Duration.ofSeconds(options.delay()).toMillis());
    if (probe.isEmpty()) {
      Thread.sleep(Duration.ofSeconds(options.timeout()).toMillis());
      return Applied.of(result(options, seconds(start), WaitProbe.Look.of(true, "")));
    }
    long told = 0;
    while (true) {
      WaitProbe.Look look = probe.get().look(target);
      long elapsed = seconds(start);
      if (look.holds()) {
        return Applied.of(result(options, elapsed, look));
      }
      if (elapsed + options.sleep() > options.timeout()) {
        String words = options.msg().orElse("Timeout when waiting for " + subject(options));
        throw new ModuleException(
            words + (look.said().isEmpty() ? "" : " (last: " + look.said() + ")"),
            result(options, elapsed, look).put("msg", new StrValue(words)));
      }
      if (elapsed >= told) {
        target.progress("waiting for " + subject(options) + ", " + elapsed + " s: " + look.said());
        told = elapsed + TOLD_EVERY_SECONDS;
      }
      Thread.sleep(Math.max(100, Duration.ofSeconds(options.sleep()).toMillis()));
    }
  }

  /** What to look at; empty where there is nothing but time to wait for. */
  private static Optional<WaitProbe> probe(Options options) throws ModuleException {
    State state = options.state();
    if (options.port().isPresent() && options.path().isPresent()) {
      throw new ModuleException("port and path parameter can not both be passed to wait_for");
    }
    if (state == State.DRAINED) {
      int port =
          options.port().orElseThrow(() -> new ModuleException("state=drained needs a port"));
      return Optional.of(new DrainProbe(port));
    }
    Optional<Pattern> regex = regex(options);
    if (options.path().isPresent()) {
      return Optional.of(new FileProbe(options.path().get(), state.there(), regex));
    }
    Duration timeout = Duration.ofSeconds(Math.max(1, options.connectTimeout()));
    return options
        .port()
        .map(port -> new PortProbe(options.host(), port, state.there(), regex, timeout));
  }

  private static Optional<Pattern> regex(Options options) throws ModuleException {
    if (options.searchRegex().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Pattern.compile(options.searchRegex().get(), Pattern.MULTILINE));
    } catch (PatternSyntaxException e) {
      throw new ModuleException("search_regex: " + e.getMessage(), e);
    }
  }

  private static String subject(Options options) {
    String what =
        options.path().map(path -> "file " + path).orElse(options.host() + ":" + port(options));
    if (options.state() == State.DRAINED) {
      return what + " to drain";
    }
    if (!options.state().there()) {
      return options.path().orElse(what)
          + (options.path().isPresent() ? " to be absent." : " to stop.");
    }
    return options.searchRegex().map(regex -> "search string " + regex + " in ").orElse("")
        + (options.searchRegex().isPresent() ? options.path().orElse(what) : what);
  }

  private static String port(Options options) {
    return options.port().map(String::valueOf).orElse("");
  }

  private static MapValue result(Options options, long elapsed, WaitProbe.Look look) {
    MapValue result =
        MapValue.empty()
            .put("changed", BoolValue.FALSE)
            .put("elapsed", IntValue.of(elapsed))
            .put("state", new StrValue(options.state().name().toLowerCase(Locale.ROOT)))
            .put("port", options.port().<Value>map(IntValue::of).orElse(NullValue.NULL))
            .put("path", options.path().<Value>map(StrValue::new).orElse(NullValue.NULL))
            .put(
                "search_regex",
                options.searchRegex().<Value>map(StrValue::new).orElse(NullValue.NULL));
    result.entries().putAll(look.found().entries());
    return result;
  }

  private static long seconds(long start) {
    return (System.nanoTime() - start) / 1_000_000_000;
  }
}
