package dev.molt.dsl.hook;

import groovy.lang.Closure;
import groovy.lang.DelegatingMetaClass;
import groovy.lang.GroovySystem;
import groovy.lang.MetaClassRegistry;
import java.util.Optional;
import org.codehaus.groovy.runtime.MetaClassHelper;
import org.codehaus.groovy.runtime.metaclass.ClosureMetaClass;

/**
 * What Groovy knows of the closures of a playbook. It asks a closure's own methods before those of
 * what the closure was given, so that {@code find}, {@code print} and {@code is} never were words;
 * and a word before the methods of the file.
 */
final class WordCalls extends DelegatingMetaClass {
  private WordCalls(MetaClassRegistry registry, Class<?> closure) {
    super(new ClosureMetaClass(registry, closure));
  }

  /** Sees to it for a class; before there are objects of it. */
  static void of(Class<?> type) {
    if (Closure.class.isAssignableFrom(type)) {
      MetaClassRegistry registry = GroovySystem.getMetaClassRegistry();
      WordCalls made = new WordCalls(registry, type);
      made.initialize();
      registry.setMetaClass(type, made);
    }
  }

  /** A name that stands alone in a closure, with something behind it. */
  @Override
  @SuppressWarnings("rawtypes")
  public Object invokeMethod(
      Class sender,
      Object object,
      String name,
      Object[] arguments,
      boolean callsSuper,
      boolean inside) {
    Closure<?> closure = (Closure<?>) object;
    Optional<Words> words = words(closure);
    return words.isEmpty() || name.equals("doCall")
        ? super.invokeMethod(sender, object, name, arguments, callsSuper, inside)
        : words.get().call(closure.getThisObject(), name, plain(arguments));
  }

  /** A method that is asked of the closure, also where one in it with another delegate does. */
  @Override
  public Object invokeMethod(Object object, String name, Object[] arguments) {
    Closure<?> closure = (Closure<?>) object;
    Optional<Words> words = words(closure);
    return words.isEmpty()
            || name.equals("call")
            || name.equals("doCall")
            || delegate.pickMethod(name, MetaClassHelper.convertToTypeArray(arguments)) != null
        ? super.invokeMethod(object, name, arguments)
        : words.get().call(closure.getThisObject(), name, plain(arguments));
  }

  private static Object[] plain(Object[] arguments) {
    Object[] plain = arguments.clone();
    MetaClassHelper.unwrap(plain);
    return plain;
  }

  /** The words that a closure says: its own, or those of one that it stands in. */
  private static Optional<Words> words(Closure<?> closure) {
    for (Closure<?> each = closure; ; each = (Closure<?>) each.getOwner()) {
      if (each.getDelegate() instanceof Words words) {
        return Optional.of(words);
      } else if (each.getDelegate() != each.getOwner() || !(each.getOwner() instanceof Closure)) {
        return Optional.empty();
      }
    }
  }
}
