package dev.molt.runner.engine;

import dev.molt.dsl.settings.LanguageSettings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.template.Scope;
import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.SequenceNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the keywords that hold at a task, its own and the inherited ones. */
record TaskKeywords(Templar templar, Frame frame, boolean noLog) {
  TaskKeywords(RunContext run, Frame frame) {
    this(run.templar(), frame, run.options().settings().get(LanguageSettings.NO_LOG));
  }

  /** Whether every {@code when} holds, of the task and of the blocks around it. */
  boolean conditionsHold(Scope scope) {
    return falseCondition(scope).isEmpty();
  }

  /** The first condition that does not hold, of the task and of the blocks around it. */
  Optional<Node> falseCondition(Scope scope) {
    for (Node when : frame.all("when")) {
      for (Node condition : when instanceof SequenceNode list ? list.items() : List.of(when)) {
        if (!templar.holds(condition, scope)) {
          return Optional.of(condition);
        }
      }
    }
    return Optional.empty();
  }

  /** A condition of the task itself, such as {@code until}. */
  boolean holds(String keyword, Scope scope) {
    return templar.holds(frame.keywords().get(keyword).orElseThrow(), scope);
  }

  /** An inherited switch. */
  boolean flagOr(String keyword, Scope scope, boolean otherwise) {
    Optional<Node> node = frame.find(keyword);
    if (node.isEmpty()) {
      return otherwise;
    }
    Value value = templar.resolve(node.get(), scope);
    return value instanceof NullValue
        ? otherwise
        : Truth.ofWord(Python.str(value))
            .orElseThrow(
                () ->
                    Diagnostic.error(
                            node.get().position(),
                            "'" + keyword + "' is true or false, found " + Python.repr(value))
                        .asException());
  }

  /** Whether {@code no_log} says that nobody is to see what comes of the task. */
  boolean hidden(Scope scope) {
    return flagOr("no_log", scope, noLog);
  }

  /** The same; in doubt, such as where it asks for an item that there is none of, it does. */
  boolean hiddenOrUnsure(Scope scope) {
    try {
      return hidden(scope);
    } catch (DiagnosticException e) {
      return true;
    }
  }

  /** {@code check_mode} of the task wins over the command line. */
  ModuleRun.Mode mode(boolean check, Scope scope) {
    if (flagOr("check_mode", scope, false)) {
      return ModuleRun.Mode.PEEK;
    }
    return flagOr("check_mode", scope, check) ? ModuleRun.Mode.FORETELL : ModuleRun.Mode.APPLY;
  }

  /** {@code async}: how long the task may go on by itself; empty where it does not. */
  Optional<Duration> async(Scope scope) {
    return seconds("async", scope, 0).filter(d -> !d.isZero());
  }

  /**
   * {@code poll}: how often to look at a task that goes on by itself.
   *
   * @param usual in seconds
   */
  Duration poll(Scope scope, int usual) {
    return seconds("poll", scope, usual).orElse(Duration.ZERO);
  }

  private Optional<Duration> seconds(String keyword, Scope scope, int otherwise) {
    double seconds = decimalOr(keyword, scope, otherwise);
    if (seconds < 0) {
      throw Diagnostic.error(
              frame.find(keyword).orElseThrow().position(),
              "'" + keyword + "' is a number of seconds, and not below 0")
          .asException();
    }
    return Optional.of(Duration.ofMillis((long) (seconds * 1000)));
  }

  Optional<String> text(String keyword, Scope scope) {
    return frame
        .find(keyword)
        .map(n -> templar.resolve(n, scope))
        .filter(v -> !(v instanceof NullValue) && !(v instanceof dev.molt.dsl.value.OmitValue))
        .map(Python::str)
        .filter(s -> !s.isEmpty());
  }

  int wholeOr(String keyword, Scope scope, int otherwise) {
    return (int) decimalOr(keyword, scope, otherwise);
  }

  double decimalOr(String keyword, Scope scope, double otherwise) {
    Optional<Node> node = frame.find(keyword);
    if (node.isEmpty()) {
      return otherwise;
    }
    String text = Python.str(templar.resolve(node.get(), scope));
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw Diagnostic.error(
              node.get().position(), "'" + keyword + "' is a number, found '" + text + "'")
          .asException();
    }
  }

  /** As below, without what depends on a variable that is not defined yet. */
  Map<String, String> knownEnvironment(Scope scope) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (Node node : frame.all("environment")) {
      for (Node part : node instanceof SequenceNode s ? s.items() : List.of(node)) {
        if (part instanceof MappingNode mapping) {
          for (MappingNode.Entry entry : mapping.entries()) {
            try {
              environment.put(
                  entry.key().text(), Python.str(templar.resolve(entry.value(), scope)));
            } catch (UndefinedException e) {
              // Known when the facts are.
            }
          }
        }
      }
    }
    return environment;
  }

  /** The {@code environment} of play, blocks and task; inner settings win. */
  Map<String, String> environment(Scope scope) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (Node node : frame.all("environment")) {
      List<Node> parts = node instanceof SequenceNode s ? s.items() : List.of(node);
      for (Node part : parts) {
        Value value = templar.resolve(part, scope);
        if (value instanceof dev.molt.dsl.value.MapValue map) {
          map.entries().forEach((k, v) -> environment.put(Python.str(k), Python.str(v)));
        } else if (!(value instanceof NullValue)) {
          throw Diagnostic.error(part.position(), "environment is a mapping of names to values")
              .asException();
        }
      }
    }
    for (String name : environment.keySet()) {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw Diagnostic.error(
                frame.find("environment").orElseThrow().position(),
                "'" + name + "' cannot be the name of an environment variable")
            .asException();
      }
    }
    return environment;
  }

  static MappingNode mapping(Node node, String what) {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    throw Diagnostic.error(node.position(), what + " is a mapping, found " + node.kind())
        .asException();
  }
}
