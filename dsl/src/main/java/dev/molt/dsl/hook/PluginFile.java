package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.nio.file.Path;

/**
 * A filter, test or lookup in Groovy. Thread-safe: every call works on its own copy of a closure.
 * Loading this class loads Groovy.
 */
final class PluginFile {
  private final LoadedScript<PluginScript> script;
  private final String kind;

  private PluginFile(LoadedScript<PluginScript> script, String kind) {
    this.script = script;
    this.kind = kind;
  }

  static PluginFile load(Path file, String kind) {
    ScriptSource source = ScriptSource.file(file);
    LoadedScript<PluginScript> script =
        LoadedScript.of(source, PluginScript.class, PluginScript.class);
    script.with(
        code -> {
          code.read(source);
          return code;
        });
    if (script.script().code() == null) {
      throw Diagnostic.error(source.at(1, 0, 1), "this file is no " + kind)
          .withHint("write '" + kind + " { value -> ... }'")
          .asException();
    }
    return new PluginFile(script, kind);
  }

  /**
   * What it makes of this.
   *
   * @throws dev.molt.dsl.source.DiagnosticException for a mistake in it, and for what is no value
   */
  Value call(Object... arguments) {
    Object given = script.call(script.script().code(), null, arguments);
    return script.with(code -> value(given));
  }

  private Value value(Object given) {
    try {
      return Plain.value(given);
    } catch (ValueException e) {
      throw Diagnostic.error(
              script.script().position(), "what this " + kind + " gives: " + e.getMessage())
          .asException();
    }
  }
}
