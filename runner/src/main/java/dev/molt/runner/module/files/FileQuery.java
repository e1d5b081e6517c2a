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
      stat --printf='S %f %u %g %s %d %i %h %b %o %t %T %.9X %.9Y %.9Z\\0%U\\0%G\\0%n\\0%N\\0' -- "$@"
      for f do
        shift@FLAGS@
        if [ -L "$f" ]; then
          if [ -d "$f" ]; then printf 'L\\0%s\\0' "$f"; fi
        elif [ -f "$f" ] && [ -r "$f" ]; then
          set -- "$@" "$f"
        fi
      done
      if [ $# -gt 0 ]; then @DIGEST@; fi
      """;

  /** No record where the file system knows no flags. */
  private static final String FLAGS =
      """

      if x=$(lsattr -vd -- "$f" 2>/dev/null); then printf 'X\\0%s\\0%s\\0' "$f" "$x"; fi\
      """;

  /**
   * Links count as what they lead to, and one that leads nowhere as a link: stat(1) cannot say that
   * in one call, find(1) can.
   */
  private static final String FOLLOWED =
      """
      f=@PATH@
      find -L "$f" -printf 'T %y %m %U %G %s %D %i %n %b %A@ %T@ %C@\\0%u\\0%g\\0%p\\0%l\\0'
      find -L "$f" -type f -readable -print0 | xargs -0 -r sh -c '@DIGEST@' sh
      """;

  private final List<String> named = new ArrayList<>();
  private final List<String> trees = new ArrayList<>();
  private final List<String> followed = new ArrayList<>();
  private final StringBuilder extras = new StringBuilder();
  private final List<String> few = new ArrayList<>();
  private final List<String> bulk = new ArrayList<>();
  private String digest = ":";
  private String algorithm = "";
  private String flags = "";
  private String expected = "";
  private int contentLimit;
  private boolean lenient;
  private Duration deadline = Script.DEFAULT_DEADLINE;

  /** Asks about this path, about where it really leads, and about the directory that is in. */
  public FileQuery named(String path) {
    if (!named.contains(path)) {
      named.add(path);
    }
    return this;
  }

  /** Asks about these few paths themselves. */
  public FileQuery few(Collection<String> paths) {
    few.addAll(paths);
    return this;
  }

  /** Asks about these paths themselves; there may be many. */
  public FileQuery bulk(Collection<String> paths) {
    bulk.addAll(paths);
    return this;
  }

  /** Asks about everything at and below a path, links not followed. */
  public FileQuery tree(String path) {
    trees.add("-H " + ShellQuote.quote(path) + " -print0");
    return this;
  }

  /**
   * Asks about everything at and below a path itself, links too, but not only so deep and, where
   * links to directories are to be followed, also about what is behind them. Directories that may
   * not be read are no error: {@link HostFiles#denied} tells of them.
   *
   * @param depth how many levels below the path
   */
  public FileQuery walk(String path, boolean follow, int depth) {
    trees.add(
        (follow ? "-L " : "-H ") + ShellQuote.quote(path) + " -maxdepth " + depth + " -print0");
    lenient = true;
    return this;
  }

  /** Asks for the content of the files, and links to files, in a directory; all are read whole. */
  public FileQuery contents(String directory) {
    extras.append(
        """
        for f in @/* @/.[!.]* @/..?*; do
          if [ -f "$f" ]; then
            look "$f"
            printf 'B\\0%s\\0' "$f"; base64 -w0 <"$f"; printf '\\0'
          fi
        done
        """
            .replace("@", ShellQuote.quote(directory)));
    return this;
  }

  /** Asks what time it is there. */
  public FileQuery now() {
    extras.append("printf 'Z %s\\0' \"$(date +%s.%N)\"\n");
    return this;
  }

  /**
   * Asks about everything at and below a path, links counting as what they lead to; one that leads
   * nowhere counts as a link.
   */
  public FileQuery followedTree(String path) {
    followed.add(path);
    return this;
  }

  /** Asks about everything at and below a path, and about the same names elsewhere. */
  public FileQuery mirror(String from, String to) {
    String format = to.replace("\\", "\\\\").replace("%", "%%") + "/%P\\0";
    trees.add("-H " + ShellQuote.quote(from) + " -mindepth 1 -printf " + ShellQuote.quote(format));
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

  /** Asks for the content of the named files that are no larger. */
  public FileQuery content(int limit) {
    return contentUnless("", limit);
  }

  /** Asks for the flags that chattr(1) sets, of everything that is asked about. */
  public FileQuery flags() {
    flags = FLAGS;
    return this;
  }

  /** Asks for the flags that chattr(1) sets, of one path. */
  public FileQuery flags(String path) {
    extras.append("for f in ").append(ShellQuote.quote(path)).append("; do");
    extras.append(FLAGS).append("\ndone\n");
    return this;
  }

  /** Asks file(1) what a path holds; no answer where the host has none. */
  public FileQuery mime(String path) {
    extras.append(
        "if m=$(file -b --mime-type --mime-encoding -- @ 2>/dev/null); then"
            .replace("@", ShellQuote.quote(path)));
    extras.append(" printf 'M\\0%s\\0%s\\0' @ \"$m\"; fi\n".replace("@", ShellQuote.quote(path)));
    return this;
  }

  /** Asks for another digest of one file, which need not be one. */
  public FileQuery hash(String name, String path) {
    extras.append(
        "if [ -f @ ] && h=$(#sum <@); then printf 'H #\\0%s\\0%s\\0' @ \"${h%% *}\"; fi\n"
            .replace("#", name)
            .replace("@", ShellQuote.quote(path)));
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

  /** Asks which second of the world's time a local time is in the host's zone. */
  public FileQuery date(String local) {
    extras.append(
        "printf 'D\\0%s\\0%s\\0' @ \"$(date -d @ +%s 2>/dev/null)\"\n"
            .replace("@", ShellQuote.quote(local)));
    return this;
  }

  /**
   * Asks for the names of what is in a directory and below it.
   *
   * @param limit how many at most
   */
  public FileQuery listing(String path, int limit) {
    extras.append(
        "find @ -mindepth 1 -printf 'N %y\\0%p\\0' 2>/dev/null | head -z -n #\n"
            .replace("@", ShellQuote.quote(path))
            .replace("#", Integer.toString(2 * limit)));
    return this;
  }

  /** Asks whether a user's or group's number has a name. */
  public FileQuery names(Optional<String> owner, Optional<String> group) {
    owner.filter(FileQuery::numeric).ifPresent(n -> extras.append(entry("passwd", n)));
    group.filter(FileQuery::numeric).ifPresent(n -> extras.append(entry("group", n)));
    return this;
  }

  private static String entry(String database, String number) {
    return "printf 'W #\\0%s\\0%s\\0' @ \"$(getent # @ | cut -d: -f1)\"\n"
        .replace("#", database)
        .replace("@", number);
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
    script
        .append("body=")
        .append(ShellQuote.quote(BODY.replace("@DIGEST@", digest).replace("@FLAGS@", flags)))
        .append('\n');
    script.append("look() { eval \"$body\"; }\n");
    if (!few.isEmpty()) {
      script.append("look");
      few.forEach(path -> script.append(' ').append(ShellQuote.quote(path)));
      script.append('\n');
    }
    if (!named.isEmpty()) {
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
    for (String path : followed) {
      script.append(FOLLOWED.replace("@DIGEST@", digest).replace("@PATH@", ShellQuote.quote(path)));
    }
    if (!trees.isEmpty() || !bulk.isEmpty()) {
      script.append("{ ");
      for (String tree : trees) {
        script.append("find ").append(tree).append("; ");
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
    List<String> denied = new ArrayList<>();
    for (String line : reply.err().split("\n")) {
      if (lenient && line.endsWith(": Permission denied")) {
        denied.add(line);
      } else if (!line.isEmpty()
          && !line.endsWith(": No such file or directory")
          && !line.endsWith(": Not a directory")
          && !line.endsWith(": Too many levels of symbolic links")
          && !line.contains("File system loop detected")) {
        throw new ModuleException("cannot look at files: " + line);
      }
    }
    if (!reply.ok() || reply.truncated()) {
      throw new ModuleException("cannot look at files: the script ended with " + reply);
    }
    return new HostFiles(
        target.foreseen(), new ReplyParser(reply.stdout(), algorithm).parse(), algorithm, denied);
  }
}
