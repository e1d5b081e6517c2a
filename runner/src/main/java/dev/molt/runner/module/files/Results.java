package dev.molt.runner.module.files;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.FileState;

/** The keys that results about files share. */
public final class Results {
  private Results() {}

  /** Adds {@code state}, {@code owner}, {@code mode} and so on; nothing of what is not there. */
  public static MapValue describe(MapValue result, HostFile file) {
    describe(result, file.state());
    result.put("state", Value.of(stateName(file)));
    if (file.uid() >= 0 && file.exists()) {
      result.put("uid", Value.of(file.uid()));
    }
    if (file.gid() >= 0 && file.exists()) {
      result.put("gid", Value.of(file.gid()));
    }
    return result;
  }

  /** The same of what is planned, whose numeric owner may not be known. */
  public static MapValue describe(MapValue result, FileState state) {
    result.put("state", Value.of(stateName(state)));
    if (state.exists()) {
      result.put("owner", Value.of(state.owner()));
      result.put("group", Value.of(state.group()));
      result.put("mode", Value.of(FileMode.octal(state.mode())));
      result.put("size", Value.of(state.size()));
    }
    return result;
  }

  /** As Ansible's modules call it: a file that has several names is {@code hard}. */
  public static String stateName(HostFile file) {
    return file.isFile() && file.node().links() > 1 ? "hard" : stateName(file.state());
  }

  /** The same where nobody knows how many names it has. */
  public static String stateName(FileState state) {
    return switch (state.kind()) {
      case ABSENT -> "absent";
      case FILE, OTHER -> "file";
      case DIRECTORY -> "directory";
      case LINK -> "link";
    };
  }
}
