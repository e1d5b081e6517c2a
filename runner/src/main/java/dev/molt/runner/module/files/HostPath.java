package dev.molt.runner.module.files;

import dev.molt.runner.module.FileState;
import dev.molt.runner.module.Foreseen;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.UnreachableException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Paths on a host, as texts: always absolute, never ending in a slash. */
public final class HostPath {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** NAME_MAX on every common file system. */
  private static final int NAME_MAX = 255;

  private static final int MAX_LINKS = 40;

  private HostPath() {}

  /**
   * The path that an option names. One that is relative, begins with {@code ~} or holds a variable
   * costs a round trip: only the host knows where the task's user starts.
   *
   * @throws ModuleException if it is no path
   */
  public static String on(Target target, String option, String text)
      throws ModuleException, UnreachableException, InterruptedException {
    if (text.isEmpty()) {
      throw new ModuleException(option + " is empty");
    }
    if (text.startsWith("/") && !Expansion.isNeeded(text)) {
      return of(option, text);
    }
    if (text.indexOf('\0') >= 0) {
      throw new ModuleException(option + " holds a NUL byte");
    }
    ScriptResult answer =
        target.read(
            Script.of(
                "p="
                    + Expansion.shell(text)
                    + "\ncase $p in /*) ;; *) p=$PWD/$p ;; esac\nprintf %s \"$p\"\n"));
    if (!answer.ok()) {
      throw new ModuleException(
          "cannot tell what " + option + " " + text + " is on the host: " + answer.err().strip());
    }
    return of(option, answer.out());
  }

  /**
   * The path that an option names, without doubled, trailing or {@code .} parts. {@code ..} stays,
   * since what it means depends on links.
   *
   * @throws ModuleException if it is not absolute
   */
  public static String of(String option, String text) throws ModuleException {
    if (!text.startsWith("/")) {
      throw new ModuleException(
          option + " must be an absolute path on the host, not '" + text + "'");
    }
    if (text.indexOf('\0') >= 0) {
      throw new ModuleException(option + " holds a NUL byte");
    }
    StringBuilder path = new StringBuilder(text.length());
    for (String part : text.split("/")) {
      if (!part.isEmpty() && !part.equals(".")) {
        path.append('/').append(part);
      }
    }
    return path.length() == 0 ? "/" : path.toString();
  }

  /** Every directory that a path is in, and the path itself, from the path upwards to the root. */
  static List<String> upwards(String path) {
    List<String> all = new ArrayList<>();
    for (String up = path; !up.equals("/"); up = parent(up)) {
      all.add(up);
    }
    all.add("/");
    return all;
  }

  /** The directory a path is in; the root's own is the root. */
  public static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** A path below a directory. */
  public static String join(String directory, String relative) {
    return relative.isEmpty()
        ? directory
        : directory.equals("/") ? "/" + relative : directory + "/" + relative;
  }

  /** What {@code path} is relative to {@code directory}, which is above it or the same. */
  public static String relative(String directory, String path) {
    return path.equals(directory)
        ? ""
        : path.substring(directory.equals("/") ? 1 : directory.length() + 1);
  }

  /**
   * A new name beside the path: a reader of the directory sees whose it is. It is chosen here and
   * not by mktemp(1) on the host: a script that is told to end while mktemp runs could not know
   * what to remove.
   */
  public static String temporary(String path) {
    String prefix = temporaryName();
    // Some programs that validate a file want to see its suffix.
    String name = prefix + "-" + name(path);
    if (name.getBytes(StandardCharsets.UTF_8).length > NAME_MAX) {
      name = prefix;
    }
    return join(parent(path), name);
  }

  /** A new name for something that is in the way of nobody. */
  public static String temporaryName() {
    return ".molt-" + Long.toString(RANDOM.nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
  }

  /**
   * Where a path leads once the links are there that earlier tasks of a check would have made. The
   * last part is followed only where asked. The path itself in a real run.
   */
  public static String through(Foreseen foreseen, String path, boolean follow) {
    if (foreseen.isEmpty()) {
      return path;
    }
    String current = path;
    for (int i = 0; i < MAX_LINKS; i++) {
      Optional<String> next = followFirst(foreseen, current, follow);
      if (next.isEmpty()) {
        return current;
      }
      current = next.get();
    }
    return current;
  }

  private static Optional<String> followFirst(Foreseen foreseen, String path, boolean follow) {
    int end = path.indexOf('/', 1);
    while (end > 0 || follow) {
      String prefix = end > 0 ? path.substring(0, end) : path;
      Optional<String> link = foreseen.file(prefix).flatMap(FileState::link);
      if (link.isPresent()) {
        return Optional.of(linkTarget(prefix, link.get()) + path.substring(prefix.length()));
      }
      if (end < 0) {
        break;
      }
      end = path.indexOf('/', end + 1);
    }
    return Optional.empty();
  }

  /** The path a link's text names, {@code ..} taken literally. */
  public static String linkTarget(String link, String text) {
    String full = text.startsWith("/") ? text : parent(link) + "/" + text;
    StringBuilder path = new StringBuilder();
    for (String part : full.split("/")) {
      if (part.equals("..")) {
        path.setLength(Math.max(0, path.lastIndexOf("/")));
      } else if (!part.isEmpty() && !part.equals(".")) {
        path.append('/').append(part);
      }
    }
    return path.length() == 0 ? "/" : path.toString();
  }
}
