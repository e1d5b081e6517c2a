package dev.molt.runner.module.builtin;

import dev.molt.runner.module.Registry;

/** The modules about files. */
public final class FileModules {
  private FileModules() {}

  /** Adds all of them. */
  public static Registry register(Registry registry) {
    return registry
        .add("capabilities", SetcapModule::new)
        .add("copy", CopyModule::new)
        .add("file", FileModule::new)
        .add("setcap", SetcapModule::new)
        .add("stat", StatModule::new)
        .add("unarchive", UnarchiveModule::new);
  }
}
