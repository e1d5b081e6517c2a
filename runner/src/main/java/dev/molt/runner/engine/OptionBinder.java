package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.OmitValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Spec.OptionSpec;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Makes a module's options record of what a task says. Thread-safe. */
final class OptionBinder {
  private final Templar templar;
  private final Secrets secrets;

  OptionBinder(Templar templar, Secrets secrets) {
    this.templar = templar;
    this.secrets = secrets;
  }

  /**
   * Finds what is wrong with a task's options without any host: unknown and missing names, and
   * values that hold no template and are not of the option's type.
   *
   * @param mayHaveDefaults whether module_defaults may give what the task does not
   */
  void check(Spec<?> spec, Task task, boolean mayHaveDefaults, Diagnostics problems) {
    GivenOptions given;
    try {
      given = GivenOptions.of(spec, task);
    } catch (DiagnosticException e) {
      if (!spec.takesRest()) {
        problems.addAll(e);
      }
      return;
    }
    boolean open = GivenOptions.isOpen(spec, task);
    given.keys().forEach((name, key) -> checkName(spec, name, key, problems));
    for (OptionSpec option : spec.options()) {
      Optional<Node> node = find(option, given);
      if (node.isEmpty() && option.required() && !open && !mayHaveDefaults) {
        problems.add(
            Diagnostic.error(
                    task.action().position().withLength(task.action().text().length()),
                    spec.name() + " needs the option '" + option.name() + "'")
                .withHint(option.name() + ": " + option.doc()));
      } else if (node.isPresent() && !OptionTypes.isExpression(option) && isLiteral(node.get())) {
        try {
          OptionTypes.convert(option, node.get(), plain(node.get()));
        } catch (DiagnosticException e) {
          problems.addAll(e);
        }
      }
    }
  }

  private static void checkName(Spec<?> spec, String name, ScalarNode key, Diagnostics problems) {
    if (spec.option(name).isPresent() || spec.takesRest()) {
      return;
    }
    List<String> valid = new ArrayList<>();
    spec.options().forEach(o -> valid.add(o.name()));
    Position at = key.position().withLength(name.length());
    problems.add(
        Diagnostic.error(at, spec.name() + " has no option '" + name + "'")
            .withHint(
                Suggestions.hint(name, valid)
                    .orElse("it has: " + String.join(", ", new TreeSet<>(valid)))));
  }

  /**
   * Evaluates and converts.
   *
   * @throws DiagnosticException with the place of every option that is wrong
   */
  <P extends Record> P bind(
      Spec<P> spec, Task task, Variables variables, Map<String, Node> defaults) {
    GivenOptions given =
        GivenOptions.of(
            spec, task, defaults, text -> WrittenValues.mapping(text, templar, variables));
    Diagnostics problems = new Diagnostics();
    given.keys().forEach((name, key) -> checkName(spec, name, key, problems));
    Object[] arguments = new Object[spec.options().size()];
    for (int i = 0; i < arguments.length; i++) {
      OptionSpec option = spec.options().get(i);
      try {
        arguments[i] =
            option.rest() ? rest(spec, given, variables) : one(option, task, given, variables);
      } catch (DiagnosticException e) {
        problems.addAll(e);
        // An undefined name is told from other mistakes by its type.
        if (problems.all().size() == 1 && e.getClass() != DiagnosticException.class) {
          throw e;
        }
      }
    }
    problems.throwIfErrors();
    return construct(spec, arguments, task);
  }

  private Object one(OptionSpec option, Task task, GivenOptions given, Variables variables) {
    Node node = find(option, given).orElse(null);
    if (node != null && OptionTypes.isExpression(option)) {
      return OptionTypes.expressions(option, node, templar, variables);
    }
    Value value = node == null ? null : templar.resolve(node, variables);
    if (value == null || value == OmitValue.OMIT) {
      if (option.required()) {
        throw Diagnostic.error(
                task.action().position(),
                option.missing().orElse("missing required arguments: " + option.name()))
            .asException();
      }
      return OptionTypes.absent(option);
    }
    if (option.sensitive()) {
      mask(value);
    }
    return OptionTypes.convert(option, node, value);
  }

  /** Learns the secrets among a task's options, before anything about the task is told. */
  void learnSecrets(Spec<?> spec, Task task, Variables variables) {
    for (OptionSpec option : spec.options()) {
      if (option.sensitive()) {
        try {
          find(option, GivenOptions.of(spec, task))
              .map(n -> templar.resolve(n, variables))
              .ifPresent(this::mask);
        } catch (DiagnosticException e) {
          // Such as an item of a loop, which has no value yet.
        }
      }
    }
  }

  private void mask(Value value) {
    secrets.mask(value instanceof StrValue s ? StrValue.secret(s.text()) : value);
  }

  private Map<String, Value> rest(Spec<?> spec, GivenOptions given, Variables variables) {
    Map<String, Value> rest = new LinkedHashMap<>();
    given
        .nodes()
        .forEach(
            (name, node) -> {
              if (spec.option(name).isEmpty()) {
                Value value = templar.resolve(node, variables);
                if (value != OmitValue.OMIT) {
                  rest.put(name(name, given, variables), value);
                }
              }
            });
    return rest;
  }

  /** Names of variables may be templates themselves. */
  private String name(String written, GivenOptions given, Variables variables) {
    return TemplateEngine.isTemplate(written)
        ? Python.str(templar.resolve(given.keys().get(written), variables))
        : written;
  }

  /** What the options that nobody names are worth, where not all of them can be known. */
  Map<String, Value> unknown(Spec<?> spec, Task task, Variables variables) {
    Map<String, Value> facts = new LinkedHashMap<>();
    GivenOptions given = GivenOptions.of(spec, task);
    given
        .nodes()
        .forEach(
            (name, node) -> {
              if (spec.option(name).isEmpty()) {
                try {
                  facts.put(name, templar.resolve(node, variables));
                } catch (UndefinedException e) {
                  facts.put(name, new UndefinedValue(e.diagnostics().get(0).message(), true));
                }
              }
            });
    return facts;
  }

  private static <P extends Record> P construct(Spec<P> spec, Object[] arguments, Task task) {
    try {
      return spec.maker().isPresent()
          ? spec.maker().get().apply(Arrays.asList(arguments))
          : construct(spec.type(), Arrays.asList(arguments).iterator());
    } catch (IllegalArgumentException wrong) {
      throw Diagnostic.error(task.action().position(), spec.name() + ": " + wrong.getMessage())
          .asException();
    }
  }

  /** Makes a record, and the records within it, of their options in the order of the spec. */
  private static <R extends Record> R construct(Class<R> type, Iterator<Object> arguments) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] =
          components[i].isAnnotationPresent(Option.class)
              ? arguments.next()
              : construct(types[i].asSubclass(Record.class), arguments);
    }
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw wrong;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<Node> find(OptionSpec option, GivenOptions given) {
    Node node = given.nodes().get(option.name());
    for (String alias : option.aliases()) {
      if (node == null) {
        node = given.nodes().get(alias);
      }
    }
    return Optional.ofNullable(option.rest() ? null : node);
  }

  private static boolean isLiteral(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.tag().isEmpty() && !TemplateEngine.isTemplate(scalar.text());
    } else if (node instanceof SequenceNode sequence) {
      return sequence.items().stream().allMatch(OptionBinder::isLiteral);
    }
    return ((MappingNode) node).entries().stream().allMatch(e -> isLiteral(e.value()));
  }

  private Value plain(Node node) {
    return templar.resolve(node, NoVariables.INSTANCE);
  }
}
