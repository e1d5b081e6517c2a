package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What a path leads to, on the machine Molt runs on. */
final class FileTests implements Library.Group {
  @Override
  public void declare(Library.Builder to) {
    to.test("abs is_abs", Params.NONE, "the path begins at the root", this);
    to.test("exists", Params.NONE, "there is such a file on this machine", this);
    to.test("link_exists", Params.NONE, "there is such a file or link on this machine", this);
    to.test("file is_file", Params.NONE, "it is a regular file on this machine", this);
    to.test("directory is_dir", Params.NONE, "it is a directory on this machine", this);
    to.test("link is_link", Params.NONE, "it is a symbolic link on this machine", this);
    to.test("mount is_mount", Params.NONE, "something is mounted there on this machine", this);
    to.test("same_file is_same_file", Params.of("path"), "both are one file", this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    try {
      return BoolValue.of(holds(name, Path.of(call.text()), call));
    } catch (IOException e) {
      return BoolValue.FALSE;
    } catch (InvalidPathException e) {
      throw call.error("'" + call.text() + "' is not a path");
    }
  }

  private static boolean holds(String name, Path path, Call call) throws IOException {
    return switch (name) {
      case "abs" -> call.text().startsWith("/");
      case "exists" -> Files.exists(path);
      case "link_exists" -> Files.exists(path, LinkOption.NOFOLLOW_LINKS);
      case "file" -> Files.isRegularFile(path);
      case "directory" -> Files.isDirectory(path);
      case "link" -> Files.isSymbolicLink(path);
      case "mount" -> mount(path.toAbsolutePath().normalize());
      case "same_file" -> Files.isSameFile(path, Path.of(call.text(0)));
      default -> throw Builtins.undeclared(name);
    };
  }

  private static boolean mount(Path path) throws IOException {
    if (!Files.isDirectory(path) || Files.isSymbolicLink(path)) {
      return false;
    } else if (path.getParent() == null) {
      return true;
    }
    Object here = Files.getAttribute(path, "unix:dev");
    Object above = Files.getAttribute(path.getParent(), "unix:dev");
    return !here.equals(above);
  }
}
