package dev.molt.dsl.template;

import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.List;
import java.util.Map;

/**
 * One call of a filter, test or function: the subject and the arguments, by the order of its {@link
 * Params}. Everything here throws {@link ValueException} for a value of the wrong type; the
 * evaluator adds the place.
 */
public final class Call {
  private final String what;
  private final Value subject;
  private final Params.Bound bound;
  private final Context context;

  Call(String what, Value subject, Params.Bound bound, Context context) {
    this.what = what;
    this.subject = subject;
    this.bound = bound;
    this.context = context;
  }

  /** What is called, as error messages name it. */
  public String what() {
    return what;
  }

  public Context context() {
    return context;
  }

  /** What stands left of the bar or of {@code is}; undefined for a function. */
  public Value subject() {
    return subject;
  }

  /** The subject as text, as Python's {@code str} makes it. */
  public String text() {
    return Python.str(subject);
  }

  /** The items of the subject. */
  public List<Value> items() {
    return Iteration.items(subject);
  }

  public MapValue map() {
    if (subject instanceof MapValue map) {
      return map;
    }
    throw error("needs a dict, not " + Python.typeName(subject));
  }

  /** An argument, or null where it is not given. */
  public Value arg(int index) {
    return bound.values().get(index);
  }

  /** An argument, or something else where it is not given or none. */
  public Value arg(int index, Value otherwise) {
    return given(index) ? arg(index) : otherwise;
  }

  /** Whether an argument is given and not none. */
  public boolean given(int index) {
    return arg(index) != null && !(arg(index) instanceof NullValue);
  }

  /** An argument as text; an optional one is null where it is not given or none. */
  public String text(int index) {
    return index < bound.required() ? Python.str(arg(index)) : text(index, null);
  }

  public String text(int index, String otherwise) {
    return given(index) ? Python.str(arg(index)) : otherwise;
  }

  public boolean flag(int index, boolean otherwise) {
    return arg(index) == null ? otherwise : Truth.of(arg(index));
  }

  /** An integer argument that fits 32 bits. */
  public int number(int index, int otherwise) {
    if (!given(index)) {
      return otherwise;
    } else if (arg(index) instanceof IntValue i && i.value().bitLength() < 32) {
      return i.value().intValue();
    } else if (arg(index) instanceof BoolValue b) {
      return b.value() ? 1 : 0;
    } else if (arg(index) instanceof StrValue s && s.text().matches("[-+]?[0-9]{1,9}")) {
      return Integer.parseInt(s.text());
    }
    throw error("needs a whole number, not " + Python.repr(arg(index)));
  }

  /** How many of the declared arguments and of those past them are given by position or name. */
  public int size() {
    int size = bound.rest().size();
    for (Value value : bound.values()) {
      size += value == null ? 0 : 1;
    }
    return size;
  }

  /** Arguments by position past the declared ones. */
  public List<Value> rest() {
    return bound.rest();
  }

  /** Arguments by name that are not declared. */
  public Map<String, Value> keywords() {
    return bound.keywords();
  }

  /** The values of the call as they came in, for the secrets they may hold. */
  boolean holdsSecret() {
    if (dev.molt.dsl.value.Secrets.holds(subject)) {
      return true;
    }
    for (Value value : bound.values()) {
      if (value != null && dev.molt.dsl.value.Secrets.holds(value)) {
        return true;
      }
    }
    return bound.rest().stream().anyMatch(dev.molt.dsl.value.Secrets::holds)
        || bound.keywords().values().stream().anyMatch(dev.molt.dsl.value.Secrets::holds);
  }

  /** That something is undefined, as an exception, if it is. */
  public static void requireDefined(Value value) {
    if (value instanceof UndefinedValue u) {
      throw new ValueException(u);
    }
  }

  /** A mistake in this call; the message begins with the name of what is called. */
  public ValueException error(String message) {
    return new ValueException(what + ": " + message);
  }
}
