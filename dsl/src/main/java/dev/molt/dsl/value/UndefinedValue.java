package dev.molt.dsl.value;

import java.util.function.Supplier;

/**
 * What a name gives that nothing has defined. It goes through filters and operators as it is; using
 * it for anything but {@code default} and {@code is defined} in the end is an error, which says
 * {@code message}.
 *
 * @param message what is undefined, such as {@code 'tegu_verson' is undefined}
 * @param unknown true where it would be known in a real run, and only a check cannot tell: the
 *     result of a command that a check does not run
 * @param name the name that is not defined, or null where it is no name
 * @param problem makes the error that tells where it comes from, or null where whoever uses it has
 *     to say that
 * @param blank whether using it is no error, and gives an empty text: what an {@code if} without
 *     {@code else} gives
 */
public record UndefinedValue(
    String message, boolean unknown, String name, Supplier<RuntimeException> problem, boolean blank)
    implements Value {
  public UndefinedValue(String message, boolean unknown) {
    this(message, unknown, null, null, false);
  }

  public static UndefinedValue of(String message) {
    return new UndefinedValue(message, false);
  }

  public static UndefinedValue name(String name) {
    return because("'" + name + "' is undefined", false, name, null);
  }

  /** What is undefined because of a mistake that is known. */
  public static UndefinedValue because(
      String message, boolean unknown, String name, Supplier<RuntimeException> problem) {
    return new UndefinedValue(message, unknown, name, problem, false);
  }

  public static UndefinedValue blank(String message) {
    return new UndefinedValue(message, false, null, null, true);
  }

  /** The same with an error that tells where it comes from. */
  public UndefinedValue because(Supplier<RuntimeException> newProblem) {
    return new UndefinedValue(message, unknown, name, newProblem, blank);
  }
}
