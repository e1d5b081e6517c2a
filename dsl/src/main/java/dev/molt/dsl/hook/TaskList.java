package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.SequenceNode;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import java.util.Optional;

/** Where tasks can stand: in a play, a block, one of their sections. */
public class TaskList extends Words {
  private final String section;

  /**
   * A list.
   *
   * @param section the word under which its tasks are kept
   */
  TaskList(PlaybookScript script, String section) {
    super(script);
    this.section = section;
  }

  /** A task: its module and its keywords. */
  public void task(
      String name,
      @DelegatesTo(value = Words.class, strategy = Closure.DELEGATE_FIRST) Closure<?> content) {
    Position at = now();
    Words words = new Words(script());
    words.put("name", PlainNodes.of(name, at), at);
    fill(words, content);
    add(section, words.node(at), at);
  }

  /** A task without a name. */
  public void task(
      @DelegatesTo(value = Words.class, strategy = Closure.DELEGATE_FIRST) Closure<?> content) {
    Position at = now();
    Words words = new Words(script());
    fill(words, content);
    add(section, words.node(at), at);
  }

  /** A block, with what is to be done where it fails, and always. */
  public void block(
      String name,
      @DelegatesTo(value = Block.class, strategy = Closure.DELEGATE_FIRST) Closure<?> content) {
    Position at = now();
    Block words = new Block(script());
    words.put("name", PlainNodes.of(name, at), at);
    fill(words, content);
    add(section, words.node(at), at);
  }

  /** A block without a name. */
  public void block(
      @DelegatesTo(value = Block.class, strategy = Closure.DELEGATE_FIRST) Closure<?> content) {
    Position at = now();
    Block words = new Block(script());
    fill(words, content);
    add(section, words.node(at), at);
  }

  /** The tasks that a closure holds, under another word. */
  final void tasksOf(String word, Closure<?> content) {
    Position at = now();
    list(new TaskList(script(), "tasks"), content).ifPresent(items -> put(word, items, at));
  }

  /** The tasks of a closure that holds nothing else. */
  static Optional<SequenceNode> list(TaskList list, Closure<?> content) {
    fill(list, content);
    Optional<SequenceNode> tasks = Optional.empty();
    for (MappingNode.Entry entry : list.node(list.now()).entries()) {
      if (!(entry.key().text().equals("tasks") && entry.value() instanceof SequenceNode items)) {
        throw Diagnostic.error(
                entry.key().position(),
                "'" + entry.key().text() + "' cannot stand here: this is a list of tasks")
            .withHint("what a task does stands in it: task('name') { ... }")
            .asException();
      }
      tasks = Optional.of(items);
    }
    return tasks;
  }

  final Node tasks(Position at) {
    return node(at).get(section).orElse(null);
  }

  /** What can be said in a block. */
  public static final class Block extends TaskList {
    Block(PlaybookScript script) {
      super(script, "block");
    }

    /** What is done on hosts where a task of the block failed. */
    public void rescue(
        @DelegatesTo(value = TaskList.class, strategy = Closure.DELEGATE_FIRST)
            Closure<?> content) {
      tasksOf("rescue", content);
    }

    /** What is done in any case. */
    public void always(
        @DelegatesTo(value = TaskList.class, strategy = Closure.DELEGATE_FIRST)
            Closure<?> content) {
      tasksOf("always", content);
    }
  }

  /** What can be said in the handlers of a play. */
  public static final class Handlers extends TaskList {
    Handlers(PlaybookScript script) {
      super(script, "tasks");
    }

    /** A handler, as {@link TaskList#task(String, Closure)}. */
    public void handler(
        String name,
        @DelegatesTo(value = Words.class, strategy = Closure.DELEGATE_FIRST) Closure<?> content) {
      task(name, content);
    }
  }

  /** What can be said in a play. */
  public static final class Play extends TaskList {
    Play(PlaybookScript script) {
      super(script, "tasks");
    }

    /** Tasks before those of roles. */
    public void pre_tasks(
        @DelegatesTo(value = TaskList.class, strategy = Closure.DELEGATE_FIRST)
            Closure<?> content) {
      tasksOf("pre_tasks", content);
    }

    /** Tasks after all others. */
    public void post_tasks(
        @DelegatesTo(value = TaskList.class, strategy = Closure.DELEGATE_FIRST)
            Closure<?> content) {
      tasksOf("post_tasks", content);
    }

    /** Tasks, as those beside it. */
    public void tasks(
        @DelegatesTo(value = TaskList.class, strategy = Closure.DELEGATE_FIRST)
            Closure<?> content) {
      addTasks("tasks", new TaskList(script(), "tasks"), content);
    }

    /** Handlers, each of which is a {@code handler} or a {@code task}. */
    public void handlers(
        @DelegatesTo(value = Handlers.class, strategy = Closure.DELEGATE_FIRST)
            Closure<?> content) {
      addTasks("handlers", new Handlers(script()), content);
    }

    private void addTasks(String word, TaskList list, Closure<?> content) {
      Position at = now();
      list(list, content).ifPresent(items -> items.items().forEach(item -> add(word, item, at)));
    }

    /** A handler. */
    public void handler(
        String name,
        @DelegatesTo(value = Words.class, strategy = Closure.DELEGATE_FIRST) Closure<?> content) {
      Position at = now();
      Words words = new Words(script());
      words.put("name", PlainNodes.of(name, at), at);
      fill(words, content);
      add("handlers", words.node(at), at);
    }

    /** A role. */
    public void role(String name) {
      Position at = now();
      add("roles", PlainNodes.of(name, at), at);
    }

    /** A role with parameters and keywords. */
    public void role(java.util.Map<String, Object> more, String name) {
      Position at = now();
      java.util.Map<String, Object> all = new java.util.LinkedHashMap<>();
      all.put("role", name);
      all.putAll(more);
      add("roles", PlainNodes.of(all, at), at);
    }
  }
}
