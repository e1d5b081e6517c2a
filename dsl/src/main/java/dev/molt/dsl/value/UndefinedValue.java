package dev.molt.dsl.value;

/**
 * What a name gives that nothing has defined. Using it for anything but {@code default} and {@code
 * is defined} is an error, which says {@code message}.
 *
 * @param message what is undefined, such as {@code 'tegu_verson' is undefined}
 * @param unknown true where it would be known in a real run, and only a check cannot tell: the
 *     result of a command that a check does not run
 * @param name the name that is not defined, or null where it is no name
 */
public record UndefinedValue(String message, boolean unknown, String name) implements Value {
  public UndefinedValue(String message, boolean unknown) {
    this(message, unknown, null);
  }

  public static UndefinedValue of(String message) {
    return new UndefinedValue(message, false);
  }

  public static UndefinedValue name(String name) {
    return new UndefinedValue("'" + name + "' is undefined", false, name);
  }
}
