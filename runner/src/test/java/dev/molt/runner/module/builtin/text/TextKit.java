package dev.molt.runner.module.builtin.text;

import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.ModuleKit.Runs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Edits a file of this machine with one module. */
final class TextKit implements AutoCloseable {
  private final Path directory;
  private final ModuleKit kit;

  TextKit(Path directory) {
    this.directory = directory;
    this.kit = ModuleKit.local().watching(directory);
  }

  @Override
  public void close() {
    kit.close();
  }

  ModuleKit kit() {
    return kit;
  }

  Path file() {
    return directory.resolve("file");
  }

  /** The file with {@code |} for line feeds and {@code ¤} for carriage returns. */
  TextKit holding(String text) throws Exception {
    Files.writeString(file(), raw(text));
    return this;
  }

  String held() throws Exception {
    return Files.readString(file(), StandardCharsets.UTF_8).replace('\n', '|').replace('\r', '¤');
  }

  static String raw(String text) {
    return text.replace('|', '\n').replace('¤', '\r');
  }

  /** Options in pairs, the path among them. */
  <P extends Record> P options(Module<P> module, Object... given) {
    List<Object> all = new ArrayList<>(List.of("path", file()));
    all.addAll(List.of(given));
    return OptionsKit.of(module, all.toArray());
  }

  /** Options as one text: {@code name=value; name=value}. */
  <P extends Record> P options(Module<P> module, String text) {
    List<Object> all = new ArrayList<>();
    for (String pair : text.split("; ")) {
      String[] both = pair.split("=", 2);
      all.addAll(List.of(both[0], raw(both[1])));
    }
    return options(module, all.toArray());
  }

  <P extends Record> Runs changes(Module<P> module, P options) throws Exception {
    return kit.changes(module, options);
  }

  <P extends Record> Outcome once(Module<P> module, P options) throws Exception {
    return kit.apply(module, options);
  }
}
