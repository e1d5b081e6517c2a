package dev.molt.dsl.vars;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.template.Scope;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.OmitValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vault.VaultException;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes values of nodes: evaluates the templates that the user wrote. The only way from one to the
 * other. Thread-safe.
 */
public final class Templar {
  private static final String OPEN = "{{ ";
  private static final String CLOSE = " }}";

  private final TemplateEngine engine;
  private final VaultSecrets vault;
  private final boolean lenient;

  /** Whether there are values that are decrypted when they are used. */
  private volatile boolean closed;

  /** For those who have no vault passwords. */
  public Templar(TemplateEngine engine) {
    this(engine, VaultSecrets.none());
  }

  public Templar(TemplateEngine engine, VaultSecrets vault) {
    this(engine, vault, false);
  }

  /**
   * A templar.
   *
   * @param lenient whether a condition may give something else than true or false; what Python
   *     takes for true then counts as true
   */
  public Templar(TemplateEngine engine, VaultSecrets vault, boolean lenient) {
    this.engine = engine;
    this.vault = vault;
    this.lenient = lenient;
  }

  public TemplateEngine engine() {
    return engine;
  }

  /** What opens encrypted values and files. */
  public VaultSecrets vault() {
    return vault;
  }

  /**
   * The value of a variable that is defined by a node. Texts out of a file that is encrypted as a
   * whole are secret; what else stands in such a file, such as a task, is not.
   */
  Value define(Node node, Scope scope) {
    return resolve(node, scope, true);
  }

  /** The value of a node, templates within evaluated; a lone {@code {{ }}} keeps its type. */
  public Value resolve(Node node, Scope scope) {
    return opened(resolve(node, scope, false), node.position());
  }

  /** What leaves is open: later nobody could say where it was used. */
  private Value opened(Value value, Position used) {
    if (closed) {
      try {
        ClosedMap.openAll(value);
      } catch (VaultException e) {
        throw e.with(e.diagnostics().stream().map(d -> d.withNote("used here", used)).toList());
      }
    }
    return value;
  }

  private Value resolve(Node node, Scope scope, boolean defines) {
    if (node instanceof ScalarNode scalar) {
      Value value = scalar(scalar, scope);
      return defines
              && scalar.position().source().isConfidential()
              && value instanceof StrValue text
          ? vault.outOfFile(text)
          : value;
    } else if (node instanceof SequenceNode sequence) {
      List<Value> items = new ArrayList<>(sequence.items().size());
      for (Node item : sequence.items()) {
        Value value = part(item, scope, defines);
        if (value != OmitValue.OMIT) {
          items.add(value);
        }
      }
      return new ListValue(items);
    }
    return mapping((MappingNode) node, scope, defines);
  }

  /**
   * A part of a value. In the definition of a variable, what is undefined within a list or dict
   * leaves the other parts of it usable.
   */
  private Value part(Node node, Scope scope, boolean defines) {
    try {
      return resolve(node, scope, defines);
    } catch (UndefinedException e) {
      if (!defines) {
        throw e;
      }
      engine.definitionsHoldUndefined();
      return UndefinedValue.because(e.diagnostics().get(0).message(), e.unknown(), null, () -> e);
    }
  }

  private Value mapping(MappingNode mapping, Scope scope, boolean defines) {
    ClosedMap some = null;
    if (mapping.entries().stream().anyMatch(e -> isEncrypted(e.value()))) {
      some = new ClosedMap();
      closed = true;
    }
    Map<Value, Value> all = some != null ? some : new LinkedHashMap<>();
    for (MappingNode.Entry entry : mapping.entries()) {
      if (isEncrypted(entry.value())) {
        some.putClosed(entry.key().value(), () -> scalar((ScalarNode) entry.value(), scope));
        continue;
      }
      Value value = part(entry.value(), scope, defines);
      if (value != OmitValue.OMIT) {
        all.put(entry.key().value(), value);
      }
    }
    return new MapValue(all);
  }

  private static boolean isEncrypted(Node node) {
    return node instanceof ScalarNode scalar && scalar.isVault();
  }

