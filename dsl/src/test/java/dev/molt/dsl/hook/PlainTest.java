package dev.molt.dsl.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.ValueException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": [1, 2.5, \"x\", true, null, {\"b\": {}}]}",
        "12345678901234567890123",
        "-2147483649",
        "\"{{ never evaluated }}\"",
      })
  void valuesComeBackAsTheyWere(String json) {
    assertThat(Json.write(Plain.value(Plain.of(Json.parse(json))))).isEqualTo(json);
  }

  @Test
  void numbersAreOfTheSmallestType() {
    assertThat(Plain.of(Json.parse("[1, 2147483648, 99999999999999999999]")))
        .isEqualTo(List.of(1, 2147483648L, new BigInteger("99999999999999999999")));
  }

  @Test
  void whatIsNoValueIsRefused() {
    assertThatThrownBy(() -> Plain.value(Locale.ROOT))
        .isInstanceOf(ValueException.class)
        .hasMessageContaining("a Locale is no value");
    assertThat(Json.write(Plain.value(new Object[] {1, null}))).isEqualTo("[1, null]");
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    assertThatThrownBy(() -> Plain.value(itself)).hasMessageContaining("nested too deeply");
  }
}
