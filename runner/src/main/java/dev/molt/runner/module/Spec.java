package dev.molt.runner.module;

import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What is known of a module without running it: feeds validation, documentation, completion.
 *
 * @param name as in a playbook, without a collection
 * @param summary one line, no final full stop
 * @param type the options record
 * @param options in the order of the record's components; those of a record within it stand where
 *     that record does
 * @param maker makes the options where no record's components stand for them; throws an {@link
 *     IllegalArgumentException} for values that do not go together
 * @param freeForm the option that takes a task's text where it gives no options by name
 */
public record Spec<P extends Record>(
    String name,
    String summary,
    Class<P> type,
    List<OptionSpec> options,
    Optional<String> freeForm,
    Optional<Function<List<Object>, P>> maker) {

  /**
   * One option; see {@link Option} for the other fields.
   *
   * @param defaultValue of the option's type, or a text that is converted to it
   * @param choices the words that it, or each of its items, may be; empty for any
   */
  public record OptionSpec(
      String name,
      List<String> aliases,
      String doc,
      boolean required,
      Optional<String> missing,
      Optional<Value> defaultValue,
      boolean sensitive,
      boolean rest,
      List<String> choices,
      Type type) {}

  /** Modules are asked for their spec at every task, and reflection is slow. */
  private static final Map<Class<?>, List<OptionSpec>> READ = new ConcurrentHashMap<>();

  /** Reads the options off the record's annotations. */
  public static <P extends Record> Spec<P> of(String name, String summary, Class<P> type) {
    List<OptionSpec> options = READ.computeIfAbsent(type, Spec::read);
    return new Spec<>(name, summary, type, options, Optional.empty(), Optional.empty());
  }

  /**
   * One whose options no record stands for.
   *
   * @param maker makes the record of their values, in their order
   */
  public static <P extends Record> Spec<P> made(
      String name,
      String summary,
      Class<P> type,
      List<OptionSpec> options,
      Function<List<Object>, P> maker) {
    return new Spec<>(
        name, summary, type, List.copyOf(options), Optional.empty(), Optional.of(maker));
  }

  private static List<OptionSpec> read(Class<?> type) {
    List<OptionSpec> options = new ArrayList<>();
    collect(type, options);
    return List.copyOf(options);
  }

  private static void collect(Class<?> type, List<OptionSpec> options) {
    for (RecordComponent component : type.getRecordComponents()) {
      Option option = component.getAnnotation(Option.class);
      if (option == null && component.getType().isRecord()) {
        collect(component.getType(), options);
        continue;
      }
      if (option == null) {
        throw new IllegalStateException(type + "." + component.getName() + " has no @Option");
      }
      options.add(
          new OptionSpec(
              option.name().isEmpty() ? snakeCase(component.getName()) : option.name(),
              Arrays.asList(option.aliases()),
              option.value(),
              option.required(),
              Optional.of(option.missing()).filter(m -> !m.isEmpty()),
              Optional.of(option.defaultValue()).filter(d -> !d.isEmpty()).map(StrValue::new),
              option.sensitive(),
              option.rest(),
              choices(component.getGenericType()),
              component.getGenericType()));
    }
  }

  /** The constants of an enum, of one that may be left out, or of a list of them. */
  private static List<String> choices(Type type) {
    if (type instanceof ParameterizedType some) {
      boolean holder = some.getRawType() == Optional.class || some.getRawType() == List.class;
      return holder ? choices(some.getActualTypeArguments()[0]) : List.of();
    }
    return type instanceof Class<?> plain && plain.isEnum()
        ? Arrays.stream(plain.getEnumConstants())
            .map(c -> ((Enum<?>) c).name().toLowerCase(Locale.ROOT))
            .toList()
        : List.of();
  }

  /** The same, where a task may give a bare text that stands for this option. */
  public Spec<P> withFreeForm(String option) {
    return new Spec<>(name, summary, type, options, Optional.of(option), maker);
  }

  /** The option of this name or alias. */
  public Optional<OptionSpec> option(String optionName) {
    return options.stream()
        .filter(o -> !o.rest())
        .filter(o -> o.name().equals(optionName) || o.aliases().contains(optionName))
        .findFirst();
  }

  /** Whether options that nobody names are taken. */
  public boolean takesRest() {
    return options.stream().anyMatch(OptionSpec::rest);
  }

  private static String snakeCase(String camel) {
    return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
