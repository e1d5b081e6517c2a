package dev.molt.runner.module.files;

import java.util.List;
import java.util.Map;

/** The names of the flags that chattr(1) sets, as Ansible's results have them. */
public final class FileFlags {
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry((int) 'A', "noatime"),
          Map.entry((int) 'a', "append"),
          Map.entry((int) 'c', "compressed"),
          Map.entry((int) 'C', "nocow"),
          Map.entry((int) 'd', "nodump"),
          Map.entry((int) 'D', "dirsync"),
          Map.entry((int) 'e', "extents"),
          Map.entry((int) 'E', "encrypted"),
          Map.entry((int) 'h', "blocksize"),
          Map.entry((int) 'i', "immutable"),
          Map.entry((int) 'I', "indexed"),
          Map.entry((int) 'j', "journalled"),
          Map.entry((int) 'N', "inline"),
          Map.entry((int) 's', "zero"),
          Map.entry((int) 'S', "synchronous"),
          Map.entry((int) 't', "notail"),
          Map.entry((int) 'T', "blockroot"),
          Map.entry((int) 'u', "undelete"),
          Map.entry((int) 'X', "compressedraw"),
          Map.entry((int) 'Z', "compresseddirty"));

  private FileFlags() {}

  /** The names of the letters that have one. */
  public static List<String> names(String letters) {
    return letters.chars().filter(NAMES::containsKey).mapToObj(NAMES::get).toList();
  }
}
