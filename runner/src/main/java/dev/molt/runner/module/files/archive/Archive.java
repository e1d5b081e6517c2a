package dev.molt.runner.module.files.archive;

import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.files.Digests;
import dev.molt.runner.module.files.TreeEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * An archive that has been read through once: sound, and with nothing in it that would leave the
 * directory it is unpacked in.
 *
 * @param file where it is on the controller
 * @param entries in the archive's order; where an entry's index is its number in the file
 */
public record Archive(Path file, List<TreeEntry> entries) {

  /**
   * Reads and digests all of it.
   *
   * @throws ModuleException naming the archive and what is wrong: truncated, damaged, unsafe
   */
  public static Archive read(Path file) throws ModuleException {
    List<TreeEntry> entries = new ArrayList<>();
    Map<String, TreeEntry> files = new HashMap<>();
    Set<String> links = new HashSet<>();
    List<String> refused = new ArrayList<>();
    try {
      ArchiveReader.read(
          file,
          (number, raw, in) -> {
            MessageDigest digest = Digests.sha256();
            CRC32 crc = new CRC32();
            if (raw.type() == EntryType.FILE) {
              long read = Digests.update(new CheckedInputStream(in, crc), digest);
              if (raw.crc() >= 0 && raw.crc() != crc.getValue()) {
                throw new SourceException(
                    new IOException("the content of " + raw.name() + " has another CRC"));
              }
              if (read != raw.size()) {
                throw new SourceException(
                    new IOException(raw.name() + " has " + read + " bytes, not " + raw.size()));
              }
            }
            String path = EntryNames.normal(raw.name());
            String why = EntryNames.refusal(path, raw, links, files.keySet());
            if (!why.isEmpty()) {
              refused.add(raw.name() + " " + why);
            }
            TreeEntry entry = entry(raw, path, Digests.hex(digest), files);
            links.remove(path);
            if (raw.type() == EntryType.LINK) {
              links.add(path);
            } else if (entry.isFile()) {
              files.put(path, entry);
            }
            entries.add(entry);
          });
    } catch (IOException e) {
      throw new ModuleException("cannot read " + file + ": " + e.getMessage(), e);
    }
    if (!refused.isEmpty()) {
      throw new ModuleException(
          file
              + " is not unpacked, since it holds what could do harm: "
              + String.join("; ", refused.subList(0, Math.min(5, refused.size()))));
    }
    return new Archive(file, List.copyOf(entries));
  }

  private static TreeEntry entry(
      RawEntry raw, String path, String sha256, Map<String, TreeEntry> files) {
    // A hard link is a file with the content of the one it is another name of.
    TreeEntry same =
        raw.type() == EntryType.HARD_LINK ? files.get(EntryNames.normal(raw.link())) : null;
    Kind kind =
        switch (raw.type()) {
          case FILE, HARD_LINK -> Kind.FILE;
          case DIRECTORY -> Kind.DIRECTORY;
          case LINK -> Kind.LINK;
          case OTHER -> Kind.OTHER;
        };
    Optional<String> link =
        switch (raw.type()) {
          case LINK -> Optional.of(raw.link());
          case HARD_LINK ->
              Optional.of(
                  same == null || same.link().isEmpty()
                      ? EntryNames.normal(raw.link())
                      : same.link().get());
          default -> Optional.empty();
        };
    return new TreeEntry(
        path,
        kind,
        same == null ? raw.mode() : same.mode(),
        same == null ? raw.owner() : same.owner(),
        same == null ? raw.size() : same.size(),
        kind == Kind.FILE ? same == null ? sha256 : same.sha256() : "",
        link,
        raw.modified());
  }
}
