package dev.molt.dsl.hook;

import dev.molt.dsl.source.Position;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.SequenceNode;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a playbook in Groovy extends, and a file of tasks for an import or include. */
public abstract class PlaybookScript extends Script {
  private final List<Node> statements = new ArrayList<>();
  private ScriptLine lines;
  private TaskList tasks;
  private Words filled;

  SequenceNode read(ScriptSource source) {
    lines = new ScriptLine(source);
    tasks = new TaskList(this, "tasks");
    filled = tasks;
    run();
    Position start = source.at(1, 0, 1);
    if (tasks.tasks(start) instanceof SequenceNode list) {
      statements.addAll(list.items());
    }
    return new SequenceNode(start, statements);
  }

  final Position now() {
    return lines.now();
  }

  final void fill(Words words, Closure<?> content) {
    Words before = filled;
    filled = words;
    try {
      GuardedBinding.of(this).fill(words, content);
    } finally {
      filled = before;
    }
  }

  /** What a variable of the whole file holds; null where there is none. */
  final Object variable(String name) {
    boolean field =
        Arrays.stream(getClass().getDeclaredFields()).anyMatch(f -> f.getName().equals(name));
    return field || getBinding().hasVariable(name) ? getProperty(name) : null;
  }

  /** A play for these hosts. */
  public void play(
      String hosts,
      @DelegatesTo(value = TaskList.Play.class, strategy = Closure.DELEGATE_FIRST)
          Closure<?> content) {
    play(Map.of(), hosts, content);
  }

  /** The same with keywords in parentheses, such as {@code name: 'Upgrade'}. */
  public void play(
      Map<String, Object> keywords,
      String hosts,
      @DelegatesTo(value = TaskList.Play.class, strategy = Closure.DELEGATE_FIRST)
          Closure<?> content) {
    Position at = now();
    TaskList.Play words = new TaskList.Play(this);
    words.put("hosts", PlainNodes.of(hosts, at), at);
    keywords.forEach((word, value) -> words.put(word, PlainNodes.of(value, at), at));
    Words.fill(words, content);
    statements.add(words.node(at));
  }

  /** The plays of another playbook, in YAML or in Groovy. */
  public void import_playbook(String file) {
    import_playbook(Map.of(), file);
  }

  /** The same with {@code when}, {@code tags} or {@code vars}. */
  public void import_playbook(Map<String, Object> more, String file) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("import_playbook", file);
    all.putAll(more);
    statements.add(PlainNodes.of(all, now()));
  }

  /** In a file of tasks, or where a method is called by what holds tasks: a task. */
  public void task(
      String name,
      @DelegatesTo(value = Words.class, strategy = Closure.DELEGATE_FIRST) Closure<?> content) {
    filled.invokeMethod("task", new Object[] {name, content});
  }

  /** The same without a name. */
  public void task(
      @DelegatesTo(value = Words.class, strategy = Closure.DELEGATE_FIRST) Closure<?> content) {
    filled.invokeMethod("task", content);
  }

  /** Likewise a block. */
  public void block(
      String name,
      @DelegatesTo(value = TaskList.Block.class, strategy = Closure.DELEGATE_FIRST)
          Closure<?> content) {
    filled.invokeMethod("block", new Object[] {name, content});
  }

  /** The same without a name. */
  public void block(
      @DelegatesTo(value = TaskList.Block.class, strategy = Closure.DELEGATE_FIRST)
          Closure<?> content) {
    filled.invokeMethod("block", content);
  }
}
