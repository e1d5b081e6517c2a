package dev.molt.runner.module.files;

import dev.molt.runner.module.Foreseen;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;

/**
 * Where something is to be put on a host.
 *
 * @param path absolute
 * @param directory whether it was written with a slash at its end, and so is a directory
 */
public record Destination(String path, boolean directory) {
  /** The destination that an option names; see {@link HostPath#on} for what it costs. */
  public static Destination on(Target target, String text)
      throws ModuleException, UnreachableException, InterruptedException {
    return new Destination(HostPath.on(target, "dest", text), text.endsWith("/"));
  }

  /** Where it is once the links are there that earlier tasks of a check would have made. */
  String in(Foreseen foreseen) {
    return HostPath.through(foreseen, path, false);
  }
}
