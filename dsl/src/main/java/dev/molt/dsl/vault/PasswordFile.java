package dev.molt.dsl.vault;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A file that holds a vault password, or prints one when it is run. Run under the name that the
 * user gave: links are not followed, since a program may look at its own name.
 */
final class PasswordFile {
  private static final int UNKNOWN_ID = 2;
  private static final int MOST = 1 << 16;

  private final Path path;

  PasswordFile(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  /**
   * The password.
   *
   * @param label is given to a program whose name ends in {@code -client}
   * @param known opens a file that is encrypted itself
   */
  byte[] read(Optional<String> label, VaultSecrets known) {
    if (!Files.exists(path)) {
      throw error("The vault password file " + path + " was not found");
    } else if (Files.isDirectory(path)) {
      throw error("The vault password file provided '" + path + "' can not be a directory");
    }
    boolean program = Files.isExecutable(path);
    byte[] password = program ? printed(label) : content(known);
    if (password.length == 0) {
      throw error(
          "Invalid vault password was provided from %s (%s)"
              .formatted(program ? "script" : "file", path));
    }
    return password;
  }

  private byte[] content(VaultSecrets known) {
    try {
      byte[] content = strip(Files.readAllBytes(path), true);
      if (!Vault.isEncrypted(content)) {
        return content;
      }
      Source source =
          Source.inline(path.toString(), new String(content, StandardCharsets.US_ASCII));
      return strip(known.decrypt(source.text(), TextOrigin.of(source)).content(), false);
    } catch (IOException e) {
      throw error("Could not read vault password file " + path + ": " + e.getMessage());
    }
  }

  private byte[] printed(Optional<String> label) {
    List<String> command = new ArrayList<>(List.of(path.toString()));
    boolean client = isClient();
    if (client) {
      label.ifPresent(l -> command.addAll(List.of("--vault-id", l)));
    }
    Process process;
    try {
      refuseText();
      // It may ask on the terminal, and say what is wrong.
      process =
          new ProcessBuilder(command)
              .redirectInput(Redirect.INHERIT)
              .redirectError(Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw Diagnostic.error(
              "Problem running vault password %sscript %s (%s)"
                  .formatted(client ? "client " : "", path, e.getMessage()))
          .withHint("If this is not a script, remove the executable bit from the file.")
          .asException();
    }
    try {
      byte[] password = process.getInputStream().readNBytes(MOST);
      refuse(process.waitFor(), client, label.orElse("none"));
      return strip(password, false);
    } catch (IOException e) {
      throw error("Problem running vault password script " + path + " (" + e.getMessage() + ")");
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw error("interrupted while the vault password script " + path + " ran");
    }
  }

  /** Java would give a file without {@code #!} to a shell, which would print the password. */
  private void refuseText() throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(2);
    }
    boolean text = start.length == 0 || (start[0] >= '\t' && start[0] < 0x7F);
    if (text && !new String(start, StandardCharsets.US_ASCII).equals("#!")) {
      throw new IOException("Exec format error");
    }
  }

  private void refuse(int status, boolean client, String label) {
    if (status == 0) {
      return;
    } else if (!client) {
      throw error("Vault password script " + path + " returned non-zero (" + status + ")");
    } else if (status == UNKNOWN_ID) {
      throw error(
          "Vault password client script %s did not find a secret for vault-id=%s"
              .formatted(path, label));
    }
    throw error(
        "Vault password client script %s returned non-zero (%d) when getting secret for vault-id=%s"
            .formatted(path, status, label));
  }

  /** {@code keyring-client}, whatever its extension. */
  private boolean isClient() {
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    return (dot > 0 ? name.substring(0, dot) : name).endsWith("-client");
  }

  /** Line breaks at both ends are no part of a password; nor are blanks around one in a file. */
  private static byte[] strip(byte[] bytes, boolean blanks) {
    int start = 0;
    int end = bytes.length;
    while (end > start && isAround(bytes[end - 1], blanks)) {
      end--;
    }
    while (start < end && isAround(bytes[start], blanks)) {
      start++;
    }
    return Arrays.copyOfRange(bytes, start, end);
  }

  private static boolean isAround(byte b, boolean blanks) {
    return b == '\n' || b == '\r' || (blanks && (b == ' ' || (b >= '\t' && b <= '\r')));
  }

  private static DiagnosticException error(String message) {
    return Diagnostic.error(message).asException();
  }
}
