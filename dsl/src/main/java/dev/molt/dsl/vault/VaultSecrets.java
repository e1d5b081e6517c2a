package dev.molt.dsl.vault;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.vault.Envelope.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The vault passwords of a run, and all that is opened with them: values tagged {@code !vault},
 * files that hold text, files that hold anything. What is not encrypted is passed through, so that
 * whoever reads a file can ask without looking. Thread-safe. A decryption costs some 50 ms; values
 * are decrypted once and kept.
 *
 * <p>Everything throws {@link VaultException} where an encrypted text is damaged or no password
 * fits; it says which ids were tried.
 */
public final class VaultSecrets {
  private static final VaultSecrets NONE =
      new VaultSecrets(List.of(), VaultSecret.DEFAULT_ID, false, false, text -> {});

  /** Shorter texts in an encrypted file are more likely names and words than passwords. */
  private static final int LONG_ENOUGH = 8;

  private final List<VaultSecret> secrets;
  private final String defaultId;
  private final boolean matching;
  private final boolean leaving;
  private final Consumer<String> listener;
  private final Map<String, StrValue> values = new ConcurrentHashMap<>();

  private VaultSecrets(
      List<VaultSecret> secrets,
      String defaultId,
      boolean matching,
      boolean leaving,
      Consumer<String> listener) {
    this.secrets = secrets;
    this.defaultId = defaultId;
    this.matching = matching;
    this.leaving = leaving;
    this.listener = listener;
  }

  /** For those who have no password: whatever is encrypted is an error. */
  public static VaultSecrets none() {
    return NONE;
  }

  /** These, tried in order, those first whose id an encrypted text names. */
  public static VaultSecrets of(List<VaultSecret> secrets) {
    return new VaultSecrets(List.copyOf(secrets), VaultSecret.DEFAULT_ID, false, false, text -> {});
  }

  /**
   * The same, but only those are tried whose id the text names.
   *
   * @param newDefaultId the id of a text that names none
   */
  public VaultSecrets matching(String newDefaultId) {
    return new VaultSecrets(secrets, newDefaultId, true, leaving, listener);
  }

  /**
   * The same, but whenever a secret comes to light, somebody is told.
   *
   * @param newListener called on any thread with every decrypted value, and with the longer texts
   *     out of encrypted files, before they can be used
   */
  public VaultSecrets telling(Consumer<String> newListener) {
    return new VaultSecrets(secrets, defaultId, matching, leaving, newListener);
  }

  /**
   * The same for those who only look: a text that no password fits is as good as an empty one. One
   * that is damaged still is an error.
   */
  public VaultSecrets leavingClosed() {
    return new VaultSecrets(secrets, defaultId, matching, true, listener);
  }

  public boolean isEmpty() {
    return secrets.isEmpty();
  }

  /** The secrets in their order. */
  public List<VaultSecret> all() {
    return secrets;
  }

  /**
   * The value of a text tagged {@code !vault}: secret, and it knows what it was.
   *
   * @param origin where it stands, for errors
   */
  public StrValue value(String text, TextOrigin origin) {
    StrValue known = values.get(text);
    if (known != null) {
      return known;
    }
    String plain = utf8(decrypt(text, origin).content(), text, origin);
    tell(plain);
    StrValue value = StrValue.decrypted(plain, text);
    values.put(text, value);
    return value;
  }

  /** A text that stood in an encrypted file, as a secret. */
  public StrValue outOfFile(StrValue text) {
    if (text.text().length() >= LONG_ENOUGH) {
      tell(text.text());
    }
    return text.secret() ? text : StrValue.secret(text.text());
  }

  /** Of a text of many lines, such as a key, any line may come out alone. */
  private void tell(String text) {
    listener.accept(text);
    if (text.indexOf('\n') >= 0) {
      text.lines().map(String::strip).filter(l -> l.length() >= LONG_ENOUGH).forEach(listener);
    }
  }

