package dev.molt.runner.module.files;

import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Content;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A question about many paths of a host that takes one round trip, whatever the names hold: they go
 * and come back ended by NUL. The same script, put at the end of one that changes the host, proves
 * that the change took. Built by one thread, then immutable in practice.
 */
public final class FileQuery {
  /**
   * Runs over batches of paths. Digests only what is a regular file: reading a FIFO would hang.
   * Every record starts with an upper-case tag, except digests, which are lower-case hex.
   */
  private static final String BODY =
      """
      stat --printf='S %f %u %g %s %d %i %h %b %.9X %.9Y %.9Z\\0%U\\0%G\\0%n\\0%N\\0' -- "$@"
      for f do
        shift
        if [ -L "$f" ]; then
          if [ -d "$f" ]; then printf 'L\\0%s\\0' "$f"; fi
        elif [ -f "$f" ] && [ -r "$f" ]; then
          set -- "$@" "$f"
        fi
      done
      if [ $# -gt 0 ]; then @DIGEST@; fi
      """;

  private final List<String> named = new ArrayList<>();
  private final List<String> trees = new ArrayList<>();
  private final StringBuilder extras = new StringBuilder();
  private Collection<String> bulk = List.of();
  private String digest = ":";
  private String algorithm = "";
  private String expected = "";
  private int contentLimit;
  private Duration deadline = Script.DEFAULT_DEADLINE;

  /** Asks about this path, about where it really leads, and about the directory that is in. */
  public FileQuery named(String path) {
    if (!named.contains(path)) {
      named.add(path);
    }
    return this;
  }

  /** Asks about these paths themselves; there may be many. */
  public FileQuery bulk(Collection<String> paths) {
    bulk = paths;
    return this;
  }

  /** Asks about everything at and below a path, links not followed. */
  public FileQuery tree(String path) {
    trees.add(ShellQuote.quote(path) + " -print0");
    return this;
  }

  /** Asks about everything at and below a path, and about the same names elsewhere. */
  public FileQuery mirror(String from, String to) {
    tree(from);
    String format = to.replace("\\", "\\\\").replace("%", "%%") + "/%P\\0";
    trees.add(ShellQuote.quote(from) + " -mindepth 1 -printf " + ShellQuote.quote(format));
    return this;
  }

  /**
   * Asks for digests of regular files.
   *
   * @param name such as {@code sha256}; must be a program's name without {@code sum}
   */
  public FileQuery digests(String name) {
    algorithm = name;
    digest = name + "sum -z -- \"$@\"";
    return this;
  }

  /** Asks for the content of the named files that are no larger and have not this digest. */
  public FileQuery contentUnless(String sha256, int limit) {
    expected = sha256;
    contentLimit = limit;
    return this;
  }

  /** Asks for the file capabilities of a path. */
  public FileQuery capabilities(String path) {
    extras.append(
        """
        PATH=$PATH:/usr/sbin:/sbin
        if command -v getcap >/dev/null; then
          f=@
          printf 'C\\0%s\\0' "$f"; if [ -f "$f" ]; then getcap "$f"; fi; printf '\\0'
        fi
        """
            .replace("@", ShellQuote.quote(path)));
    return this;
  }

  /** Asks what number a user's name has. */
  public FileQuery user(Optional<String> name) {
    name.filter(n -> !numeric(n))
        .ifPresent(
            n ->
                extras.append(
                    "printf 'O\\0%s\\0%s\\0' @ \"$(id -u -- @ 2>/dev/null)\"\n"
                        .replace("@", ShellQuote.quote(n))));
    return this;
  }

  /** Asks what number a group's name has. */
  public FileQuery group(Optional<String> name) {
    name.filter(n -> !numeric(n))
        .ifPresent(
            n ->
                extras.append(
                    "printf 'G\\0%s\\0%s\\0' @ \"$(getent group @ | cut -d: -f3)\"\n"
                        .replace("@", ShellQuote.quote(n))));
    return this;
  }

  /** Asks who the task's user is, and for the umask: what a new file gets. */
  public FileQuery self() {
    extras.append("printf 'U %s\\0I\\0%s\\0' \"$(umask)\" \"$(id)\"\n");
    return this;
  }

