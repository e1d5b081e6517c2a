package dev.molt.runner.module.files.archive;

import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.files.TreeEntry;
import dev.molt.runner.module.files.TreeSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What of an archive is wanted, under the names it gets.
 *
 * @param chosen by the number of the entry in the archive
 */
public record ArchiveSelection(Archive archive, Map<Integer, TreeEntry> chosen)
    implements TreeSource {

  /**
   * Selects.
   *
   * @param include names or patterns; all where it is empty
   * @param exclude names or patterns; as tar's, {@code *} matches slashes, too
   * @param strip how many leading parts of the names to drop, and entries with no more than those
   * @throws ModuleException if nothing matches an include, or a hard link loses its file
   */
  public static ArchiveSelection of(
      Archive archive, List<String> include, List<String> exclude, int strip)
      throws ModuleException {
    Map<Integer, TreeEntry> chosen = new HashMap<>();
    Set<String> files = new HashSet<>();
    Set<String> unused = new HashSet<>(include);
    for (int i = 0; i < archive.entries().size(); i++) {
      TreeEntry entry = archive.entries().get(i);
      boolean in = include.isEmpty();
      for (String pattern : include) {
        if (matches(pattern, entry.path())) {
          unused.remove(pattern);
          in = true;
        }
      }
      String name = strip(entry.path(), strip);
      if (in
          && exclude.stream().noneMatch(p -> matches(p, entry.path()))
          && (!name.isEmpty() || strip == 0)) {
        boolean hard = entry.isFile() && entry.link().isPresent();
        Optional<String> link = hard ? entry.link().map(l -> strip(l, strip)) : entry.link();
        if (hard && !files.contains(link.get())) {
          throw new ModuleException(
              entry.path() + " is a hard link to " + entry.link().get() + ", which is left out");
        }
        TreeEntry renamed =
            new TreeEntry(
                name,
                entry.kind(),
                entry.mode(),
                entry.owner(),
                entry.size(),
                entry.sha256(),
                link,
                entry.modified());
        chosen.put(i, renamed);
        files.add(name);
      }
    }
    if (!unused.isEmpty()) {
      throw new ModuleException(archive.file() + " holds nothing that matches " + unused);
    }
    return new ArchiveSelection(archive, chosen);
  }

  /** The entries in the archive's order. */
  public Collection<TreeEntry> entries() {
    List<TreeEntry> entries = new ArrayList<>();
    chosen.keySet().stream().sorted().forEach(i -> entries.add(chosen.get(i)));
    return entries;
  }

  private static String strip(String path, int count) {
    String rest = path;
    for (int i = 0; i < count; i++) {
      int slash = rest.indexOf('/');
      if (slash < 0) {
        return "";
      }
      rest = rest.substring(slash + 1);
    }
    return rest;
  }

  private static boolean matches(String pattern, String path) {
    String plain = EntryNames.normal(pattern);
    if (path.equals(plain) || path.startsWith(plain + "/")) {
      return true;
    }
    StringBuilder regex = new StringBuilder("(.*/)?");
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex + "(/.*)?", Pattern.DOTALL).matcher(path).matches();
  }

  @Override
  public void stream(Predicate<TreeEntry> wanted, Sink sink) throws IOException {
    Set<TreeEntry> sent = new HashSet<>();
    try {
      ArchiveReader.read(
          archive.file(),
          (number, raw, in) -> {
            TreeEntry entry = chosen.get(number);
            if (entry != null && raw.type() == EntryType.FILE) {
              if (wanted.test(entry) && sent.add(entry)) {
                sink.file(entry, in);
              }
            }
          });
    } catch (ModuleException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
