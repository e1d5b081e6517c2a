package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.Value;
import java.util.Set;

/** The methods of numbers. */
final class NumberMethods {
  static final Set<String> NAMES = Set.of("is_integer", "bit_length", "conjugate");

  private NumberMethods() {}

  static Value call(Value number, String name, MethodCall call) {
    call.takes(0, 0);
    return switch (name) {
      case "is_integer" ->
          BoolValue.of(
              number instanceof IntValue
                  || (number instanceof FloatValue f && f.value() == Math.rint(f.value())));
      case "bit_length" -> IntValue.of(Arithmetic.integer(number).abs().bitLength());
      default -> number;
    };
  }
}
