package dev.molt.runner.repl;

import dev.molt.runner.module.Spec.OptionSpec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/** The words that an option takes, where they are few. */
final class Choices {
  private Choices() {}

  static List<String> of(OptionSpec option) {
    return option.choices().isEmpty() && isFlag(option.type())
        ? List.of("true", "false")
        : option.choices();
  }

  private static boolean isFlag(Type type) {
    return type == boolean.class
        || type == Boolean.class
        || (type instanceof ParameterizedType some
            && some.getRawType() == Optional.class
            && isFlag(some.getActualTypeArguments()[0]));
  }
}
