package dev.molt.dsl.value;

/**
 * A value as playbooks know it. A value is final: it holds no template, and nothing that has become
 * a value is ever evaluated again. That is what makes output of hosts safe to store in variables.
 * (What the user wrote and still has to be evaluated is a {@link dev.molt.dsl.yaml.Node}.)
 *
 * <p>Lists and maps may be changed by templates that hold them ({@code append}, {@code update}), so
 * they are not thread-safe; all else is immutable.
 */
public sealed interface Value
    permits NullValue,
        BoolValue,
        IntValue,
        FloatValue,
        StrValue,
        ListValue,
        MapValue,
        UndefinedValue,
        OmitValue,
        FunctionValue {

  static Value of(boolean value) {
    return BoolValue.of(value);
  }

  static Value of(long value) {
    return IntValue.of(value);
  }

  static Value of(double value) {
    return new FloatValue(value);
  }

  static Value of(String value) {
    return new StrValue(value);
  }
}