  private Value scalar(ScalarNode scalar, Scope scope) {
    if (scalar.isVault()) {
      return vault.value(scalar.text(), scalar.origin());
    }
    if (!scalar.isString()
        || scalar.tag().equals("!unsafe")
        || !TemplateEngine.isTemplate(scalar.text())) {
      return scalar.value();
    }
    return rendered(scalar, scope);
  }

  /** Line breaks at the end, which block scalars have, are no part of a value that is no text. */
  private Value rendered(ScalarNode scalar, Scope scope) {
    String text = scalar.text();
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    Value value = engine.render(text.substring(0, end), scalar.origin(), scope);
    return value instanceof StrValue && end < text.length()
        ? engine.render(text, scalar.origin(), scope)
        : value;
  }

  /**
   * Whether a condition holds: a boolean, an expression, or a list of these that must all hold.
   *
   * @throws dev.molt.dsl.source.DiagnosticException also where the result is no boolean, as in
   *     ansible-core from 2.19 on: a text such as {@code "False"} would otherwise count as true
   */
  public boolean holds(Node condition, Scope scope) {
    if (condition instanceof SequenceNode list) {
      for (Node item : list.items()) {
        if (!holds(item, scope)) {
          return false;
        }
      }
      return true;
    }
    if (!(condition instanceof ScalarNode scalar)) {
      throw Diagnostic.error(
              condition.position(), "a condition is an expression, found " + condition.kind())
          .asException();
    }
    if (scalar.value() instanceof BoolValue bool) {
      return bool.value();
    }
    if (scalar.isNull() || (scalar.isString() && scalar.text().isBlank())) {
      return true;
    }
    Value value =
        scalar.isString()
            ? engine.condition(scalar.text(), scalar.origin(), scope)
            : scalar.value();
    if (value instanceof BoolValue bool) {
      return bool.value();
    }
    if (lenient && !(value instanceof UndefinedValue)) {
      return Truth.of(value);
    }
    throw Diagnostic.error(
            scalar.origin().at(0, scalar.text().length()),
            "this condition gives " + kind(value) + ", not true or false")
        .withHint(
            value instanceof StrValue
                ? "compare it (x == 'yes'), ask for its length (x | length > 0), or convert it"
                    + " (x | bool)"
                : "compare it, or ask for its length (x | length > 0)")
        .asException();
  }

  /** The value of a condition without braces; those in its texts are parts of these. */
  public Value bareExpression(ScalarNode scalar, Scope scope) {
    return scalar.isString() && !scalar.isVault()
        ? engine.evaluate(scalar.text(), scalar.origin(), scope)
        : scalar(scalar, scope);
  }

  /** The value of an expression as if braces stood around it: backslashes in texts are kept. */
  public Value braced(ScalarNode scalar, Scope scope) {
    return scalar.isString() && !scalar.isVault()
        ? engine.render(OPEN + scalar.text() + CLOSE, inBraces(scalar), scope)
        : scalar(scalar, scope);
  }

  /** Looks for mistakes in what {@link #braced} evaluates. */
  public void checkBraced(ScalarNode scalar, Diagnostics into) {
    if (scalar.isString() && !scalar.isVault()) {
      engine.check(OPEN + scalar.text() + CLOSE, inBraces(scalar), false, into);
    }
  }

  private static TextOrigin inBraces(ScalarNode scalar) {
    return (offset, length) -> scalar.origin().at(Math.max(0, offset - OPEN.length()), length);
  }

  /** The value of a bare expression; braces around all of it do no harm. */
  public Value expression(ScalarNode scalar, Scope scope) {
    Value value;
    if (TemplateEngine.isTemplate(scalar.text())) {
      value = engine.render(scalar.text(), scalar.origin(), scope);
    } else if (!scalar.isString() || scalar.isVault()) {
      value = scalar(scalar, scope);
    } else {
      value = engine.evaluate(scalar.text(), scalar.origin(), scope);
    }
    return opened(value, scalar.position());
  }

  private static String kind(Value value) {
    if (value instanceof StrValue) {
      return "a text";
    } else if (value instanceof ListValue) {
      return "a list";
    } else if (value instanceof MapValue) {
      return "a mapping";
    }
    return Python.repr(value);
  }
}