  /** Asks how much room there is at a path. */
  public FileQuery space(String path) {
    extras.append("printf 'F\\0%s\\0' \"$(df -Pk -- " + ShellQuote.quote(path) + ")\"\n");
    return this;
  }

  public FileQuery deadline(Duration howLong) {
    deadline = howLong;
    return this;
  }

  String algorithm() {
    return algorithm;
  }

  static boolean numeric(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The script; reads {@link #stdin} and prints what {@link #parse} understands. */
  public String text() {
    StringBuilder script = new StringBuilder("LC_ALL=C QUOTING_STYLE=literal\n");
    script.append("export LC_ALL QUOTING_STYLE\n");
    script.append("body=").append(ShellQuote.quote(BODY.replace("@DIGEST@", digest))).append('\n');
    if (!named.isEmpty()) {
      script.append("look() { eval \"$body\"; }\n");
      script.append("for p in");
      named.forEach(path -> script.append(' ').append(ShellQuote.quote(path)));
      // The x keeps line breaks at the end of a name from being eaten by $().
      script.append(
          """
          ; do
            r=$(realpath -m -- "$p"; printf x); r=${r%?x}; u=${r%/*}
            printf 'R\\0%s\\0%s\\0' "$p" "$r"
            a=; [ ! -r "$r" ] || a=r; [ ! -w "$r" ] || a=${a}w; [ ! -x "$r" ] || a=${a}x
            printf 'A %s\\0%s\\0' "$a" "$r"
            if [ "$p" = "$r" ]; then set -- "$p"; else set -- "$p" "$r"; fi
            look "$@" "${u:-/}"
          """);
      if (contentLimit > 0) {
        script.append(content());
      }
      script.append("done\n");
    }
    script.append(extras);
    if (!trees.isEmpty() || !bulk.isEmpty()) {
      script.append("{ ");
      for (String tree : trees) {
        script.append("find -H ").append(tree).append("; ");
      }
      script.append(bulk.isEmpty() ? "" : "cat; ");
      script.append("} | xargs -0 -r -n 500 sh -c \"$body\" sh\n");
    }
    return script.append(":\n").toString();
  }

  private String content() {
    return """
      if [ -f "$r" ] && [ -r "$r" ] && [ "$(stat -Lc %s -- "$r")" -le @LIMIT@ ]; then
        case $(sha256sum <"$r") in
          @SHA@*) ;;
          *) printf 'B\\0%s\\0' "$r"; base64 -w0 <"$r"; printf '\\0' ;;
        esac
      fi
    """
        .replace("@LIMIT@", Integer.toString(contentLimit))
        .replace("@SHA@", expected.isEmpty() ? "none" : expected);
  }

  /** What the script reads. */
  public byte[] stdin() {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    for (String path : bulk) {
      names.writeBytes(path.getBytes(StandardCharsets.UTF_8));
      names.write(0);
    }
    return names.toByteArray();
  }

  /** Asks. */
  public HostFiles ask(Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Script script =
        new Script(
            text(),
            bulk.isEmpty() ? Optional.empty() : Optional.of(Content.of(stdin())),
            deadline,
            Script.DEFAULT_MAX_OUTPUT * 4,
            Optional.empty());
    return parse(target.read(script), target);
  }

  /**
   * Reads an answer.
   *
   * @throws ModuleException if the host refused to say, in its words
   */
  public HostFiles parse(ScriptResult reply, Target target) throws ModuleException {
    if (reply.timedOut()) {
      throw new ModuleException("the host did not answer about its files within " + deadline);
    }
    for (String line : reply.err().split("\n")) {
      if (!line.isEmpty()
          && !line.endsWith(": No such file or directory")
          && !line.endsWith(": Not a directory")) {
        throw new ModuleException("cannot look at files: " + line);
      }
    }
    if (!reply.ok() || reply.truncated()) {
      throw new ModuleException("cannot look at files: the script ended with " + reply);
    }
    return new HostFiles(target.foreseen(), new ReplyParser(reply.stdout(), algorithm).parse());
  }
}
