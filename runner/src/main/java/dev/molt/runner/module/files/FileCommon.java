package dev.molt.runner.module.files;

import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.UnreachableException;
import java.util.Optional;

/**
 * The options that all modules share which write files: Ansible's names and meanings. SELinux
 * contexts mean nothing on a host without SELinux, as in Ansible; on one with it they are refused.
 */
public record FileCommon(
    @Option("User that is to own it, by name or number.") Optional<String> owner,
    @Option("Group that is to own it, by name or number.") Optional<String> group,
    @Option("Permissions, such as '0755' or 'u=rwX,go=rX'.") Optional<FileMode> mode,
    @Option(
            value = "Flags of the file system, as for chattr(1), such as +i.",
            aliases = {"attr"})
        Optional<String> attributes,
    @Option("User of the SELinux context.") Optional<String> seuser,
    @Option("Role of the SELinux context.") Optional<String> serole,
    @Option("Type of the SELinux context.") Optional<String> setype,
    @Option("Level of the SELinux context.") Optional<String> selevel,
    @Option("Where a file cannot be replaced, such as a mounted one, write into it.")
        Optional<Boolean> unsafeWrites) {

  /** Nothing asked for. */
  public static final FileCommon NONE = of(null, null, null);

  /** Owner, group and mode, each of which may be null. */
  public static FileCommon of(String owner, String group, FileMode mode) {
    return new FileCommon(
        Optional.ofNullable(owner),
        Optional.ofNullable(group),
        Optional.ofNullable(mode),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Owner, group, mode and flags.
   *
   * @throws ModuleException if a SELinux context is asked for and the host has SELinux
   */
  public Attributes attributes(Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    boolean context =
        seuser.isPresent() || serole.isPresent() || setype.isPresent() || selevel.isPresent();
    if (context && target.read(Script.of("[ -e /sys/fs/selinux/enforce ]")).ok()) {
      throw new ModuleException(
          "seuser, serole, setype and selevel are not supported on a host that has SELinux: use"
              + " command with chcon or semanage fcontext");
    }
    return new Attributes(owner, group, mode, attributes);
  }
}
