package dev.molt.dsl.value;

/** JSON as Python's {@code json} module writes and reads it. */
public final class Json {
  private Json() {}

  /**
   * How to write.
   *
   * @param indent spaces for each level; negative for all on one line
   * @param sortKeys by code points
   * @param ensureAscii whether other characters become {@code \\uXXXX}
   * @param itemSeparator between items
   * @param keySeparator between a key and its value
   */
  public record Options(
      int indent,
      boolean sortKeys,
      boolean ensureAscii,
      String itemSeparator,
      String keySeparator) {
    /** {@code json.dumps} without arguments. */
    public static final Options DEFAULT = new Options(-1, false, true, ", ", ": ");

    /** Indented and sorted, as {@code to_nice_json}. */
    public static final Options NICE = new Options(4, true, true, ",", ": ");

    /** No blanks, other characters as they are. */
    public static final Options COMPACT = new Options(-1, false, false, ",", ":");
  }

  /** {@code {"a": 1, "b": [true, null]}}, ASCII only. */
  public static String write(Value value) {
    return write(value, Options.DEFAULT);
  }

  /**
   * Writes one document.
   *
   * @throws ValueException for what JSON cannot say (an undefined value, a function, a container in
   *     itself)
   */
  public static String write(Value value, Options options) {
    return new JsonWriter(options).write(value);
  }

  /**
   * Reads one JSON document. {@code NaN}, {@code Infinity} and {@code -Infinity} are read too.
   *
   * @throws ValueException where it is not JSON, or nested more than 200 levels deep
   */
  public static Value parse(String text) {
    return new JsonReader(text).document();
  }
}
