package dev.molt.runner.module.files;

import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.files.TreeSync.Step;
import dev.molt.runner.remote.ShellQuote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The commands that bring a tree's new entries from a staging directory into place. A directory
 * that is wholly new appears with all that is in it at once; files in directories that exist are
 * renamed over the old ones. Many names go into one command, since a process for each would take
 * longer than sending the content.
 */
final class TreeScript {
  /** Names in one command: far from any limit on arguments. */
  private static final int BATCH = 100;

  private final String root;
  private final List<Step> steps;
  private final HostFiles before;
  private final StringBuilder script = new StringBuilder();

  TreeScript(String root, List<Step> steps, HostFiles before) {
    this.before = before;
    this.root = root;
    this.steps = steps;
  }

  /**
   * All commands.
   *
   * @param stage commands that fill {@code $t}, where the tree's root is {@code x}
   */
  String commands(String anchor, String stage, boolean backup) {
    if (steps.stream().anyMatch(Step::make)) {
      script
          .append("t=")
          .append(ShellQuote.quote(HostPath.join(anchor, HostPath.temporaryName())))
          .append("\nmkdir -m 700 -- \"$t\"\n")
          .append(stage)
          .append("find \"$t\" -type f -exec sync -- {} + || :\n");
      if (backup) {
        steps.stream()
            .filter(s -> s.make() && s.now().exists())
            .forEach(s -> script.append(FileReplacement.backup(ShellQuote.quote(s.path()))));
      }
      moves();
    }
    for (Step step : steps) {
      if (!step.make()) {
        script.append(Attributes.commands(step.path(), step.diffs()));
      } else if (step.wanted().flags().isPresent() && step.entry().kind() != Kind.LINK) {
        HostFile made = HostFile.planned(step.after(), HostFile.ABSENT);
        List<FieldDiff> flags = new ArrayList<>(step.wanted().diffs(step.path(), before, made));
        flags.removeIf(d -> !d.field().equals("attributes"));
        script.append(Attributes.commands(step.path(), flags));
      }
    }
    return script.toString();
  }

  private void moves() {
    Map<String, Step> made = new TreeMap<>();
    steps.stream().filter(Step::make).forEach(s -> made.put(s.entry().path(), s));
    Map<String, List<String>> byDirectory = new LinkedHashMap<>();
    for (Step step : made.values()) {
      String path = step.entry().path();
      if (path.isEmpty()) {
        script.append("mkdir -p -- ").append(ShellQuote.quote(HostPath.parent(root)));
        script.append("\nmv -T -- \"$t\"/x ").append(ShellQuote.quote(root)).append('\n');
        return;
      }
      String directory = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
      if (!made.containsKey(directory)) {
        byDirectory.computeIfAbsent(directory, d -> new ArrayList<>()).add(path);
      }
    }
    byDirectory.forEach(
        (directory, paths) ->
            batches(
                "mv -f -t " + ShellQuote.quote(HostPath.join(root, directory)) + " --",
                "\"$t\"/x/",
                paths));
  }

  private void batches(String command, String prefix, List<String> paths) {
    for (int i = 0; i < paths.size(); i += BATCH) {
      script.append(command);
      paths
          .subList(i, Math.min(i + BATCH, paths.size()))
          .forEach(p -> script.append(' ').append(prefix).append(ShellQuote.quote(p)));
      script.append('\n');
    }
  }

  /** Fills the staging directory from the tar stream on standard input. */
  static String unpack(long length, boolean owners) {
    return "head -c "
        + length
        + " | tar -x -p --numeric-owner "
        + (owners ? "--same-owner" : "--no-same-owner")
        + " -f - -C \"$t\"\n";
  }

  /** Fills the staging directory from another directory of the host. */
  String copy(String from, List<TarContent.Item> items, boolean owners) {
    Map<String, List<String>> byCommand = new LinkedHashMap<>();
    Map<String, List<String>> byMode = new LinkedHashMap<>();
    Map<String, List<String>> byOwner = new LinkedHashMap<>();
    List<String> directories = new ArrayList<>(List.of(""));
    for (TarContent.Item item : items) {
      String path = item.entry().path();
      String directory = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
      if (item.entry().isDirectory()) {
        directories.add(path);
      } else {
        directories.add(directory);
        boolean link = item.entry().kind() == Kind.LINK;
        String command =
            "cp " + (link ? "-P" : "-L") + " -t \"$t\"/x/" + ShellQuote.quote(directory) + " --";
        byCommand.computeIfAbsent(command, d -> new ArrayList<>()).add(path);
      }
      byOwner.computeIfAbsent(item.uid() + ":" + item.gid(), o -> new ArrayList<>()).add(path);
      if (item.entry().isFile() || item.entry().isDirectory()) {
        byMode.computeIfAbsent(FileMode.octal(item.mode()), m -> new ArrayList<>()).add(path);
      }
    }
    TreeScript stage = new TreeScript(root, steps, before);
    stage.batches("mkdir -p --", "\"$t\"/x/", directories);
    String source = ShellQuote.quote(from) + "/";
    byCommand.forEach((command, paths) -> stage.batches(command, source, paths));
    if (owners) {
      byOwner.forEach((o, paths) -> stage.batches("chown -h " + o + " --", "\"$t\"/x/", paths));
    }
    byMode.forEach((m, paths) -> stage.batches("chmod 0" + m + " --", "\"$t\"/x/", paths));
    return stage.script.toString();
  }
}
