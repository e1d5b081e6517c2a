package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import groovy.lang.Script;
import java.nio.file.Path;

/**
 * A filter, test or lookup in Groovy. Thread-safe: every call works on its own copy of a closure.
 * Loading this class loads Groovy.
 */
final class PluginFile {
  private final LoadedScript<PluginScript> script;

  private PluginFile(LoadedScript<PluginScript> script) {
    this.script = script;
  }

  static PluginFile load(Path file, String kind) {
    ScriptSource source = ScriptSource.file(file);
    LoadedScript<PluginScript> script =
        LoadedScript.of(source, PluginScript.class, PluginScript.class);
    script.with(Script::run);
    if (script.script().code() == null) {
      throw Diagnostic.error(source.at(1, 0, 1), "this file is no " + kind)
          .withHint("write '" + kind + " { value -> ... }'")
          .asException();
    }
    return new PluginFile(script);
  }

  Object call(Object... arguments) {
    return script.call(script.script().code(), null, arguments);
  }
}
