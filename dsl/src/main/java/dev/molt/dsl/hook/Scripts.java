package dev.molt.dsl.hook;

import groovy.lang.GroovySystem;
import groovy.lang.Script;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Loads scripts: from the cache, or compiled and then kept there. Thread-safe. Using this class
 * loads Groovy.
 */
final class Scripts {
  private static final String VERSION = "5";

  private final ScriptCache cache;

  Scripts(ScriptCache cache) {
    this.cache = cache;
  }

  /** One, ready to be run. */
  <S extends Script> S load(ScriptSource source, Class<S> base) {
    String className = className(source.name());
    String key =
        ScriptCache.key(
            VERSION,
            source.text(),
            source.name(),
            base.getName(),
            GroovySystem.getVersion(),
            System.getProperty("java.vm.version"));
    Map<String, byte[]> classes =
        cache
            .load(key)
            .filter(kept -> kept.containsKey(className))
            .orElseGet(
                () -> {
                  Map<String, byte[]> made = ScriptCompiler.compile(source, className, base);
                  cache.store(key, made);
                  return made;
                });
    try {
      Consumer<Class<?>> met = base == PlaybookScript.class ? WordCalls::of : type -> {};
      Class<?> type = new Kept(classes, met).loadClass(className);
      return base.cast(type.getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException("a script that was compiled cannot be loaded: " + e, e);
    }
  }

  /** What stack traces name it by: a name of Java's that stands for the file. */
  static String className(String name) {
    String plain = name.substring(name.lastIndexOf('/') + 1).replaceFirst("\\.groovy$", "");
    return "molt_"
        + plain.replaceAll("[^A-Za-z0-9_]", "_")
        + "_"
        + ScriptCache.key(name).substring(0, 8);
  }

  /** Classes whose bytes are at hand. */
  private static final class Kept extends ClassLoader {
    private final Map<String, byte[]> classes;
    private final Consumer<Class<?>> met;

    Kept(Map<String, byte[]> classes, Consumer<Class<?>> met) {
      super(Scripts.class.getClassLoader());
      this.classes = classes;
      this.met = met;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      Class<?> type = defineClass(name, bytes, 0, bytes.length);
      met.accept(type);
      return type;
    }
  }
}
