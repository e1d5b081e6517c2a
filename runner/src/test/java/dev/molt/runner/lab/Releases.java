package dev.molt.runner.lab;

import static dev.molt.runner.lab.Cluster.NEW;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Release archives that something is wrong with, each in a folder of its own. */
final class Releases {
  private static final String RELEASE = "tegu-ent-v" + NEW + "-x86_64";

  private final Path good;

  Releases(Cluster cluster) {
    good = cluster.dir().resolve("releases").resolve(RELEASE + ".tar.gz");
  }

  /** The archive in a folder made by one of the others. */
  static Path in(Path folder) {
    return folder.resolve(RELEASE + ".tar.gz");
  }

  /** Ends in the middle, as after a broken download. */
  Path truncated(Path folder) throws IOException {
    byte[] all = Files.readAllBytes(good);
    Files.write(in(folder), Arrays.copyOf(all, all.length / 2));
    return folder;
  }

  /** Has a file more, under this name. */
  Path withEntry(Path folder, String name) throws IOException {
    return copy(folder, "", "", name);
  }

  /** Its server is a script. */
  Path withServer(Path folder, String script) throws IOException {
    return copy(folder, RELEASE + "/sbin/tegu", script, "");
  }

  private Path copy(Path folder, String replaced, String content, String added) throws IOException {
    GzipParameters quick = new GzipParameters();
    quick.setCompressionLevel(Deflater.BEST_SPEED);
    try (var in =
            new TarArchiveInputStream(
                new GzipCompressorInputStream(
                    new BufferedInputStream(Files.newInputStream(good))));
        var out =
            new TarArchiveOutputStream(
                new GzipCompressorOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(in(folder))), quick))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] bytes = in.readAllBytes();
        if (entry.getName().equals(replaced)) {
          bytes = content.getBytes(StandardCharsets.UTF_8);
        }
        put(out, entry.getName(), entry.getMode(), bytes);
      }
      if (!added.isEmpty()) {
        put(out, added, 0644, "harm\n".getBytes(StandardCharsets.UTF_8));
      }
    }
    return folder;
  }

  private static void put(TarArchiveOutputStream out, String name, int mode, byte[] bytes)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setMode(mode);
    entry.setSize(bytes.length);
    out.putArchiveEntry(entry);
    out.write(bytes);
    out.closeArchiveEntry();
  }
}
