package dev.molt.runner.engine;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Spec.OptionSpec;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a module's options of a few names and values, the rest being as a task leaves them out. */
public final class OptionsKit {
  private OptionsKit() {}

  /**
   * Options as a task would give them.
   *
   * @param given names or aliases, each followed by its value: a text, a number, a boolean, a list,
   *     a {@link Value}, or anything else as its text
   */
  public static <P extends Record> P of(Module<P> module, Object... given) {
    Spec<P> spec = module.spec();
    Map<OptionSpec, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < given.length; i += 2) {
      String name = (String) given[i];
      OptionSpec option =
          spec.option(name).orElseThrow(() -> new AssertionError("no option " + name));
      values.put(option, value(given[i + 1]));
    }
    List<Object> arguments = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      Value value = values.get(option);
      arguments.add(
          value == null ? OptionTypes.absent(option) : OptionTypes.convert(option, null, value));
    }
    if (spec.maker().isPresent()) {
      return spec.maker().get().apply(arguments);
    }
    try {
      return construct(spec.type(), arguments.iterator());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Value value(Object given) {
    if (given instanceof Value value) {
      return value;
    } else if (given instanceof Boolean flag) {
      return BoolValue.of(flag);
    } else if (given instanceof Integer number) {
      return Value.of(number);
    } else if (given instanceof List<?> list) {
      return ListValue.of(list.stream().map(OptionsKit::value).toList());
    }
    return new StrValue(given.toString());
  }

  private static <R extends Record> R construct(Class<R> type, Iterator<Object> arguments)
      throws ReflectiveOperationException {
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
    Constructor<R> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }
}
