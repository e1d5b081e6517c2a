package dev.molt.runner.module.files;

import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Effect;
import dev.molt.runner.module.Effect.FileEffect;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.FileState;
import dev.molt.runner.remote.ShellQuote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a decision about a path adds up to while it is made. */
final class PathDraft {
  /** Names in one command: far from any limit on arguments. */
  private static final int BATCH = 100;

  final HostFiles host;
  final List<FieldDiff> diffs = new ArrayList<>();
  final List<Effect> effects = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  private final StringBuilder commands = new StringBuilder();
  private final Map<String, List<String>> batches = new LinkedHashMap<>();
  private final MapValue before = MapValue.empty();
  private final MapValue after = MapValue.empty();

  PathDraft(HostFiles host) {
    this.host = host;
  }

  /** A path becomes something by a command. */
  void becomes(String path, FileState state, String command) {
    effects.add(new FileEffect(path, state));
    commands.append(command).append('\n');
  }

  /** The state that a path has and is to have. */
  void state(String path, HostFile now, String wanted) {
    diffs.add(FieldDiff.of(path, "state", Results.stateName(now), wanted));
    shown("state", Value.of(Results.stateName(now)), Value.of(wanted));
  }

  /** What the result shows of a difference. */
  void shown(String key, Value now, Value wanted) {
    before.put(key, now);
    after.put(key, wanted);
  }

  /** Sets attributes and times of the path that the task names, where they differ. */
  void attributes(String path, HostFile now, List<FieldDiff> differing, FileState result) {
    if (differing.isEmpty()) {
      return;
    }
    differing.forEach(diff -> show(diff, now));
    diffs.addAll(differing);
    becomes(
        path, result, Attributes.commands(path, differing) + PathTimes.commands(path, differing));
  }

  /** The same of one of many: paths that need the same command share it. */
  void attributesBelow(String path, List<FieldDiff> differing, FileState result, boolean follow) {
    if (differing.isEmpty()) {
      return;
    }
    diffs.addAll(differing);
    effects.add(new FileEffect(path, result));
    for (FieldDiff diff : differing) {
      Attributes.command(diff, follow)
          .ifPresent(c -> batches.computeIfAbsent(c, k -> new ArrayList<>()).add(path));
    }
    commands.append(PathTimes.commands(path, differing));
  }

  private void show(FieldDiff diff, HostFile now) {
    switch (diff.field()) {
      case "owner" ->
          shown("owner", number(now.uid(), diff.before()), id(diff, host.uid(diff.after())));
      case "group" ->
          shown("group", number(now.gid(), diff.before()), id(diff, host.gid(diff.after())));
      case "mtime", "atime" -> shown(diff.field(), seconds(diff.before()), seconds(diff.after()));
      default -> shown(diff.field(), Value.of(diff.before()), Value.of(diff.after()));
    }
  }

  private static Value number(long number, String name) {
    return number >= 0 ? Value.of(number) : Value.of(name);
  }

  private static Value id(FieldDiff diff, OptionalLong number) {
    return number.isPresent() ? Value.of(number.getAsLong()) : Value.of(diff.after());
  }

  private static Value seconds(String time) {
    return time.equals(PathTimes.NOW)
        ? new FloatValue(System.currentTimeMillis() / 1000.0)
        : new FloatValue(Double.parseDouble(time));
  }

  /** The names in a directory that goes away. */
  void contents() {
    List<Value> directories = new ArrayList<>();
    List<Value> files = new ArrayList<>();
    host.listing()
        .forEach((path, type) -> (type.equals("d") ? directories : files).add(Value.of(path)));
    MapValue content = MapValue.empty();
    content.put("directories", ListValue.of(directories)).put("files", ListValue.of(files));
    before.put("path_content", content);
  }

  /** Ansible's {@code diff} of a result. */
  MapValue diff(String path) {
    MapValue first = MapValue.empty().put("path", Value.of(path));
    MapValue second = MapValue.empty().put("path", Value.of(path));
    first.entries().putAll(before.entries());
    second.entries().putAll(after.entries());
    return MapValue.empty().put("before", first).put("after", second);
  }

  /** What a path would be. */
  Optional<FileState> planned(String path) {
    return effects.stream()
        .map(FileEffect.class::cast)
        .filter(e -> e.path().equals(path))
        .map(FileEffect::state)
        .reduce((first, last) -> last);
  }

  /** All commands. */
  String commands() {
    StringBuilder all = new StringBuilder(commands);
    batches.forEach(
        (command, paths) -> {
          for (int i = 0; i < paths.size(); i += BATCH) {
            all.append(command);
            paths
                .subList(i, Math.min(i + BATCH, paths.size()))
                .forEach(path -> all.append(' ').append(ShellQuote.quote(path)));
            all.append('\n');
          }
        });
    return all.toString();
  }
}
