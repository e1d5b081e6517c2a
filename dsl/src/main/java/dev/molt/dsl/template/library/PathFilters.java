package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Paths, as text; those that look at files look at the machine Molt runs on. */
final class PathFilters implements Library.Group {
  @Override
  public void declare(Library.Builder to) {
    to.filter("basename", Params.NONE, "the last part of a path", this);
    to.filter("dirname", Params.NONE, "a path without its last part", this);
    to.filter("splitext", Params.NONE, "a path and its extension", this);
    to.filter("path_join", Params.NONE, "parts of a path as one", this);
    to.filter("normpath", Params.NONE, "a path without . and .. and doubled slashes", this);
    to.filter("commonpath", Params.NONE, "what paths have in common", this);
    to.filter("relpath", Params.of("start?"), "a path as seen from another", this);
    to.filter("expanduser", Params.NONE, "a path with ~ as the home directory", this);
    to.filter("expandvars", Params.NONE, "a text with environment variables filled in", this);
    to.filter("fileglob", Params.NONE, "the files on this machine that match a pattern", this);
    to.filter("realpath", Params.NONE, "a path without symbolic links", this);
    to.filter("win_basename", Params.NONE, "the last part of a Windows path", this);
    to.filter("win_dirname", Params.NONE, "a Windows path without its last part", this);
    to.filter("win_splitdrive", Params.NONE, "the drive of a Windows path and the rest", this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    return switch (name) {
      case "fileglob" -> ListValue.ofStrings(FileGlob.find(call.text()));
      case "splitext" -> tuple(splitExtension(call.text()));
      case "win_splitdrive" -> {
        String s = call.text();
        int drive = s.length() > 1 && s.charAt(1) == ':' ? 2 : 0;
        yield tuple(List.of(s.substring(0, drive), s.substring(drive)));
      }
      default -> new StrValue(text(name, call));
    };
  }

  private static ListValue tuple(List<String> parts) {
    return new ListValue(ListValue.ofStrings(parts).items(), ListValue.Kind.TUPLE);
  }

  private static String text(String name, Call call) {
    if (name.equals("path_join")) {
      return join(call.subject() instanceof StrValue ? List.of(call.subject()) : paths(call));
    } else if (name.equals("commonpath")) {
      return common(paths(call));
    }
    String s = call.text();
    return switch (name) {
      case "basename" -> s.substring(s.lastIndexOf('/') + 1);
      case "dirname" -> directory(s);
      case "normpath" -> normal(s);
      case "relpath" -> relative(s, call.text(0, "."));
      case "expanduser" -> expandUser(s);
      case "expandvars" -> expandVariables(s);
      case "realpath" -> real(s);
      case "win_basename" -> s.substring(Math.max(s.lastIndexOf('\\'), s.lastIndexOf('/')) + 1);
      case "win_dirname" ->
          s.substring(0, Math.max(0, Math.max(s.lastIndexOf('\\'), s.lastIndexOf('/'))));
      default -> throw Builtins.undeclared(name);
    };
  }

  private static List<Value> paths(Call call) {
    if (call.subject() instanceof ListValue list) {
      return list.items();
    }
    throw call.error(
        "expects string or sequence, got " + Python.typeName(call.subject()) + " instead.");
  }

  private static String directory(String s) {
    String head = s.substring(0, s.lastIndexOf('/') + 1);
    String stripped = head.replaceAll("/+$", "");
    return stripped.isEmpty() ? head : stripped;
  }

  private static List<String> splitExtension(String s) {
    int base = s.lastIndexOf('/') + 1;
    int dot = s.lastIndexOf('.');
    boolean leading = dot < base || s.substring(base, dot).chars().allMatch(c -> c == '.');
    return leading ? List.of(s, "") : List.of(s.substring(0, dot), s.substring(dot));
  }

  private static String join(List<Value> parts) {
    StringBuilder out = new StringBuilder();
    boolean first = true;
    for (Value part : parts) {
      String text = Python.str(part);
      if (text.startsWith("/")) {
        out.setLength(0);
      } else if (!first && (out.length() == 0 || out.charAt(out.length() - 1) != '/')) {
        out.append(out.length() == 0 ? "" : "/");
      }
      out.append(text);
      first = false;
    }
    return out.toString();
  }

  static String normal(String s) {
    List<String> parts = new ArrayList<>();
    boolean absolute = s.startsWith("/");
    for (String part : s.split("/")) {
      boolean up = part.equals("..");
      boolean canGoUp = !parts.isEmpty() && !parts.get(parts.size() - 1).equals("..");
      if (up && canGoUp) {
        parts.remove(parts.size() - 1);
      } else if (!part.isEmpty() && !part.equals(".") && !(up && absolute)) {
        parts.add(part);
      }
    }
    String joined = (absolute ? "/" : "") + String.join("/", parts);
    return joined.isEmpty() ? "." : joined;
  }

  private static String common(List<Value> paths) {
    List<String> shared = null;
    boolean absolute = false;
    for (Value path : paths) {
      String s = normal(Python.str(path));
      absolute = s.startsWith("/");
      List<String> parts = List.of((absolute ? s.substring(1) : s).split("/"));
      int same = 0;
      int most = shared == null ? parts.size() : Math.min(shared.size(), parts.size());
      while (same < most && (shared == null || shared.get(same).equals(parts.get(same)))) {
        same++;
      }
      shared = parts.subList(0, same);
    }
    return shared == null ? "" : (absolute ? "/" : "") + String.join("/", shared);
  }

  private static String relative(String path, String start) {
    try {
      Path from = Path.of(start).toAbsolutePath().normalize();
      String result = from.relativize(Path.of(path).toAbsolutePath().normalize()).toString();
      return result.isEmpty() ? "." : result;
    } catch (java.nio.file.InvalidPathException e) {
      throw new dev.molt.dsl.value.ValueException("'" + path + "' is not a path");
    }
  }

  static String expandUser(String s) {
    boolean own = s.equals("~") || s.startsWith("~/");
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    if (own) {
      return home + s.substring(1);
    }
    boolean root = s.equals("~root") || s.startsWith("~root/");
    return root ? "/root" + s.substring(5) : s;
  }

  private static String expandVariables(String s) {
    java.util.regex.Matcher matcher =
        java.util.regex.Pattern.compile("\\$(?:(\\w+)|\\{([^}]*)\\})").matcher(s);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      String value = System.getenv(name);
      matcher.appendReplacement(
          out, java.util.regex.Matcher.quoteReplacement(value == null ? matcher.group() : value));
    }
    return matcher.appendTail(out).toString();
  }

  private static String real(String s) {
    try {
      Path path = Path.of(s).toAbsolutePath();
      return path.toFile().exists() ? path.toRealPath().toString() : path.normalize().toString();
    } catch (IOException | java.nio.file.InvalidPathException e) {
      return normal(s);
    }
  }
}
