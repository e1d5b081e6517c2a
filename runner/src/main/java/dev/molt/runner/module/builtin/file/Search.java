package dev.molt.runner.module.builtin.file;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.FileQuery;
import dev.molt.runner.module.files.HostFiles;
import dev.molt.runner.module.files.HostPath;
import dev.molt.runner.module.files.StatKeys;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One search of find: the paths are looked through in their order, in each directory what is no
 * directory before what is, and then what is below. Used once.
 */
final class Search {
  private static final Pattern DENIED =
      Pattern.compile("(find|stat): (?:cannot statx? )?'?(.*?)'?: Permission denied");

  /** Deeper than any path can be. */
  private static final int UNLIMITED = 10_000;

  private static final int BATCH = 200;

  private final FindModule.Options options;
  private final Target target;
  private final FileFilter filter;
  private final List<Value> found = new ArrayList<>();
  private final List<String> files = new ArrayList<>();
  private final List<String> candidates = new ArrayList<>();
  private final Map<String, String> skipped = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private HostFiles host;
  private int examined;
  private boolean full;

  Search(FindModule.Options options, Target target) throws ModuleException {
    this.options = options;
    this.target = target;
    this.filter = new FileFilter(options);
  }

  /** What fits, as results describe it. */
  List<Value> found() {
    return found;
  }

  int examined() {
    return examined;
  }

  /** Paths that could not be looked at, and why. */
  Map<String, String> skipped() {
    return skipped;
  }

  List<String> warnings() {
    return warnings;
  }

  String message() {
    return !warnings.isEmpty()
        ? "Not all paths examined, check warnings for details"
        : full ? "Limit of matches reached" : "All paths examined";
  }

  void run() throws ModuleException, UnreachableException, InterruptedException {
    List<String> roots = new ArrayList<>();
    FileQuery query = new FileQuery().now();
    int depth = options.recurse() ? options.depth().map(d -> d + 1).orElse(UNLIMITED) : 1;
    for (String path : options.paths()) {
      String root = HostPath.on(target, "paths", path);
      roots.add(root);
      String real = HostPath.through(target.foreseen(), root, true);
      query.named(real).walk(real, options.follow(), depth);
    }
    host = query.ask(target);
    for (String root : roots) {
      search(root, HostPath.through(target.foreseen(), root, true));
    }
    for (String line : host.denied()) {
      denied(line);
    }
    if (options.getChecksum()) {
      digest();
    }
  }

  private void denied(String line) {
    Matcher matcher = DENIED.matcher(line);
    String path = matcher.matches() ? matcher.group(2) : line;
    String why = "[Errno 13] Permission denied: '" + path + "'";
    skipped.put(path, why);
    if (matcher.matches() && matcher.group(1).equals("stat")) {
      warnings.add("Skipped entry '" + path + "' due to this access issue: " + why + "\n");
    }
  }

  private void search(String root, String real)
      throws ModuleException, UnreachableException, InterruptedException {
    if (!host.behind(real).isDirectory()) {
      skip(root, "'" + root + "' is not a directory");
      return;
    }
    Map<String, List<String>> below = new TreeMap<>();
    host.tree(real)
        .keySet()
        .forEach(
            path -> {
              if (!path.equals(real)) {
                below.computeIfAbsent(HostPath.parent(path), p -> new ArrayList<>()).add(path);
              }
            });
    directory(real, 1, below);
    try {
      read();
    } catch (FileFilter.Unreadable e) {
      skip(root, e.getMessage());
    }
    candidates.clear();
  }

  /** Looks into the candidates, as many at once as one answer can hold. */
  private void read()
      throws FileFilter.Unreadable, ModuleException, UnreachableException, InterruptedException {
    List<String> batch = new ArrayList<>();
    long bytes = 0;
    for (String path : candidates) {
      long size = host.at(path).state().size();
      if (!batch.isEmpty() && (bytes + size > FileFilter.LIMIT || batch.size() >= BATCH)) {
        filter.containing(batch, target).forEach(this::add);
        batch.clear();
        bytes = 0;
      }
      batch.add(path);
      bytes += size;
    }
    if (!batch.isEmpty() && !full) {
      filter.containing(batch, target).forEach(this::add);
    }
  }

  private void skip(String root, String why) {
    skipped.put(root, why);
    warnings.add("Skipped '" + root + "' path due to this access issue: " + why + "\n");
  }

  private void directory(String path, int depth, Map<String, List<String>> below)
      throws ModuleException {
    List<String> first = new ArrayList<>();
    List<String> directories = new ArrayList<>();
    for (String each : below.getOrDefault(path, List.of())) {
      (isDirectory(each) ? directories : first).add(each);
    }
    examined += first.size() + directories.size();
    first.addAll(directories);
    boolean deeper = options.depth().filter(d -> d > 0 && depth > d).isEmpty();
    for (String each : first) {
      if (!full && deeper) {
        one(each);
      }
    }
    if (!options.recurse() || !deeper) {
      return;
    }
    for (String each : directories) {
      if (!full && (options.follow() || !host.at(each).isLink())) {
        directory(each, depth + 1, below);
      }
    }
  }

  private boolean isDirectory(String path) {
    return host.at(path).isDirectory() || host.isLinkToDirectory(path);
  }

  private void one(String path) throws ModuleException {
    if (!filter.fits(path, host.at(path), host)) {
      return;
    }
    if (filter.needsContent()) {
      candidates.add(path);
    } else {
      add(path);
    }
  }

  private void add(String path) {
    if (full) {
      return;
    }
    MapValue described = MapValue.empty().put("path", Value.of(path));
    described.put("pw_name", Value.of("")).put("gr_name", Value.of(""));
    StatKeys.put(described, host.at(path));
    found.add(described);
    files.add(path);
    full = options.limit().filter(l -> found.size() >= l).isPresent();
  }

  /** Digests what was found, and nothing else. */
  private void digest() throws ModuleException, UnreachableException, InterruptedException {
    List<String> regular = files.stream().filter(path -> host.at(path).isFile()).toList();
    if (regular.isEmpty()) {
      return;
    }
    HostFiles digested =
        new FileQuery().bulk(regular).digests(options.checksumAlgorithm().program()).ask(target);
    for (int i = 0; i < files.size(); i++) {
      MapValue described = (MapValue) found.get(i);
      digested.digest(files.get(i)).ifPresent(d -> described.put("checksum", Value.of(d)));
    }
  }
}
