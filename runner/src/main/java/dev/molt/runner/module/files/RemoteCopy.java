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
 * @param follow whether links in a directory stand for what they lead to
 * @param checksum SHA-1 that a file must have
 */
public record RemoteCopy(
    String src,
    Destination dest,
    Attributes attributes,
    FileInstall.Manner manner,
    boolean follow,
    Optional<String> checksum) {

  /** Asks the host and compares. */
  public Plan plan(Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String given = HostPath.on(target, "src", src);
    String from = HostPath.through(target.foreseen(), given, true);
    String name = HostPath.name(given);
    String root = src.endsWith("/") ? dest.path() : HostPath.join(dest.path(), name);
    List<String> foreseen = new ArrayList<>();
    for (String path : target.foreseen().below(from).keySet()) {
      foreseen.add(HostPath.join(root, HostPath.relative(from, path)));
    }
    FileQuery query = new FileQuery().named(from).mirror(from, root).bulk(foreseen);
    query.few(HostPath.upwards(root)).space(dest.path()).hash("sha1", from).hash("md5", from);
    if (follow) {
      query.followedTree(from);
    } else {
      query.tree(from);
    }
    FileContent unknown =
        FileContent.of(new byte[0], Optional.of(name), Optional.empty(), Optional.empty());
    install(unknown).ask(query, target);
    query.content(FileContent.TEXT_LIMIT);
    HostFiles host = query.ask(target);
    HostFile source = host.behind(from);
    if (source.isDirectory()) {
      return tree(host, from, root).decide(host, query);
    }
    if (!source.exists()) {
      throw new ModuleException("Source " + src + " not found");
    }
    if (!source.isFile()) {
      throw new ModuleException("Cannot copy invalid source '" + src + "': not a file");
    }
    return install(content(host, from, name, source)).decide(host, query, target);
  }

  private FileInstall install(FileContent content) {
    return new FileInstall(dest, content, attributes, manner);
  }

  private FileContent content(HostFiles host, String from, String name, HostFile source)
      throws ModuleException {
    String real = host.real(from);
    Optional<String> sha1 = host.hash("sha1", from);
    if (checksum.isPresent() && sha1.isPresent() && !checksum.equals(sha1)) {
      throw wrongChecksum(checksum.get(), sha1.get());
    }
    return new FileContent(
        Optional.empty(),
        Optional.of(real),
        source.state().size(),
        source.state().sha256().orElseThrow(() -> unreadable(src)),
        new FileContent.Hashes(sha1, host.hash("md5", from)),
        host.bytes(real),
        Optional.of(name),
        Optional.of(src),
        Optional.of(source.mode()),
        false);
  }

  /** A source that is not what the task says it is. */
  public static ModuleException wrongChecksum(String expected, String found) {
    return new ModuleException(
        "Copied file does not match the expected checksum. Transfer failed.",
        MapValue.empty()
            .put("checksum", Value.of(found))
            .put("expected_checksum", Value.of(expected)));
  }

  private static ModuleException unreadable(String path) {
    return new ModuleException("Source " + path + " not readable (is become missing?)");
  }

  private TreeInstall tree(HostFiles host, String from, String root) throws ModuleException {
    String real = host.real(from);
    Map<String, HostFile> files = host.tree(from);
    if (follow) {
      files.keySet().removeIf(path -> !host.at(path).isForeseen());
      files.putAll(host.followed(from));
    }
    List<TreeEntry> entries = new ArrayList<>();
    for (Map.Entry<String, HostFile> file : files.entrySet()) {
      entries.add(entry(from, file.getKey(), file.getValue(), host));
    }
    TreeSync sync =
        new TreeSync(
            root,
            TreeSync.index(entries),
            attributes.withMode(Optional.of(FileMode.PRESERVE)),
            manner.directoryMode(),
            false,
            !attributes.mode().equals(Optional.of(FileMode.PRESERVE)),
            manner.force(),
            false);
    return new TreeInstall(
        "copy " + src + " to " + root,
        sync,
        Optional.empty(),
        Optional.of(real),
        manner.backup(),
        MapValue.empty().put("src", Value.of(src)));
  }

  private TreeEntry entry(String from, String path, HostFile file, HostFiles host)
      throws ModuleException {
    String below = HostPath.relative(from, path);
    Kind kind = below.isEmpty() ? Kind.DIRECTORY : file.state().kind();
    if (kind == Kind.OTHER) {
      throw new ModuleException(path + " is neither file, directory nor link");
    }
    if (kind == Kind.FILE && file.state().sha256().isEmpty()) {
      throw unreadable(path);
    }
    int mode = below.isEmpty() ? attributes.bits(file.mode(), true, host.umask()) : file.mode();
    return new TreeEntry(
        below,
        kind,
        kind == Kind.LINK ? Optional.empty() : Optional.of(mode),
        Optional.empty(),
        kind == Kind.FILE ? file.state().size() : 0,
        file.state().sha256().orElse(""),
        kind == Kind.LINK ? file.state().link() : Optional.empty(),
        0);
  }

  /** Makes the planned change, of a file or a tree, and proves it. */
  public static Applied apply(Plan.Change change, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return change.state() instanceof FileInstall.Step
        ? FileInstall.apply(change, target)
        : TreeInstall.apply(change, target);
  }
}
