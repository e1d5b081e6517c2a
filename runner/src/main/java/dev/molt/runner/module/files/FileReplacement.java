package dev.molt.runner.module.files;

import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.files.FileInstall.Step;
import dev.molt.runner.remote.ShellQuote;
import java.util.Optional;

/** The commands that replace one file: temporary name beside it, content, attributes, rename. */
record FileReplacement(Step step, Attributes wanted) {

  String commands() {
    FileInstall install = step.install();
    String dest = ShellQuote.quote(step.path());
    StringBuilder script = new StringBuilder();
    if (step.makeParent()) {
      script.append("mkdir -p -- ").append(parent()).append('\n');
    }
    script.append("t=").append(temporary()).append('\n');
    script.append("install -m 600 -T -- /dev/null \"$t\"\n").append(fill());
    script.append(owners());
    script.append("chmod ").append(FileMode.octal(step.after().mode())).append(" -- \"$t\"\n");
    install.validate().ifPresent(command -> script.append(validation(command)));
    if (install.backup() && step.now().exists()) {
      script.append(backup(dest));
    }
    // Before the rename, so that a crash leaves the old content or the new, never an empty file.
    script.append("sync -- \"$t\" || :\n");
    script.append("mv -fT -- \"$t\" ").append(dest).append("\nt=\n");
    return script.toString();
  }

  private String parent() {
    return ShellQuote.quote(HostPath.parent(step.path()));
  }

  private String temporary() {
    return ShellQuote.quote(HostPath.temporary(step.path()));
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

  private String owners() {
    String owner = wanted.owner().orElse("");
    String group = wanted.group().orElse("");
    StringBuilder script = new StringBuilder();
    if (step.now().isFile() && step.now().uid() >= 0) {
      // Kept as it was where the user may; nobody asked for it by name.
      script
          .append("chown ")
          .append(step.now().uid())
          .append(':')
          .append(step.now().gid())
          .append(" -- \"$t\" 2>/dev/null || :\n");
    }
    if (!owner.isEmpty() || !group.isEmpty()) {
      String whom = owner + (group.isEmpty() ? "" : ":" + group);
      script.append("chown ").append(ShellQuote.quote(whom)).append(" -- \"$t\"\n");
    }
    return script.toString();
  }

  private static String validation(String command) {
    return "if ! { "
        + command.replace("%s", "\"$t\"")
        + "\n} </dev/null; then printf '%s\\n' "
        + ShellQuote.quote("the new content failed validation by: " + command)
        + " >&2; exit 1; fi\n";
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
