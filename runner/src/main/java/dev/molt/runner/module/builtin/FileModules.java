package dev.molt.runner.module.builtin;

import dev.molt.runner.module.Registry;
import dev.molt.runner.module.builtin.file.AssembleModule;
import dev.molt.runner.module.builtin.file.FetchModule;
import dev.molt.runner.module.builtin.file.FindModule;
import dev.molt.runner.module.builtin.file.SlurpModule;
import dev.molt.runner.module.builtin.file.TempfileModule;
import dev.molt.runner.module.builtin.file.TemplateModule;
import dev.molt.runner.module.builtin.text.BlockInFileModule;
import dev.molt.runner.module.builtin.text.LineInFileModule;
import dev.molt.runner.module.builtin.text.ReplaceModule;

/** The modules about files. */
public final class FileModules {
  private FileModules() {}

  /** Adds all of them. */
  public static Registry register(Registry registry) {
    return registry
        .add("assemble", AssembleModule::new)
        .add("blockinfile", BlockInFileModule::new)
        .add("capabilities", SetcapModule::new)
        .add("copy", CopyModule::new)
        .add("fetch", FetchModule::new)
        .add("file", FileModule::new)
        .add("find", FindModule::new)
        .add("lineinfile", LineInFileModule::new)
        .add("replace", ReplaceModule::new)
        .add("setcap", SetcapModule::new)
        .add("slurp", SlurpModule::new)
        .add("stat", StatModule::new)
        .add("tempfile", TempfileModule::new)
        .add("template", TemplateModule::new)
        .add("unarchive", UnarchiveModule::new);
  }
}
