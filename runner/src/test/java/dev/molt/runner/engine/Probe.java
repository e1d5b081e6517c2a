package dev.molt.runner.engine;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Effect.ServiceEffect;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.UnreachableException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A module that does as it is told and keeps a log: fails, loses the host, changes a thing that it
 * remembers, runs a script. Remembers what it did, unlike a real module; thread-safe.
 */
final class Probe implements Module<Probe.Options> {
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final ConcurrentHashMap<String, String> states = new ConcurrentHashMap<>();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();

  /** See the options. */
  public record Options(
      @Option("What to log.") Optional<String> msg,
      @Option("Fails with this message.") Optional<String> fail,
      @Option("Loses the host.") boolean lose,
      @Option("Breaks, as a module with a bug.") boolean bug,
      @Option("A value to give back.") Value value,
      @Option("An action that changed something.") boolean change,
      @Option("The state of the host that is wanted.") Optional<String> state,
      @Option("Never reaches the state.") boolean stubborn,
      @Option("A script to run on the host.") Optional<String> run,
      @Option("Milliseconds to take.") int sleep,
      @Option(value = "Not to be seen.", sensitive = true) Optional<String> secret) {}

  private static final Spec<Options> SPEC =
      Spec.of("probe", "Does as it is told", Options.class).withFreeForm("msg");

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  List<String> log() {
    return log;
  }

  String state(String host) {
    return states.getOrDefault(host, "");
  }

  int mostAtOnce() {
    return mostAtOnce.get();
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String now =
        target
            .foreseen()
            .unitRunning("probe")
            .map(running -> running ? "up" : "down")
            .orElse(state(target.host()));
    if (options.state().isPresent() && !options.state().get().equals(now)) {
      String after = options.state().get();
      return new Plan.Change(
          List.of(FieldDiff.of("probe", "state", now, after)),
          after,
          result(options),
          List.of(new ServiceEffect("probe", after.equals("up"))));
    } else if (options.state().isPresent()) {
      return Plan.unchanged(result(options));
    } else if (options.change() || options.run().isPresent()) {
      return new Plan.Unknown("would do it", MapValue.empty());
    }
    act(options, target);
    return Plan.unchanged(result(options));
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    act(options, target);
    if (plan instanceof Plan.Change change && !options.stubborn()) {
      states.put(target.host(), (String) change.state());
    }
    MapValue result = result(options);
    if (options.run().isPresent()) {
      result.put(
          "stdout", new StrValue(target.write(Script.of(options.run().get())).out().strip()));
    }
    return Applied.of(result);
  }

  private void act(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    int running = atOnce.incrementAndGet();
    mostAtOnce.accumulateAndGet(running, Math::max);
    try {
      Thread.sleep(options.sleep());
      options.msg().ifPresent(m -> log.add(target.host() + " " + m));
      options.secret().ifPresent(s -> target.progress("working with " + s));
      if (options.bug()) {
        throw new IllegalStateException("a bug");
      } else if (options.lose()) {
        throw new UnreachableException(target.host() + " is gone");
      } else if (options.fail().isPresent()) {
        throw new ModuleException(options.fail().get(), result(options));
      }
    } finally {
      atOnce.decrementAndGet();
    }
  }

  private static MapValue result(Options options) {
    MapValue result = MapValue.empty();
    options.msg().ifPresent(m -> result.put("msg", new StrValue(m)));
    options.secret().ifPresent(s -> result.put("echo", new StrValue("it was " + s)));
    if (options.value() != null) {
      result.put("value", options.value());
    }
    return result;
  }
}
