package dev.molt.dsl.hook;

import groovy.lang.GroovySystem;
import groovy.lang.MetaClassImpl;
import groovy.lang.MetaClassRegistry;
import groovy.lang.MissingPropertyException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What Groovy knows of a context: its properties cannot be assigned to. Without this, Groovy takes
 * a method {@code set(String, Object)} for one that assigns any name, so that {@code fail = 'no'}
 * and {@code count = 1} would set facts.
 */
final class PlainAssignment extends MetaClassImpl {
  private static final Set<Class<?>> KNOWN = ConcurrentHashMap.newKeySet();

  private PlainAssignment(MetaClassRegistry registry, Class<?> type) {
    super(registry, type);
  }

  /** Sees to it for the type of a context; once for all. */
  static void of(Class<?> type) {
    if (KNOWN.add(type)) {
      MetaClassRegistry registry = GroovySystem.getMetaClassRegistry();
      PlainAssignment made = new PlainAssignment(registry, type);
      made.initialize();
      registry.setMetaClass(type, made);
    }
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void setProperty(
      Class sender, Object object, String name, Object value, boolean useSuper, boolean inside) {
    throw new MissingPropertyException(name, getTheClass());
  }
}
