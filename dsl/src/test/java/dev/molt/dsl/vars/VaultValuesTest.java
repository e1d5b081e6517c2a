package dev.molt.dsl.vars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.template.lookup.FileLookups;
import dev.molt.dsl.template.lookup.SearchPath;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Secrets;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vault.VaultException;
import dev.molt.dsl.vault.VaultSecret;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.dsl.vault.Vectors;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted values and values out of encrypted files, where variables are used. */
class VaultValuesTest {
  private static final String PW = "pw: !vault |\n" + Vectors.indented(Vectors.WORD);

  private final List<String> told = new ArrayList<>();
  private final VaultSecrets vault = VaultSecrets.of(List.of(Vectors.GEHEIM)).telling(told::add);

  @TempDir private Path folder;

  private Variables variables(VaultSecrets secrets, Source source) {
    Library library =
        Library.builder()
            .builtins()
            .lookups(new FileLookups(() -> SearchPath.of(folder), secrets))
            .build();
    MappingNode node = (MappingNode) YamlReader.read(source).orElseThrow();
    return new Variables(
        new Templar(new TemplateEngine(library), secrets), List.of(Layer.ofNodes("vars", node)));
  }

  private Value of(String expression, VaultSecrets secrets) {
    Variables variables = variables(secrets, Source.inline("vars.yml", PW));
    TextOrigin origin = TextOrigin.of(Source.inline("task", expression));
    return new TemplateEngine(engine(secrets)).evaluate(expression, origin, variables);
  }

  private Library engine(VaultSecrets secrets) {
    return Library.builder()
        .builtins()
        .lookups(new FileLookups(() -> SearchPath.of(folder), secrets))
        .build();
  }

  private String repr(String expression) {
    return Python.repr(of(expression, vault));
  }

  @Test
  void anEncryptedValueIsAnyOtherText() {
    assertThat(repr("pw")).isEqualTo("'s3cr3t-w0rd'");
    assertThat(repr("pw == 's3cr3t-w0rd' and pw is string and pw | length == 11"))
        .isEqualTo("True");
    assertThat(Secrets.holds(of("'user:' ~ pw", vault))).isTrue();
    assertThat(told).contains("s3cr3t-w0rd");
  }

  @Test
  void nothingIsDecryptedThatNobodyUses() {
    Variables v = variables(vault, Source.inline("vars.yml", PW + "port: 80\n"));
    assertThat(Python.repr(v.lookup("port"))).isEqualTo("80");
    assertThat(told).isEmpty();
    v.lookup("pw");
    assertThat(told).containsExactly("s3cr3t-w0rd");
  }

  @Test
  void ofAMappingOnlyWhatIsUsedHasToBeDecrypted() {
    String text =
        "all:\n  prod: !vault |\n%s  dev: !vault |\n%s  port: 80\n  url: 'x-{{ other }}'\n"
            .formatted(Vectors.indented(Vectors.PORT), Vectors.indented(Vectors.WORD));
    Variables v = variables(vault, Source.inline("vars.yml", text + "other: 5\n"));
    MapValue all = (MapValue) v.lookup("all");
    assertThat(told).isEmpty();
    assertThat(Python.repr(all.get("dev"))).isEqualTo("'s3cr3t-w0rd'");
    assertThat(told).containsExactly("s3cr3t-w0rd");
    assertThat(Python.repr(all.get("url"))).isEqualTo("'x-5'");
    assertThat(all.entries().keySet().toString()).isEqualTo("['prod', 'dev', 'port', 'url']");
    assertThat(all.has("prod")).isTrue();
    assertThat(all.get("no")).isNull();
    assertThatThrownBy(() -> all.get("prod"))
        .isInstanceOf(VaultException.class)
        .hasMessageStartingWith("vars.yml:3:11: Decryption failed");
    all.put("prod", new StrValue("x"));
    all.put("new", new StrValue("y"));
    all.entries().remove(new StrValue("port"));
    assertThat(Python.repr(all))
        .isEqualTo("{'prod': 'x', 'dev': 's3cr3t-w0rd', 'url': 'x-5', 'new': 'y'}");
    MapValue same = MapValue.empty().put("prod", new StrValue("x"));
    same.put("dev", new StrValue("s3cr3t-w0rd")).put("url", new StrValue("x-5"));
    same.put("new", new StrValue("y"));
    assertThat(all).isEqualTo(same).hasSameHashCodeAs(same);
    all.entries().entrySet().removeIf(e -> e.getValue().equals(new StrValue("y")));
    assertThat(all.entries()).hasSize(3);
  }

  @Test
  void whatLeavesTheTemplarIsOpenOrFails() {
    String text = "all:\n  prod: !vault |\n%s  dev: x\n".formatted(Vectors.indented(Vectors.PORT));
    Templar templar = new Templar(new TemplateEngine(engine(vault)), vault);
    MappingNode node = (MappingNode) YamlReader.read(Source.inline("vars.yml", text)).orElseThrow();
    Variables v = new Variables(templar, List.of(Layer.ofNodes("vars", node)));
    ScalarNode used =
        (ScalarNode) YamlReader.read(Source.inline("task.yml", "'{{ [{1: all}] }}'")).orElseThrow();
    VaultException e = catchThrowableOfType(VaultException.class, () -> templar.resolve(used, v));
    assertThat(e).hasMessageStartingWith("vars.yml:3:11: Decryption failed");
    assertThat(e.diagnostics().get(0).notes().get(0).position()).hasToString("task.yml:1:1");
    ScalarNode bare = (ScalarNode) YamlReader.read(Source.inline("when", "all")).orElseThrow();
    assertThatThrownBy(() -> templar.expression(bare, v)).isInstanceOf(VaultException.class);
    ScalarNode dev = (ScalarNode) YamlReader.read(Source.inline("when", "all.dev")).orElseThrow();
    assertThat(Python.repr(templar.expression(dev, v))).isEqualTo("'x'");
  }

