package dev.molt.dsl.hook;

import dev.molt.dsl.source.DiagnosticException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Classes of scripts that were compiled before, in files of the user's cache folder, by what they
 * were made of and with: text, name, compiler and JDK. A cache that cannot be used only costs time.
 * Thread-safe.
 */
final class ScriptCache {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path folder;

  ScriptCache(Path folder) {
    this.folder = folder;
  }

  /** {@code ~/.cache/molt/groovy}, or below {@code XDG_CACHE_HOME}. */
  static ScriptCache ofUser() {
    String set = System.getenv("XDG_CACHE_HOME");
    Path base =
        set == null || set.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(set);
    return new ScriptCache(base.resolve("molt").resolve("groovy"));
  }

  /**
   * The name under which classes are kept.
   *
   * @param made all that decides what they are
   */
  static String key(String... made) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : made) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The classes, by name, the script's own first; empty where none are kept. */
  Optional<Map<String, byte[]>> load(String key) {
    Path file = folder.resolve(key);
    try {
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      // What stands here is run instead of the script.
      Trust.ofUser().check(file);
      byte[] kept = Files.readAllBytes(file);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(kept));
      if (in.readLong() != sum(kept)) {
        return Optional.empty();
      }
      Map<String, byte[]> classes = new LinkedHashMap<>();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        String name = in.readUTF();
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        classes.put(name, bytes);
      }
      return Optional.of(classes);
    } catch (IOException | NegativeArraySizeException | DiagnosticException e) {
      return Optional.empty();
    }
  }

  /** Of what comes after it: a file that was cut off or damaged is none. */
  private static long sum(byte[] kept) {
    CRC32 sum = new CRC32();
    sum.update(kept, Long.BYTES, Math.max(0, kept.length - Long.BYTES));
    return sum.getValue();
  }

  /** Keeps classes. */
  void store(String key, Map<String, byte[]> classes) {
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, OWNER_ONLY);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeLong(0);
      out.writeInt(classes.size());
      for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeInt(entry.getValue().length);
        out.write(entry.getValue());
      }
      byte[] kept = bytes.toByteArray();
      ByteBuffer.wrap(kept).putLong(sum(kept));
      Path fresh = Files.createTempFile(folder, "new", "");
      Files.write(fresh, kept);
      Files.move(fresh, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | UnsupportedOperationException e) {
      // The next run compiles again.
    }
  }
}
