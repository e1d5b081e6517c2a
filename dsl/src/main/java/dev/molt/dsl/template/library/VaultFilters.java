package dev.molt.dsl.template.library;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vault.Vault;
import dev.molt.dsl.vault.VaultSecret;
import dev.molt.dsl.vault.VaultSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Encrypts and decrypts with a password that the template gives, and tells what is encrypted. */
final class VaultFilters implements Library.Group {
  private static final String ID = "filter_default";

  @Override
  public void declare(Library.Builder to) {
    to.passing(
        "vault",
        Params.of("secret", "salt?", "vault_id?", "wrap_object?", "vaultid?"),
        "the text encrypted with a password, as Ansible Vault does it",
        this);
    to.opening(
        "unvault",
        Params.of("secret", "vault_id?", "vaultid?"),
        "what was encrypted with this password; a text that is not encrypted as it is",
        this);
    to.openingTest(
        "vault_encrypted", Params.NONE, "it was written encrypted, as a !vault value", this);
    to.test("vaulted_file", Params.NONE, "the file is encrypted with a vault", this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    return switch (name) {
      case "vault" -> encrypt(call);
      case "unvault" -> decrypt(call);
      case "vault_encrypted" ->
          BoolValue.of(call.subject() instanceof StrValue text && text.ciphertext() != null);
      case "vaulted_file" -> BoolValue.of(vaulted(call));
      default -> throw Builtins.undeclared(name);
    };
  }

  private static Value encrypt(Call call) {
    String text = string(call, call.subject(), "Can only vault strings");
    String id = id(call, 2, 4);
    VaultSecret secret = secret(call, id);
    if (Vault.isEncrypted(text)) {
      throw call.error("input is already encrypted");
    }
    Optional<byte[]> salt =
        Optional.ofNullable(call.text(1, null))
            .filter(s -> !s.isEmpty())
            .map(s -> s.getBytes(StandardCharsets.UTF_8));
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    String encrypted = Vault.encrypt(plain, secret, secret.label(), salt);
    return call.flag(3, false) ? StrValue.encrypted(encrypted) : new StrValue(encrypted);
  }

  private static Value decrypt(Call call) {
    String text = string(call, call.subject(), "Vault should be in the form of a string");
    VaultSecret secret = secret(call, id(call, 1, 2));
    String encrypted =
        call.subject() instanceof StrValue s && s.ciphertext() != null ? s.ciphertext() : text;
    if (!Vault.isEncrypted(encrypted)) {
      return call.subject();
    }
    try {
      Source source = Source.inline("unvault", encrypted);
      return StrValue.secret(
          VaultSecrets.of(List.of(secret)).value(encrypted, TextOrigin.of(source)).text());
    } catch (DiagnosticException e) {
      // The text came out of an expression: the place to show is where the filter stands.
      throw call.error("Unable to decrypt: " + e.diagnostics().get(0).message());
    }
  }

  private static VaultSecret secret(Call call, String id) {
    String password = string(call, call.arg(0), "Secret passed is required to be a string");
    if (password.isEmpty()) {
      throw call.error("the password is empty");
    }
    return VaultSecret.exactly(id, password.getBytes(StandardCharsets.UTF_8));
  }

  private static String id(Call call, int at, int older) {
    String id = call.given(at) ? call.text(at) : call.text(older, ID);
    if (id.contains(";") || id.lines().count() != 1) {
      throw call.error("'" + id + "' is no vault id: ';' and line breaks are not allowed in it");
    }
    return id;
  }

  private static String string(Call call, Value value, String otherwise) {
    if (value instanceof StrValue text) {
      return text.text();
    }
    throw call.error(otherwise + ", instead we got: " + Python.typeName(value));
  }

  private static boolean vaulted(Call call) {
    try (InputStream in = Files.newInputStream(Path.of(call.text()))) {
      return Vault.isEncrypted(in.readNBytes(16));
    } catch (IOException | InvalidPathException e) {
      throw call.error("Cannot test if the file " + call.text() + " is a vault");
    }
  }
}
