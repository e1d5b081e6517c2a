package dev.molt.runner.module.files;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Effect;
import dev.molt.runner.module.Effect.FileEffect;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.TarContent.Item;
import dev.molt.runner.module.files.TreeSync.Step;
import dev.molt.runner.remote.Content;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Makes a tree of a host as wanted: only what differs is sent, in one stream, to a staging
 * directory, and renamed into place from there.
 *
 * @param what for messages, such as {@code unpack tegu.tar.gz in /opt}
 * @param source of the contents on the controller
 * @param hostSource the directory of the host that has the contents, instead
 * @param backup whether to keep files that are replaced
 * @param result the keys that do not depend on the host
 */
public record TreeInstall(
    String what,
    TreeSync sync,
    Optional<TreeSource> source,
    Optional<String> hostSource,
    boolean backup,
    MapValue result) {

  private record State(TreeInstall install, List<Step> steps, HostFiles host, FileQuery query) {}

  /** Asks the host and compares. */
  public Plan plan(Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    FileQuery query = ask(new FileQuery());
    return decide(query.ask(target), query);
  }

  /** Adds to a query what {@link #decide} needs. */
  public FileQuery ask(FileQuery query) {
    return sync.ask(query).space(sync.root());
  }

  /** Compares. */
  public Plan decide(HostFiles host, FileQuery query) throws ModuleException {
    List<Step> steps = sync.steps(host);
    if (steps.isEmpty()) {
      return Plan.unchanged(describe(host));
    }
    long bytes = TreeSync.bytes(steps);
    Optional<HostFiles.Space> space = host.space();
    if (space.isPresent() && bytes > space.get().free()) {
      throw new ModuleException(
          "cannot "
              + what
              + ": it needs "
              + Sizes.text(bytes)
              + ", but only "
              + Sizes.text(space.get().free())
              + " are free on "
              + space.get().mount()
              + " ("
              + space.get().device()
              + "); nothing was changed");
    }
    List<FieldDiff> diffs = new ArrayList<>();
    List<Effect> effects = new ArrayList<>();
    for (Step step : steps) {
      diffs.addAll(step.diffs());
      effects.add(new FileEffect(step.path(), step.after()));
    }
    return new Plan.Change(diffs, new State(this, steps, host, query), describe(host), effects);
  }

  private MapValue describe(HostFiles host) {
    MapValue all = MapValue.empty();
    all.entries().putAll(result.entries());
    all.put("dest", Value.of(sync.root()));
    HostFile root = host.behind(sync.root());
    return root.exists() ? Results.describe(all, root) : all;
  }

  /** Makes the planned change and proves it. */
  public static Applied apply(Plan.Change change, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    State state = (State) change.state();
    TreeInstall install = state.install();
    List<Step> steps = install.withLinkTargets(state.steps());
    HostFiles before = state.host();
    boolean owners = before.self().uid() == 0;
    List<Item> items = new ArrayList<>();
    for (Step step : steps) {
      if (step.make()) {
        items.add(item(step, before));
      }
    }
    TreeScript script = new TreeScript(install.sync.root(), steps, before);
    String stage = "";
    Optional<Content> content = Optional.empty();
    if (install.hostSource.isPresent()) {
      stage = script.copy(install.hostSource.get(), items, owners);
    } else if (!items.isEmpty()) {
      content = Optional.of(new TarContent(items, install.source.orElseThrow(), target::progress));
      stage = TreeScript.unpack(content.get().length(), owners);
    }
    String anchor = install.sync.anchor(before);
    String commands = script.commands(anchor, stage, install.backup);
    HostFiles host =
        new HostChange(install.what, commands, content, anchor).make(state.query(), target);
    return Applied.verified(install.describe(host), install.decide(host, state.query()));
  }

  /** A hard link travels with the file it is another name of. */
  private List<Step> withLinkTargets(List<Step> steps) {
    Set<String> there = new HashSet<>();
    steps.stream().filter(Step::make).forEach(s -> there.add(s.entry().path()));
    List<Step> all = new ArrayList<>(steps);
    for (Step step : steps) {
      String link = step.entry().link().orElse("");
      if (step.make() && step.entry().isHardLink() && there.add(link)) {
        TreeEntry target = sync.entries().get(link);
        all.removeIf(s -> s.entry().path().equals(link));
        all.add(
            new Step(
                target,
                HostPath.join(sync.root(), link),
                step.now(),
                true,
                step.after(),
                step.wanted(),
                List.of()));
      }
    }
    return all;
  }

  private static Item item(Step step, HostFiles host) throws ModuleException {
    boolean keep = step.now().isFile();
    long uid = keep ? step.now().uid() : host.self().uid();
    long gid = keep ? step.now().gid() : host.self().gid();
    if (step.wanted().owner().isPresent()) {
      uid = number("user", step.wanted().owner().get(), host.uid(step.wanted().owner().get()));
    }
    if (step.wanted().group().isPresent()) {
      gid = number("group", step.wanted().group().get(), host.gid(step.wanted().group().get()));
    }
    return new Item(step.entry(), step.after().mode(), Math.max(0, uid), Math.max(0, gid));
  }

  private static long number(String kind, String name, OptionalLong number) throws ModuleException {
    return number.orElseThrow(
        () -> new ModuleException("there is no " + kind + " " + name + " on the host"));
  }
}
