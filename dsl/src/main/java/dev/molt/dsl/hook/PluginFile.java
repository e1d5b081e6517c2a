package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import groovy.lang.Closure;
import java.nio.file.Path;

/**
 * A filter, test or lookup in Groovy. Thread-safe: every call works on its own copy of a closure.
 * Loading this class loads Groovy.
 */
final class PluginFile {
  private final ScriptErrors errors;
  private final Closure<?> code;

  private PluginFile(ScriptErrors errors, Closure<?> code) {
    this.errors = errors;
    this.code = code;
  }

  static PluginFile load(Path file, String kind) {
    ScriptSource source = ScriptSource.file(file);
    ScriptErrors errors = new ScriptErrors(source, PluginScript.class);
    PluginScript script;
    try {
      script = new Scripts(ScriptCache.ofUser()).load(source, PluginScript.class);
      script.run();
    } catch (Exception | StackOverflowError e) {
      throw errors.of(e);
    }
    if (script.code() == null) {
      throw Diagnostic.error(source.at(1, 0, 1), "this file is no " + kind)
          .withHint("write '" + kind + " { value -> ... }'")
          .asException();
    }
    return new PluginFile(errors, script.code());
  }

  Object call(Object... arguments) {
    Closure<?> call = (Closure<?>) code.clone();
    try {
      return call.call(arguments);
    } catch (Exception | StackOverflowError | AssertionError e) {
      throw errors.of(e);
    }
  }
}