  @Test
  void itKnowsThatItWasEncrypted() {
    assertThat(repr("pw is vault_encrypted")).isEqualTo("True");
    assertThat(repr("pw | default('x') is vault_encrypted")).isEqualTo("True");
    assertThat(repr("pw | upper is vault_encrypted")).isEqualTo("False");
    assertThat(repr("'pw' is vault_encrypted")).isEqualTo("False");
    assertThat(repr("pw | type_debug")).isEqualTo("'AnsibleVaultEncryptedUnicode'");
  }

  @Test
  void writtenAsYamlItIsWrittenEncrypted() {
    assertThat(((StrValue) of("{'pw': pw, 'n': 1} | to_nice_yaml(indent=2)", vault)).text())
        .isEqualTo("n: 1\npw: !vault |\n" + Vectors.WORD.indent(2));
  }

  @Test
  void withoutAPasswordTheErrorSaysWhereItStandsAndWhereItIsUsed() {
    DiagnosticException e =
        catchThrowableOfType(DiagnosticException.class, () -> of("'x' ~ pw", VaultSecrets.none()));
    assertThat(e.diagnostics().stream().map(DiagnosticFormatter::format).toList().toString())
        .contains("error: Attempting to decrypt but no vault secrets found\n")
        .contains("--> vars.yml:2:11\n")
        .contains("note: 'pw' is used here")
        .contains("--> task:1:7")
        .contains("--ask-vault-pass");
    VaultSecrets wrong = VaultSecrets.of(List.of(VaultSecret.of("dev", "x")));
    VaultException failed = catchThrowableOfType(VaultException.class, () -> of("pw", wrong));
    assertThat(failed)
        .hasMessageStartingWith("vars.yml:2:11: Decryption failed")
        .hasMessageEndingWith("tried: dev");
    assertThat(failed.ciphertext()).isEqualTo(Vectors.WORD);
  }

  @Test
  void itsPasswordCanBeGivenToAFilter() {
    assertThat(Python.repr(of("pw | unvault('geheim')", VaultSecrets.none())))
        .isEqualTo("'s3cr3t-w0rd'");
    assertThat(Secrets.holds(of("pw | unvault('geheim')", VaultSecrets.none()))).isTrue();
    assertThat(Python.repr(of("pw is vault_encrypted", VaultSecrets.none()))).isEqualTo("True");
    assertThat(repr("pw | unvault('geheim')")).isEqualTo("'s3cr3t-w0rd'");
    DiagnosticException e =
        catchThrowableOfType(DiagnosticException.class, () -> repr("pw | unvault('no')"));
    assertThat(e).hasMessageStartingWith("task:1:6: filter 'unvault': Unable to decrypt: ");
  }

  @Test
  void anEncryptedTextIsNoTemplateAndNoCondition() throws IOException {
    String braces = dev.molt.dsl.vault.Vault.encrypt("{{ 1 + 1 }}", Vectors.GEHEIM);
    Variables v =
        variables(vault, Source.inline("vars.yml", "a: !vault |\n" + Vectors.indented(braces)));
    assertThat(Python.repr(v.lookup("a"))).isEqualTo("'{{ 1 + 1 }}'");
  }

  @Test
  void textsOutOfAnEncryptedFileAreSecret() {
    String text = "port: 5432\ndb: {pw: c0rrect-horse}\nurl: 'db://{{ db.pw }}@h'\nenv: prod\n";
    Variables v = variables(vault, Source.confidential("group_vars/all.yml", text));
    assertThat(Secrets.holds(v.lookup("db"))).isTrue();
    assertThat(Secrets.holds(v.lookup("url"))).isTrue();
    assertThat(Secrets.holds(v.lookup("env"))).isTrue();
    assertThat(Python.repr(v.lookup("port"))).isEqualTo("5432");
    assertThat(told).contains("c0rrect-horse", "db://c0rrect-horse@h").doesNotContain("prod");
  }

  @Test
  void lookupsReadEncryptedFiles() throws IOException {
    Files.writeString(folder.resolve("w"), Vectors.WORD);
    Files.writeString(folder.resolve("plain"), "s3cr3t-w0rd");
    Files.writeString(
        folder.resolve("t.j2"), dev.molt.dsl.vault.Vault.encrypt("<{{ pw }}>", Vectors.GEHEIM));
    assertThat(repr("lookup('unvault', 'w') == lookup('unvault', 'plain')")).isEqualTo("True");
    assertThat(repr("lookup('file', 'w')")).isEqualTo("'s3cr3t-w0rd'");
    assertThat(repr("lookup('template', 't.j2')")).isEqualTo("'<s3cr3t-w0rd>'");
    assertThat(Secrets.holds(of("lookup('unvault', 'w')", vault))).isTrue();
    assertThat(Secrets.holds(of("lookup('file', 'w')", vault))).isTrue();
    assertThat(Secrets.holds(of("lookup('unvault', 'plain')", vault))).isFalse();
    assertThat(repr("'%s/w' is vaulted_file".formatted(folder))).isEqualTo("True");
    assertThat(repr("'%s/plain' is vaulted_file".formatted(folder))).isEqualTo("False");
    DiagnosticException e =
        catchThrowableOfType(
            DiagnosticException.class, () -> of("lookup('file', 'w')", VaultSecrets.none()));
    assertThat(e).hasMessageContaining("/w:1:1: Attempting to decrypt");
  }
}
