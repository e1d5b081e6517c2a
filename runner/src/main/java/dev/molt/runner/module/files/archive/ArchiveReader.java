package dev.molt.runner.module.files.archive;

import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.files.TreeEntry.Owner;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Walks through an archive from its first byte to its last. Stateless. */
final class ArchiveReader {
  /** The JDK's default of 512 bytes takes twice as long. */
  private static final int BUFFER = 64 * 1024;

  private static final int TAR_BLOCK = 512;

  private ArchiveReader() {}

  /** Takes the entries in the archive's order. */
  @FunctionalInterface
  interface Visitor {
    /** An entry; the stream holds a file's content until this returns. */
    void entry(int number, RawEntry entry, InputStream in) throws IOException;
  }

  /**
   * Visits every entry, and reads the archive to its end: a checksum that comes last is checked.
   *
   * @throws ModuleException naming the archive and what is wrong with it
   * @throws SinkException if the visitor failed, which says nothing about the archive
   */
  static void read(Path archive, Visitor visitor) throws ModuleException, IOException {
    Visitor guarded =
        (number, entry, in) -> {
          try {
            visitor.entry(number, entry, new SourceStream(in));
          } catch (SourceException e) {
            throw e.unwrap();
          } catch (IOException e) {
            throw new SinkException(e);
          }
        };
    try (CountingInput file = new CountingInput(Files.newInputStream(archive))) {
      byte[] magic = magic(archive);
      if (starts(magic, 'P', 'K')) {
        zip(archive, guarded);
      } else if (starts(magic, 0x1f, 0x8b)) {
        compressedTar(archive, file, guarded, true);
      } else if (starts(magic, 'B', 'Z', 'h')) {
        compressedTar(archive, file, guarded, false);
      } else if (starts(magic, 0xfd, '7', 'z', 'X', 'Z') || starts(magic, 0x28, 0xb5, 0x2f, 0xfd)) {
        throw new ModuleException(
            archive
                + " is compressed with "
                + (magic[0] == 0x28 ? "zstd" : "xz")
                + ", which is not supported: repack it as tar.gz");
      } else if (new String(magic, StandardCharsets.ISO_8859_1).startsWith("ustar", 257)) {
        tar(archive, file, file, guarded);
      } else {
        throw new ModuleException(
            archive + " is no archive that is known: tar, tar.gz, tar.bz2 and zip are");
      }
    } catch (SinkException e) {
      throw e.failure;
    }
  }

  private static byte[] magic(Path archive) throws IOException {
    try (InputStream in = Files.newInputStream(archive)) {
      return in.readNBytes(TAR_BLOCK);
    }
  }

  private static boolean starts(byte[] bytes, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static void compressedTar(Path archive, CountingInput file, Visitor visitor, boolean gzip)
      throws ModuleException, IOException {
    try (InputStream plain =
        gzip ? new GZIPInputStream(file, BUFFER) : new BZip2CompressorInputStream(file, true)) {
      tar(archive, file, plain, visitor);
    } catch (SinkException e) {
      throw e;
    } catch (IOException e) {
      throw broken(archive, file, e);
    }
  }

  private static void tar(Path archive, CountingInput file, InputStream plain, Visitor visitor)
      throws ModuleException, IOException {
    CountingInput tail = new CountingInput(plain);
    try {
      TarArchiveInputStream tar = new TarArchiveInputStream(tail, "UTF-8");
      int number = 0;
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        visitor.entry(number++, raw(e), tar);
      }
      tail.drain();
    } catch (SinkException e) {
      throw e;
    } catch (IOException e) {
      throw broken(archive, file, e);
    }
    if (tail.trailingZeros < TAR_BLOCK) {
      throw new ModuleException(
          archive
              + " is truncated: it stops after "
              + tail.total
              + " bytes of tar without the mark that ends an archive");
    }
  }

  private static ModuleException broken(Path archive, CountingInput file, IOException e) {
    boolean end = file.ended;
    return new ModuleException(
        archive
            + (end
                    && (e instanceof EOFException
                        || String.valueOf(e.getMessage()).contains("runcated"))
                ? " is truncated: it ends unexpectedly after " + file.total + " bytes"
                : " is damaged at or before byte " + file.total)
            + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")"),
        e);
  }

  private static RawEntry raw(TarArchiveEntry e) {
    EntryType type =
        e.isDirectory()
            ? EntryType.DIRECTORY
            : e.isSymbolicLink()
                ? EntryType.LINK
                : e.isLink()
                    ? EntryType.HARD_LINK
                    : e.isFile() && !e.isFIFO() && !e.isCharacterDevice() && !e.isBlockDevice()
                        ? EntryType.FILE
                        : EntryType.OTHER;
    return new RawEntry(
        e.getName(),
        type,
        Optional.of(e.getMode() & 07777),
        Optional.of(
            new Owner(e.getLongUserId(), e.getUserName(), e.getLongGroupId(), e.getGroupName())),
        type == EntryType.FILE ? e.getRealSize() : 0,
        e.getLinkName(),
        e.getLastModifiedTime().toMillis() / 1000,
        -1);
  }

  private static void zip(Path archive, Visitor visitor) throws ModuleException, IOException {
    try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
      int number = 0;
      Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder();
      while (entries.hasMoreElements()) {
        ZipArchiveEntry e = entries.nextElement();
        try (InputStream in = zip.getInputStream(e)) {
          visitor.entry(number++, raw(e, zip), in);
        }
      }
    } catch (SinkException e) {
      throw e;
    } catch (IOException e) {
      throw new ModuleException(
          archive
              + " is damaged or truncated ("
              + Files.size(archive)
              + " bytes): "
              + e.getMessage(),
          e);
    }
  }

  private static RawEntry raw(ZipArchiveEntry e, ZipFile zip) throws IOException {
    EntryType type =
        e.isDirectory() ? EntryType.DIRECTORY : e.isUnixSymlink() ? EntryType.LINK : EntryType.FILE;
    int mode = e.getUnixMode() & 07777;
    return new RawEntry(
        e.getName(),
        type,
        mode == 0 ? Optional.empty() : Optional.of(mode),
        Optional.empty(),
        type == EntryType.FILE ? e.getSize() : 0,
        type == EntryType.LINK ? zip.getUnixSymlink(e) : "",
        e.getLastModifiedTime().toMillis() / 1000,
        type == EntryType.FILE ? e.getCrc() : -1);
  }
}
