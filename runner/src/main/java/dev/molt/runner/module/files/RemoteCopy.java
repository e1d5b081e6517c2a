package dev.molt.runner.module.files;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A copy within the host. What the source is, only the host knows, so the one question is about
 * both of what it can be, a file or a directory.
 *
 * @param src as written; of a directory that ends in a slash, only what is in it
 * @param shape what is to become of a file; its content is filled in
 */
public record RemoteCopy(String src, FileInstall shape, Optional<FileMode> directoryMode) {

  /** Asks the host and compares. */
  public Plan plan(Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String from = HostPath.through(target.foreseen(), HostPath.of("src", src), true);
    String dest = HostPath.of("dest", shape.dest());
    String name = HostPath.name(HostPath.of("src", src));
    String root = src.endsWith("/") ? dest : HostPath.join(dest, name);
    List<String> foreseen = new ArrayList<>();
    for (String path : target.foreseen().below(from).keySet()) {
      foreseen.add(HostPath.join(root, HostPath.relative(from, path)));
    }
    for (String up = root; !up.equals("/"); up = HostPath.parent(up)) {
      foreseen.add(up);
    }
    foreseen.add("/");
    FileQuery query = new FileQuery().named(from).mirror(from, root).bulk(foreseen).space(dest);
    with(FileContent.of("", Optional.of(name))).ask(query, target);
    query.contentUnless("", FileContent.TEXT_LIMIT);
    HostFiles host = query.ask(target);
    HostFile source = host.behind(from);
    if (source.isDirectory()) {
      return tree(host, from, root).decide(host, query);
    }
    if (!source.isFile()) {
      throw new ModuleException(
          "src "
              + src
              + (source.exists() ? " is no file or directory" : " does not exist")
              + " on the host");
    }
    return file(host, from, name, source).decide(host, query, target);
  }

  private FileInstall file(HostFiles host, String from, String name, HostFile source)
      throws ModuleException {
    String real = host.real(from);
    FileContent content =
        new FileContent(
            Optional.empty(),
            Optional.of(real),
            source.state().size(),
            source.state().sha256().orElseThrow(() -> unreadable(real)),
            Optional.empty(),
            host.content(real),
            Optional.of(name),
            Optional.of(source.mode()));
    return with(content);
  }

  private static ModuleException unreadable(String path) {
    return new ModuleException("may not read " + path + " (is become missing?)");
  }

  private FileInstall with(FileContent content) {
    return new FileInstall(
        shape.dest(),
        content,
        shape.attributes(),
        shape.backup(),
        shape.force(),
        shape.validate(),
        shape.follow(),
        shape.sensitive());
  }

  private TreeInstall tree(HostFiles host, String from, String root) throws ModuleException {
    String real = host.real(from);
    boolean preserve = shape.attributes().mode().equals(Optional.of(FileMode.PRESERVE));
    List<TreeEntry> entries = new ArrayList<>();
    for (Map.Entry<String, HostFile> file : host.tree(from).entrySet()) {
      HostFile state = file.getValue();
      String path = HostPath.relative(from, file.getKey());
      Kind kind = path.isEmpty() ? Kind.DIRECTORY : state.state().kind();
      if (kind == Kind.OTHER) {
        throw new ModuleException(file.getKey() + " is neither file, directory nor link");
      }
      if (kind == Kind.FILE && state.state().sha256().isEmpty()) {
        throw unreadable(file.getKey());
      }
      entries.add(
          new TreeEntry(
              path,
              kind,
              preserve && kind != Kind.LINK ? Optional.of(state.mode()) : Optional.empty(),
              Optional.empty(),
              kind == Kind.FILE ? state.state().size() : 0,
              state.state().sha256().orElse(""),
              kind == Kind.LINK ? state.state().link() : Optional.empty(),
              0));
    }
    TreeSync sync =
        new TreeSync(
            root,
            TreeSync.index(entries),
            shape.attributes(),
            directoryMode,
            false,
            shape.force(),
            false);
    return new TreeInstall(
        "copy " + src + " to " + root,
        sync,
        Optional.empty(),
        Optional.of(real),
        shape.backup(),
        MapValue.empty().put("src", Value.of(src)));
  }

  /** Makes the planned change, of a file or a tree, and proves it. */
  public static Applied apply(Plan.Change change, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return change.state() instanceof FileInstall.Step
        ? FileInstall.apply(change, target)
        : TreeInstall.apply(change, target);
  }
}
