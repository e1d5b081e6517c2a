package dev.molt.runner.remote.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.userauth.keyprovider.FileKeyProvider;
import net.schmizz.sshj.userauth.keyprovider.KeyFormat;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.keyprovider.KeyProviderUtil;
import net.schmizz.sshj.userauth.password.PasswordUtils;

/** Reads private keys: OpenSSH's format, PEM and PKCS#8; Ed25519, ECDSA and RSA. */
final class PrivateKeys {
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private PrivateKeys() {}

  /** A key file that cannot be used; the message names it and says why and what to do. */
  static final class UnusableKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableKeyException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Reads and, where it must be, decrypts a key. */
  static KeyProvider load(Path file, Optional<String> passphrase) throws UnusableKeyException {
    try {
      refuseIfOpen(file);
      KeyFormat format = KeyProviderUtil.detectKeyFileFormat(file.toFile());
      FileKeyProvider provider =
          Factory.Named.Util.create(
              SshConfig.shared().getFileKeyProviderFactories(), format.toString());
      if (provider == null) {
        throw new IOException("it is in no format that can be read (" + format + ")");
      }
      if (passphrase.isPresent()) {
        provider.init(file.toFile(), PasswordUtils.createOneOff(passphrase.get().toCharArray()));
      } else {
        provider.init(file.toFile());
      }
      provider.getPublic();
      provider.getPrivate();
      return provider;
    } catch (NoSuchFileException e) {
      throw new UnusableKeyException(file + ": no such file", e);
    } catch (IOException | RuntimeException e) {
      throw new UnusableKeyException(file + ": " + explain(file, passphrase, e), e);
    }
  }

  private static String explain(Path file, Optional<String> passphrase, Exception e) {
    String why = String.valueOf(e.getMessage());
    if (e instanceof OpenToOthersException) {
      return why;
    }
    if (!Files.exists(file)) {
      return "no such file";
    }
    if (!Files.isReadable(file)) {
      return "permission denied";
    }
    if (!encrypted(file)) {
      return "cannot be read: " + why;
    }
    if (passphrase.isEmpty()) {
      return "is encrypted: give its passphrase, or add it to ssh-agent (ssh-add)";
    }
    return "wrong passphrase, or an old format that is not supported; if ssh-keygen -y -f "
        + file
        + " takes the passphrase, convert it: ssh-keygen -p -f "
        + file;
  }

  private static boolean encrypted(Path file) {
    try {
      String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
      if (text.contains("ENCRYPTED")) {
        return true;
      }
      if (!text.contains("BEGIN OPENSSH PRIVATE KEY")) {
        return false;
      }
      // PROTOCOL.key: the magic, then the cipher's name, "none" where there is no encryption.
      byte[] body = Base64.getMimeDecoder().decode(text.replaceAll("-----[^-]*-----", ""));
      String head = new String(body, java.nio.charset.StandardCharsets.ISO_8859_1);
      return !head.startsWith("openssh-key-v1\0\0\0\0\4none");
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /** The public key beside a private one that cannot itself be read without its passphrase. */
  static Optional<byte[]> publicBlob(Path file) {
    try {
      String[] fields = Files.readString(Path.of(file + ".pub")).strip().split("\\s+");
      return Optional.of(Base64.getDecoder().decode(fields[1]));
    } catch (IOException | RuntimeException none) {
      return Optional.empty();
    }
  }

  /** ssh refuses such keys of one's own, too: who else can read one can log in with it. */
  private static void refuseIfOpen(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    PosixFileAttributes attributes = view.readAttributes();
    boolean own = attributes.owner().getName().equals(System.getProperty("user.name"));
    if (own && attributes.permissions().stream().anyMatch(OTHERS::contains)) {
      throw new OpenToOthersException(
          "its permissions are too open (%s): others can read it; chmod 600 %s"
              .formatted(PosixFilePermissions.toString(attributes.permissions()), file));
    }
  }

  private static final class OpenToOthersException extends IOException {
    private static final long serialVersionUID = 1L;

    OpenToOthersException(String message) {
      super(message);
    }
  }
}
