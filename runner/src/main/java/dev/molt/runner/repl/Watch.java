package dev.molt.runner.repl;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.engine.PlaybookRunner.Outcome;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code :watch}: runs a line again and again, and prints only what is not as it was. */
final class Watch {
  private static final Pattern FORM =
      Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m)?\\s+(?:(\\d{1,6})x\\s+)?(\\S.*)", Pattern.DOTALL);

  private final Repl repl;

  Watch(Repl repl) {
    this.repl = repl;
  }

  /** Until it was done as often as is said, or is interrupted. */
  int watch(ScalarNode argument) throws InterruptedException {
    Matcher form = FORM.matcher(argument.text());
    if (!form.matches()) {
      throw Diagnostic.error(argument.position(), "this does not say how often, and what")
          .withHint(":watch 2s service name=tegu; with an end: :watch 2s 10x service name=tegu")
          .asException();
    }
    if (form.group(3) == null && !repl.console().interactive()) {
      throw Diagnostic.error(argument.position(), "where there is no Ctrl-C, :watch needs an end")
          .withHint(":watch %s%s 10x %s".formatted(form.group(1), unit(form), form.group(4)))
          .asException();
    }
    long times = form.group(3) == null ? Long.MAX_VALUE : Long.parseLong(form.group(3));
    Position start = argument.origin().at(form.start(4), form.group(4).length());
    return watch(every(form), times, start, form.group(4));
  }

  private static String unit(Matcher form) {
    return form.group(2) == null ? "s" : form.group(2);
  }

  private static Duration every(Matcher form) {
    double factor =
        switch (unit(form)) {
          case "ms" -> 1;
          case "m" -> 60_000;
          default -> 1000;
        };
    return Duration.ofMillis((long) (Double.parseDouble(form.group(1)) * factor));
  }

  private int watch(Duration every, long times, Position start, String typed)
      throws InterruptedException {
    Line line = Line.of(start.source().from(start));
    if (line instanceof Line.Order || line instanceof Line.Run || line instanceof Line.Nothing) {
      throw Diagnostic.error(start, "only a line for hosts can be watched")
          .withHint("a module, a command or an expression")
          .asException();
    }
    repl.refuseWhereReadOnly(line);
    Mood mood = repl.mood();
    if (repl.asks(line)) {
      // Nobody is asked again and again.
      mood = mood.planning();
    }
    Guard.Asking asking = repl.runs().allowingNoOther();
    List<List<String>> before = List.of();
    int status = 0;
    for (long i = 0; i < times; i++) {
      if (i > 0) {
        Thread.sleep(every.toMillis());
      }
      Runs.Ran ran =
          i == 0
              ? repl.runs().run(line, typed, mood, asking)
              : repl.runs().again(line, typed, mood, asking);
      show(ran.blocks(), before, i == 0);
      before = ran.blocks();
      status = status == 0 ? ran.outcome().exitStatus() : status;
      if (asking.refused()) {
        return Repl.WRONG;
      }
      if (ran.outcome() == Outcome.INTERRUPTED) {
        break;
      }
    }
    return status;
  }

  private void show(List<List<String>> blocks, List<List<String>> before, boolean first) {
    List<String> lines = new ArrayList<>();
    blocks.stream().filter(b -> !before.contains(b)).forEach(lines::addAll);
    if (lines.isEmpty()) {
      return;
    }
    if (!first) {
      String now = LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).toString();
      lines.add(0, repl.console().style().dim(now));
    }
    lines.forEach(repl.console().out()::println);
    repl.console().out().flush();
  }
}
