package dev.molt.runner.module.builtin;

import dev.molt.runner.module.Registry;
import dev.molt.runner.module.builtin.text.BlockInFileModule;
import dev.molt.runner.module.builtin.text.LineInFileModule;
import dev.molt.runner.module.builtin.text.ReplaceModule;

/** The modules about files. */
public final class FileModules {
  private FileModules() {}

  /** Adds all of them. */
  public static Registry register(Registry registry) {
    return registry
        .add("blockinfile", BlockInFileModule::new)
        .add("capabilities", SetcapModule::new)
        .add("copy", CopyModule::new)
        .add("file", FileModule::new)
        .add("lineinfile", LineInFileModule::new)
        .add("replace", ReplaceModule::new)
        .add("setcap", SetcapModule::new)
        .add("stat", StatModule::new)
        .add("unarchive", UnarchiveModule::new);
  }
}
