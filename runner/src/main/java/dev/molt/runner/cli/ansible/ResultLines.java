package dev.molt.runner.cli.ansible;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Retrying;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.util.Optional;

/** What a task came to on a host, or an item of its loop: a line, and the result where wanted. */
final class ResultLines {
  private final Screen screen;
  private final DisplayOptions options;
  private final Banners banners;
  private final ResultDump dump;
  private final DiffText diffs;

  ResultLines(Screen screen, DisplayOptions options, Banners banners) {
    this.screen = screen;
    this.options = options;
    this.banners = banners;
    this.dump = new ResultDump(options);
    this.diffs = new DiffText(screen, options);
  }

  void item(TaskInfo task, HostResult result) {
    ResultKeys keys = new ResultKeys(task, result);
    String item = " (item=" + result.item().orElse("") + ")";
    switch (result.status()) {
      case OK, CHANGED -> {
        if (!includes(task)) {
          diff(task, result);
          good(task, result, " =>" + item, keys.ofDebug());
        }
      }
      case SKIPPED, UNKNOWN -> skipped(task, result, " =>" + item + " ", keys);
      case FAILED, IGNORED, UNREACHABLE -> {
        banners.before(task);
        errors(result);
        keys.ofDebug();
        warnings(keys);
        screen.failure(
            "failed: [" + label(result) + "]" + item + " => " + dump.dump(keys), Colour.ERROR);
      }
    }
  }

  void host(TaskInfo task, HostResult result) {
    ResultKeys keys = new ResultKeys(task, result);
    switch (result.status()) {
      case OK, CHANGED -> {
        if (includes(task)) {
          banners.before(task);
          return;
        }
        if (keys.ofItems()) {
          heading(task, result);
          warnings(keys);
          return;
        }
        diff(task, result);
        good(task, result, "", keys);
      }
      case SKIPPED, UNKNOWN -> {
        boolean items = keys.ofItems();
        if (items && options.skippedHosts()) {
          keys.drop("results");
        }
        skipped(task, result, "", keys);
      }
      case FAILED, IGNORED, UNREACHABLE -> {
        banners.before(task);
        errors(result);
        if (result.unreachable()) {
          screen.failure(
              "fatal: [" + label(result) + "]: UNREACHABLE! => " + dump.dump(keys),
              Colour.UNREACHABLE);
        } else {
          failed(task, result, keys.ofDebug());
        }
        if (result.status() == Status.IGNORED) {
          screen.line("...ignoring", Colour.SKIP);
        }
      }
    }
  }

  void retrying(Retrying e) {
    HostResult result = e.result();
    ResultKeys keys = new ResultKeys(e.task(), result);
    boolean named = !e.task().name().equals(e.task().module());
    String line =
        "FAILED - RETRYING: ["
            + label(result)
            + "]: "
            + (named ? e.task().name() : e.task().title())
            + " ("
            + (e.attempts() - e.attempt())
            + " retries left).";
    if (keys.shown(options.verbosity() - 2)) {
      line += "Result was: " + dump.dump(keys);
    }
    screen.line(line, Colour.DEBUG);
  }

  private void failed(TaskInfo task, HostResult result, ResultKeys keys) {
    warnings(keys);
    if (keys.ofItems()) {
      return;
    }
    if (options.verbosity() < 2 && options.pathOnFailure()) {
      banners.path(task);
    }
    screen.failure("fatal: [" + label(result) + "]: FAILED! => " + dump.dump(keys), Colour.ERROR);
  }

  private void good(TaskInfo task, HostResult result, String item, ResultKeys keys) {
    boolean changed = result.status() == Status.CHANGED;
    if (!heading(task, result)) {
      return;
    }
    if (item.isEmpty()) {
      warnings(keys);
      keys.ofDebug();
    }
    String line = (changed ? "changed: [" : "ok: [") + label(result) + "]" + item;
    if (keys.shown(options.verbosity())) {
      line += " => " + dump.dump(keys);
    }
    screen.line(line, changed ? Colour.CHANGED : Colour.OK);
  }

  /** The task's, if the result is one to show. */
  private boolean heading(TaskInfo task, HostResult result) {
    if (result.status() != Status.CHANGED && !options.okHosts()) {
      return false;
    }
    banners.before(task);
    return true;
  }

  private void skipped(TaskInfo task, HostResult result, String item, ResultKeys keys) {
    if (!options.skippedHosts()) {
      return;
    }
    banners.before(task);
    keys.ofDebug();
    String line = "skipping: [" + result.host() + "]" + item;
    if (keys.shown(options.verbosity())) {
      line += " => " + dump.dump(keys);
    }
    screen.line(line, Colour.SKIP);
  }

  private void diff(TaskInfo task, HostResult result) {
    if (task.diff() && result.status() == Status.CHANGED) {
      String text = diffs.of(result);
      if (!text.isEmpty()) {
        banners.before(task);
        screen.line(text.substring(0, text.length() - 1), Colour.NONE);
      }
    }
  }

  private static boolean includes(TaskInfo task) {
    return task.module().equals("include_tasks") || task.module().equals("include_role");
  }

  /** The host, and where else the task was done. */
  private static String label(HostResult result) {
    String delegate = result.delegate().filter(d -> !d.equals(result.host())).orElse("");
    if (delegate.isEmpty()) {
      return result.host();
    }
    String address =
        result
            .delegateAddress()
            .filter(a -> !a.equals(delegate))
            .map(a -> "(" + a + ")")
            .orElse("");
    return result.host() + " -> " + delegate + address;
  }

  private void errors(HostResult result) {
    result.errors().forEach(screen::error);
  }

  /**
   * Says what modules warn of, those of a loop's items together, and takes it out of the result.
   */
  private void warnings(ResultKeys keys) {
    said(keys.map());
    if (keys.ofItems() && keys.get("results") instanceof ListValue items) {
      for (Value item : items.items()) {
        if (item instanceof MapValue map) {
          said(map);
        }
      }
    }
  }

  private void said(MapValue result) {
    if (result.get("warnings") instanceof ListValue warnings) {
      warnings.items().forEach(w -> screen.warning(Python.str(w)));
      result.entries().remove(new StrValue("warnings"));
    }
    if (result.get("deprecations") instanceof ListValue deprecations) {
      for (Value one : deprecations.items()) {
        if (one instanceof MapValue map) {
          screen.deprecated(
              text(map, "msg").orElse(""),
              text(map, "version"),
              text(map, "date"),
              text(map, "collection_name"));
        }
      }
      result.entries().remove(new StrValue("deprecations"));
    }
  }

  private static Optional<String> text(MapValue map, String key) {
    return map.get(key) instanceof StrValue s ? Optional.of(s.text()) : Optional.empty();
  }
}
