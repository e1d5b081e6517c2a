package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import groovy.lang.Closure;
import groovy.lang.GroovyInterceptable;
import groovy.lang.GroovyObjectSupport;
import groovy.lang.MetaMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.codehaus.groovy.runtime.MetaClassHelper;

/**
 * What can be said in a play, block or task of a playbook in Groovy: any word of the language, as a
 * call. {@code serial '30%'} is {@code serial: '30%'}; {@code service name: 'tegu'} is a mapping; a
 * closure holds more words.
 */
public class Words extends GroovyObjectSupport implements GroovyInterceptable {
  /** What every class of a script's has, and is no name that its author gave. */
  private static final Set<String> STARTS = Set.of("run", "main");

  /** What shows something in any script. */
  private static final Set<String> PRINTS = Set.of("println", "printf", "sprintf");

  private static final String TASKS =
      "tasks and blocks stand in a play, in a block and in its rescue and always";

  private static final Map<String, String> PLACES =
      Map.of(
          "task", TASKS,
          "block", TASKS,
          "handler", "handlers stand in a play",
          "role", "roles stand in a play",
          "play", "plays stand beside one another, not in anything");

  private final PlaybookScript script;
  private final Map<String, MappingNode.Entry> entries = new LinkedHashMap<>();

  Words(PlaybookScript script) {
    this.script = script;
  }

  final PlaybookScript script() {
    return script;
  }

  /** The line of the script that is at work. */
  final Position now() {
    return script.now();
  }

  /** Says a word that is asked of it by name: {@code delegate.when 'x'}. */
  @Override
  public final Object invokeMethod(String word, Object arguments) {
    Object[] given = arguments instanceof Object[] many ? many : new Object[] {arguments};
    MetaMethod own = getMetaClass().pickMethod(word, MetaClassHelper.convertToTypeArray(given));
    return own != null
            && own.isPublic()
            && Words.class.isAssignableFrom(own.getDeclaringClass().getTheClass())
        ? own.doMethodInvoke(this, given)
        : say(word, given);
  }

  /**
   * Does what a name means with something behind it: a method or a closure of the script's own, or
   * a word. What any object of Groovy's can do is none of it, so that {@code find} is the module.
   *
   * @param self what the closure that has the name calls {@code this}
   */
  final Object call(Object self, String name, Object[] arguments) {
    Class<?> type = self instanceof Class<?> it ? it : self.getClass();
    boolean own =
        Arrays.stream(type.getDeclaredMethods()).anyMatch(m -> m.getName().equals(name))
            && !STARTS.contains(name);
    if (own || PRINTS.contains(name)) {
      return InvokerHelper.invokeMethod(own ? self : script, name, arguments);
    }
    return script.variable(name) instanceof Closure<?> code
        ? code.call(arguments)
        : invokeMethod(name, arguments);
  }

  private Object say(String word, Object[] arguments) {
    List<Object> given = new ArrayList<>(Arrays.asList(arguments));
    Position at = now();
    if (given.size() > 1 && given.get(given.size() - 1) instanceof Closure) {
      throw Diagnostic.error(at, "'" + word + "' cannot stand here, with what is in its braces")
          .withHint(
              PLACES.getOrDefault(
                  word, "its braces alone would be a mapping: " + word + " { ... }"))
          .asException();
    } else if (given.size() == 2 && given.get(0) instanceof Map<?, ?> options) {
      // A module with a text, and options beside it.
      put(word, PlainNodes.of(given.get(1), at), at);
      put("args", PlainNodes.of(options, at), at);
      return null;
    } else if (given.size() > 1) {
      put(word, PlainNodes.of(given, at), at);
      return null;
    }
    put(word, given.isEmpty() ? nothing(at) : node(given.get(0), at), at);
    return null;
  }

  private Node node(Object value, Position at) {
    if (value instanceof Closure<?> more) {
      Words inner = new Words(script);
      fill(inner, more);
      return inner.node(at);
    }
    return PlainNodes.of(value, at);
  }

  private static Node nothing(Position at) {
    return new ScalarNode(
        at, "", NullValue.NULL, ScalarNode.Style.PLAIN, "", (offset, length) -> at);
  }

  /**
   * Says a word.
   *
   * @throws dev.molt.dsl.source.DiagnosticException where it was said before
   */
  final void put(String word, Node value, Position at) {
    if (entries.containsKey(word)) {
      throw twice(word, at);
    }
    replace(word, value, at);
  }

  private DiagnosticException twice(String word, Position at) {
    return Diagnostic.error(at, "'" + word + "' is given twice")
        .withHint("the first is at line " + entries.get(word).key().position().line())
        .asException();
  }

  private void replace(String word, Node value, Position at) {
    entries.put(word, new MappingNode.Entry(ScalarNode.made(at, word), value));
  }

  /** Adds to the list of a word. */
  final void add(String word, Node item, Position at) {
    List<Node> items = new ArrayList<>();
    if (entries.containsKey(word)) {
      if (!(entries.get(word).value() instanceof SequenceNode list)) {
        throw twice(word, at);
      }
      items.addAll(list.items());
    }
    items.add(item);
    replace(word, new SequenceNode(at, items), at);
  }

  final MappingNode node(Position at) {
    return new MappingNode(at, new ArrayList<>(entries.values()));
  }

  /** Has a closure say words. */
  static void fill(Words words, Closure<?> content) {
    words.script.fill(words, content);
  }
}
