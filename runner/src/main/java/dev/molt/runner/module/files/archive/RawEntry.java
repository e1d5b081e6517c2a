package dev.molt.runner.module.files.archive;

import dev.molt.runner.module.files.TreeEntry.Owner;
import java.util.Optional;

/**
 * An entry as an archive has it, before anybody trusts it.
 *
 * @param type what it is
 * @param link where a link leads, or the entry that a hard link is another name of
 * @param crc what a zip says the content's CRC-32 is; -1 where it does not
 */
record RawEntry(
    String name,
    EntryType type,
    Optional<Integer> mode,
    Optional<Owner> owner,
    long size,
    String link,
    long modified,
    long crc) {}
