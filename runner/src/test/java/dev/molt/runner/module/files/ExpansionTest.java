package dev.molt.runner.module.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "~|/home/me",
        "~/|/home/me/",
        "~/a b's/|/home/me/a b's/",
        "~/$GIVEN x|/home/me/it's x",
        "~/${GIVEN}|/home/me/it's",
        "a~/b|a~/b",
        "$NONE/*|$NONE/*",
        "${NONE}|${NONE}",
        "$(id) `x`|$(id) `x`",
      })
  void isWhatTheHostMakesOfIt(String text, String expanded) throws Exception {
    ProcessBuilder sh =
        new ProcessBuilder("sh", "-c", "printf %s " + Expansion.shell(text))
            .redirectErrorStream(true);
    sh.environment().put("HOME", "/home/me");
    sh.environment().put("GIVEN", "it's");
    Process process = sh.start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(expanded);
  }
}
