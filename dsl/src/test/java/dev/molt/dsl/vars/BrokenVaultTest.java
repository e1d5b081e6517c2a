package dev.molt.dsl.vars;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.vault.VaultSecret;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.dsl.vault.Vectors;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Files of variables with something encrypted in them that cannot be decrypted, and all that is
 * said of them. The file has cases of the form {@code === title}, a file that defines {@code x},
 * and after {@code ---} the messages. Where the title says so there is no password.
 */
class BrokenVaultTest {
  private static final VaultSecrets VAULT =
      VaultSecrets.of(List.of(Vectors.GEHEIM, VaultSecret.of("dev", "wrong")));

  private record Case(String title, String file, String messages) {
    static Case of(String text) {
      String[] halves = text.split("(?m)^---\n", -1);
      int end = halves[0].indexOf('\n');
      return new Case(halves[0].substring(0, end), halves[0].substring(end + 1), halves[1]);
    }
  }

  @TestFactory
  Stream<DynamicTest> brokenVaults() throws IOException {
    String all;
    try (InputStream in = getClass().getResourceAsStream("/vault/broken.txt")) {
      all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return Arrays.stream(all.split("(?m)^=== ", -1))
        .filter(t -> !t.isEmpty())
        .map(Case::of)
        .map(c -> DynamicTest.dynamicTest(c.title(), () -> check(c)));
  }

  private static void check(Case one) {
    VaultSecrets vault = one.title().contains("no password") ? VaultSecrets.none() : VAULT;
    assertThat(messages(one.file(), vault)).isEqualTo(one.messages());
  }

  private static String messages(String file, VaultSecrets vault) {
    try {
      Source source = vault.open(Source.inline("vars.yml", file));
      MappingNode node = (MappingNode) YamlReader.read(source).orElseThrow();
      Templar templar = new Templar(new TemplateEngine(Library.builtin()), vault);
      new Variables(templar, List.of(Layer.ofNodes("vars", node))).lookup("x");
      return "";
    } catch (DiagnosticException e) {
      return e.diagnostics().stream()
          .map(DiagnosticFormatter::format)
          .collect(Collectors.joining());
    }
  }
}
