package dev.molt.runner.module.files;

import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.files.FileInstall.Step;
import dev.molt.runner.remote.ShellQuote;
import java.util.List;
import java.util.Optional;

/** The commands that replace one file: temporary name beside it, content, attributes, rename. */
record FileReplacement(Step step) {
  private static final String SELINUX = "if [ -e /sys/fs/selinux/enforce ]; then ";

  String commands() throws ModuleException {
    FileInstall install = step.install();
    String dest = ShellQuote.quote(step.path());
    StringBuilder script = new StringBuilder();
    for (String parent : step.parents()) {
      script.append("mkdir -- ").append(ShellQuote.quote(parent)).append('\n');
      script.append(Attributes.commands(parent, ofParent(parent)));
    }
    script.append("t=").append(ShellQuote.quote(HostPath.temporary(step.path()))).append('\n');
    script.append(unsafe()).append(fill());
    script.append(owners(dest));
    script.append(Attributes.chmod(step.after().mode())).append(" \"$t\"\n");
    if (install.manner().validate().isPresent()) {
      script.append(validation(install.manner().validate().get()));
    }
    if (install.manner().backup() && step.now().exists()) {
      script.append(backup(dest));
    }
    // Before the rename, so that a crash leaves the old content or the new, never an empty file.
    script.append("sync -- \"$t\" || :\n").append(rename(dest));
    script.append(SELINUX).append(step.now().isFile() ? ":" : "restorecon -- " + dest);
    script.append(" || :; fi\n");
    step.diffs().stream()
        .filter(d -> d.subject().equals(step.path()) && d.field().equals("attributes"))
        .forEach(d -> script.append(Attributes.commands(step.path(), List.of(d))));
    return script.toString();
  }

  private List<FieldDiff> ofParent(String parent) {
    FileState fresh = PathState.fresh(Kind.DIRECTORY, 0777, step.before()).state();
    return step.install()
        .ofParents()
        .diffs(parent, step.before(), HostFile.planned(fresh, HostFile.ABSENT));
  }

  private String fill() {
    Optional<String> hostPath = step.install().source().hostPath();
    if (hostPath.isPresent()) {
      return "cat -- " + ShellQuote.quote(hostPath.get()) + " >\"$t\"\n";
    }
    long size = step.install().source().size();
    return """
    head -c @ >"$t"
    n=$(stat -c %s -- "$t")
    if [ "$n" -ne @ ]; then echo "received $n bytes of @" >&2; exit 1; fi
    """
        .replace("@", Long.toString(size));
  }

  private String owners(String dest) {
    Attributes wanted = step.install().wanted();
    String owner = wanted.owner().orElse("");
    String group = wanted.group().orElse("");
    StringBuilder script = new StringBuilder();
    if (step.now().isFile() && step.now().uid() >= 0) {
      // Kept as it was where the user may; nobody asked for it by name. Its access list, too.
      script
          .append("chown ")
          .append(step.now().uid())
          .append(':')
          .append(step.now().gid())
          .append(" -- \"$t\" 2>/dev/null || :\n")
          .append("cp --attributes-only --preserve=mode -- ")
          .append(dest)
          .append(" \"$t\" 2>/dev/null || :\n")
          .append(SELINUX)
          .append("chcon --reference=")
          .append(dest)
          .append(" -- \"$t\" || :; fi\n");
    }
    if (!owner.isEmpty() || !group.isEmpty()) {
      String whom = owner + (group.isEmpty() ? "" : ":" + group);
      script.append("chown ").append(ShellQuote.quote(whom)).append(" -- \"$t\"\n");
    }
    return script.toString();
  }

  /** The command's words, without anything that a shell would make of them. */
  private static String validation(String command) throws ModuleException {
    StringBuilder words = new StringBuilder();
    try {
      for (String word : CommandWords.split(command)) {
        String[] parts = word.split("%s", -1);
        for (int i = 0; i < parts.length; i++) {
          words.append(i == 0 ? "" : "\"$t\"");
          String part = parts[i].replace("%%", "%");
          words.append(part.isEmpty() && parts.length > 1 ? "" : Expansion.shell(part));
        }
        words.append(' ');
      }
    } catch (IllegalArgumentException e) {
      throw new ModuleException("validate cannot be read: " + e.getMessage());
    }
    return "r=0\n"
        + words
        + "</dev/null || r=$?\nif [ $r -ne 0 ]; then printf '%s\\n' \"failed to validate: rc:$r,"
        + " from: \""
        + ShellQuote.quote(command)
        + " >&2; exit 1; fi\n";
  }

  /** Where nothing can be made beside the file, and it may be written into, elsewhere will do. */
  private String unsafe() {
    String asked =
        step.install()
            .manner()
            .unsafeWrites()
            .map(yes -> yes ? "yes" : "no")
            .orElse("${ANSIBLE_UNSAFE_WRITES:-}");
    return "u="
        + asked
        + "\ncase $u in 1 | [Yy] | [Yy]es | [Oo]n | [Tt] | [Tt]rue) ;; *) u= ;; esac\n"
        + "install -m 600 -T -- /dev/null \"$t\" || { [ -n \"$u\" ]; t=$(mktemp); }\n";
  }

  private String rename(String dest) {
    String into =
        "cat -- \"$t\" >" + dest + "\n" + Attributes.commands(step.path(), ofFile()).strip();
    return "if mv -fT -- \"$t\" " + dest + "; then t=; else\n[ -n \"$u\" ]\n" + into + "\nfi\n";
  }

  private List<FieldDiff> ofFile() {
    return step.diffs().stream()
        .filter(d -> d.subject().equals(step.path()) && !d.field().equals("attributes"))
        .toList();
  }

  /** Keeps the old file under the name that Ansible would give it. */
  static String backup(String dest) {
    return "b="
        + dest
        + ".$$.$(date +%Y-%m-%d@%H:%M:%S~)\ncp -pP -- "
        + dest
        + " \"$b\"\nprintf 'K\\0%s\\0' \"$b\" >&3\n";
  }
}
