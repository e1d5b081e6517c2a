package dev.molt.runner.repl;

import dev.molt.runner.module.Spec.OptionSpec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words that an option takes, where they are few. */
final class Choices {
  private Choices() {}

  static List<String> of(OptionSpec option) {
    return of(option.type());
  }

  private static List<String> of(Type type) {
    if (type instanceof ParameterizedType some) {
      boolean holder = some.getRawType() == Optional.class || some.getRawType() == List.class;
      return holder ? of(some.getActualTypeArguments()[0]) : List.of();
    } else if (type == boolean.class || type == Boolean.class) {
      return List.of("true", "false");
    } else if (type instanceof Class<?> plain && plain.isEnum()) {
      return Arrays.stream(plain.getEnumConstants())
          .map(c -> ((Enum<?>) c).name().toLowerCase(Locale.ROOT))
          .toList();
    }
    return List.of();
  }
}