  /** A text to be read: as it is, or decrypted, and then its lines are never shown. */
  public Source open(Source source) {
    if (!Vault.isEncrypted(source.text())) {
      return source;
    }
    TextOrigin origin = TextOrigin.of(source);
    if (leaving && fitting(envelope(source.text(), origin)).isEmpty()) {
      return Source.confidential(source.name(), "");
    }
    byte[] content = decrypt(source.text(), origin).content();
    String text = utf8(content, source.text(), origin);
    return Source.confidential(source.name(), text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  /**
   * Reads a UTF-8 file that may be encrypted; to be used wherever {@link Source#file} would be.
   *
   * @throws IOException where it cannot be read
   */
  public Source file(Path path) throws IOException {
    return open(Source.file(path));
  }

  /**
   * Content that may be anything: as it is, or decrypted.
   *
   * @param file where it stands, for errors
   */
  public byte[] open(byte[] content, Path file) {
    if (!Vault.isEncrypted(content)) {
      return content;
    }
    // Where it is damaged, the place of a character is the place of its byte.
    String text = new String(content, StandardCharsets.ISO_8859_1);
    TextOrigin origin = TextOrigin.of(Source.inline(file.toString(), text));
    if (isEmpty()) {
      // Ansible's words, which playbooks look for.
      throw error(text, origin, "A vault password or secret must be specified to decrypt " + file);
    }
    return decrypt(text, origin).content();
  }

  /** What came of a decryption. */
  public static final class Decrypted {
    private final byte[] content;
    private final Optional<String> id;
    private final VaultSecret secret;

    private Decrypted(byte[] content, Optional<String> id, VaultSecret secret) {
      this.content = content;
      this.id = id;
      this.secret = secret;
    }

    /** What was encrypted; the caller's own. */
    public byte[] content() {
      return content;
    }

    /** The vault id that the header names. */
    public Optional<String> id() {
      return id;
    }

    /** The secret that fitted. */
    public VaultSecret secret() {
      return secret;
    }
  }

  /** Decrypts an encrypted text. */
  public Decrypted decrypt(String text, TextOrigin origin) {
    if (secrets.isEmpty()) {
      Diagnostic none =
          Diagnostic.error(start(origin), VaultException.NO_SECRETS)
              .withHint("give a password: --vault-password-file, --vault-id or --ask-vault-pass");
      throw new VaultException(List.of(none), text);
    }
    Envelope envelope = envelope(text, origin);
    VaultSecret secret =
        fitting(envelope)
            .orElseThrow(() -> new VaultException(List.of(noneFits(envelope, origin)), text));
    byte[] plain =
        new VaultKeys(secret.password(), envelope.salt().array).decrypt(envelope.encrypted().array);
    if (plain == null) {
      throw error(text, origin, "this cannot be decrypted: it is damaged");
    }
    return new Decrypted(plain, envelope.id(), secret);
  }

  private static Envelope envelope(String text, TextOrigin origin) {
    try {
      return Envelope.parse(text);
    } catch (Malformed e) {
      Diagnostic damaged =
          Diagnostic.error(origin.at(e.at, e.length), "this cannot be decrypted: " + e.getMessage())
              .withHint(e.hint);
      throw new VaultException(List.of(damaged), text);
    }
  }

  private Optional<VaultSecret> fitting(Envelope envelope) {
    return order(envelope).stream()
        .filter(s -> envelope.isSignedBy(new VaultKeys(s.password(), envelope.salt().array)))
        .findFirst();
  }

  private List<VaultSecret> order(Envelope envelope) {
    String id = envelope.id().orElse(defaultId);
    Stream<VaultSecret> named = secrets.stream().filter(s -> s.id().equals(id));
    return matching
        ? named.toList()
        : Stream.concat(named, secrets.stream().filter(s -> !s.id().equals(id))).toList();
  }

  private Diagnostic noneFits(Envelope envelope, TextOrigin origin) {
    List<String> tried = order(envelope).stream().map(VaultSecret::id).distinct().toList();
    String whose = envelope.id().map(id -> "; it names the vault id " + id).orElse("");
    Diagnostic error =
        Diagnostic.error(
            start(origin),
            VaultException.NONE_FITS
                + ", tried: "
                + (tried.isEmpty() ? "none" : String.join(", ", tried))
                + whose);
    String id = envelope.id().orElse(defaultId);
    if (matching && tried.isEmpty()) {
      return error.withHint("only a password of the vault id " + id + " may be tried here");
    } else if (envelope.id().isPresent() && !tried.contains(id)) {
      return error.withHint("give the password of " + id + ": --vault-id " + id + "@FILE");
    }
    return error.withHint("it needs another password, or has been changed since");
  }

  private static String utf8(byte[] content, String text, TextOrigin origin) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      Diagnostic noText =
          Diagnostic.error(start(origin), "what was encrypted is no UTF-8 text")
              .withHint("the module copy installs encrypted files that hold anything");
      throw new VaultException(List.of(noText), text);
    }
  }

  private static VaultException error(String text, TextOrigin origin, String message) {
    return new VaultException(List.of(Diagnostic.error(start(origin), message)), text);
  }

  private static Position start(TextOrigin origin) {
    return origin.at(0, Envelope.MARK.length());
  }
}
