package dev.molt.dsl.inventory;

import dev.molt.dsl.inventory.PatternPart.Kind;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.Nodes;
import dev.molt.dsl.yaml.ScalarNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Chooses hosts, as {@code hosts:} of a play and {@code --limit} do: names of hosts and groups,
 * globs, {@code ~regular expressions}, subscripts such as {@code web[0]} and {@code web[1:3]},
 * joined by {@code ,} or {@code :}; {@code !} takes hosts out, {@code &} keeps only these.
 *
 * <p>Unlike with Ansible, a part that matches nothing is an error: a play that silently runs
 * nowhere looks like one that succeeded. Immutable and thread-safe.
 */
public final class HostPattern {
  private static final Pattern PIECE = Pattern.compile("(?:[^\\s:\\[\\]]|\\[[^\\]]*\\])+");
  private static final Pattern ADDRESS = Pattern.compile("[!&]?[0-9a-fA-F:.]+");

  private final String text;
  private final List<PatternPart> parts;

  private HostPattern(String text, List<PatternPart> parts) {
    this.text = text;
    this.parts = List.copyOf(parts);
  }

  /** Reads a pattern that stands in no file. */
  public static HostPattern parse(String text) {
    return parse(text, TextOrigin.of(Source.inline("host pattern", text)));
  }

  /**
   * Reads a pattern.
   *
   * @param origin where its text stands, for errors
   * @throws dev.molt.dsl.source.DiagnosticException where it is malformed or empty
   */
  public static HostPattern parse(String text, TextOrigin origin) {
    List<PatternPart> parts = new ArrayList<>();
    split(text, origin, parts);
    return checked(text, parts, origin);
  }

  /** Reads a pattern that is a text or a list of texts; templates are evaluated before. */
  public static HostPattern parse(Node node) {
    List<PatternPart> parts = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Node item : Nodes.itemsOrSelf(node)) {
      ScalarNode scalar = Nodes.requireScalar(item, "a host pattern");
      texts.add(scalar.text());
      split(scalar.text(), scalar.origin(), parts);
    }
    return checked(String.join(",", texts), parts, (offset, length) -> node.position());
  }

  /**
   * Reads what {@code --limit} gives: a pattern in which {@code @file} stands for the patterns in
   * the lines of that file.
   *
   * @param directory where relative file names begin
   */
  public static HostPattern limit(String text, Path directory) {
    TextOrigin origin = TextOrigin.of(Source.inline("--limit", text));
    List<PatternPart> parts = new ArrayList<>();
    int offset = 0;
    for (String piece : text.split(",", -1)) {
      int start = offset;
      int file = piece.indexOf('@');
      if (file >= 0 && (piece.substring(0, file).isBlank() || piece.charAt(file - 1) == ':')) {
        split(piece.substring(0, file), (o, l) -> origin.at(start + o, l), parts);
        file(directory.resolve(piece.substring(file + 1).strip()), parts);
      } else {
        split(piece, (o, l) -> origin.at(start + o, l), parts);
      }
      offset += piece.length() + 1;
    }
    return checked(text, parts, origin);
  }

  private static void file(Path file, List<PatternPart> parts) {
    if (Files.isDirectory(file)) {
      throw Diagnostic.error(
              "what stands behind the '@' of --limit must be a file: " + file + " is a directory")
          .asException();
    }
    Source source = SourceFiles.read(file);
    int at = 0;
    for (int line = 1; line <= source.lineCount(); line++) {
      int lineStart = at;
      String pattern = source.line(line);
      if (!pattern.isBlank() && !pattern.startsWith("#")) {
        split(pattern, (o, l) -> source.at(lineStart + o, l), parts);
      }
      at = source.text().indexOf('\n', at) + 1;
    }
  }

  /**
   * The hosts, each once, in the order of the pattern's parts, and within a group in its order.
   * {@code localhost} gives an implicit host where the inventory has none of that name.
   *
   * @return empty only where everything that was named is there, but has no hosts or none that the
   *     {@code !} and {@code &} parts leave
   * @throws dev.molt.dsl.source.DiagnosticException where a part matches neither host nor group,
   *     and where there are no hosts at all
   */
  public List<Host> select(Inventory inventory) {
    return select(inventory, Mismatch.ERROR, warning -> {});
  }

  /**
   * The same, with a choice of what it means when a part matches neither host nor group.
   *
   * @param warnings told of each such part where that is a warning
   */
  public List<Host> select(Inventory inventory, Mismatch mismatch, Consumer<Diagnostic> warnings) {
    Diagnostics problems = new Diagnostics();
    PatternMatcher matcher = new PatternMatcher(inventory, mismatch, problems);
    List<Host> hosts = select(inventory, matcher);
    if (mismatch == Mismatch.ERROR
        && hosts.isEmpty()
        && inventory.hosts().isEmpty()
        && !problems.hasErrors()) {
      problems.add(matcher.nothing(parts.get(0)));
    }
    problems.throwIfErrors();
    problems.all().forEach(warnings);
    return hosts;
  }

  /**
   * The same, but a part that matches nothing only leaves a problem behind, and having no hosts at
   * all is none.
   */
  public List<Host> select(Inventory inventory, Diagnostics problems) {
    return select(inventory, new PatternMatcher(inventory, Mismatch.ERROR, problems));
  }

  private List<Host> select(Inventory inventory, PatternMatcher matcher) {
    Map<String, Host> chosen = new LinkedHashMap<>();
    if (parts.stream().noneMatch(p -> p.kind() == Kind.ADD)) {
      inventory.hosts().forEach(h -> chosen.put(h.name(), h));
    }
    for (Kind kind : Kind.values()) {
      for (PatternPart part : parts) {
        if (part.kind() == kind) {
          Map<String, Host> matched = matcher.match(part);
          switch (kind) {
            case ADD -> matched.forEach(chosen::putIfAbsent);
            case AND -> chosen.keySet().retainAll(matched.keySet());
            case NOT -> chosen.keySet().removeAll(matched.keySet());
          }
        }
      }
    }
    return List.copyOf(chosen.values());
  }

  /** Those of this pattern's hosts that {@code limit} chooses as well, in this pattern's order. */
  public List<Host> select(Inventory inventory, HostPattern limit) {
    return select(inventory, limit, Mismatch.ERROR, warning -> {});
  }

  /** The same, with a choice as above. */
  public List<Host> select(
      Inventory inventory, HostPattern limit, Mismatch mismatch, Consumer<Diagnostic> warnings) {
    Set<String> allowed =
        limit.select(inventory, mismatch, warnings).stream()
            .map(Host::name)
            .collect(Collectors.toSet());
    return select(inventory, mismatch, warnings).stream()
        .filter(h -> allowed.contains(h.name()))
        .toList();
  }

  private static HostPattern checked(String text, List<PatternPart> parts, TextOrigin origin) {
    if (parts.isEmpty()) {
      throw Diagnostic.error(origin.at(0, 1), "the host pattern is empty")
          .withHint("name hosts or groups, or write 'all', which is what Ansible would take it for")
          .asException();
    }
    return new HostPattern(text, parts);
  }

  private static void split(String text, TextOrigin origin, List<PatternPart> parts) {
    int offset = 0;
    for (String piece : text.split(",", -1)) {
      int start = offset;
      String stripped = piece.strip();
      boolean whole = stripped.startsWith("~") && text.contains(",");
      if (whole || isIpv6(stripped)) {
        parts.add(PatternPart.parse(stripped, start + piece.indexOf(stripped), origin));
      } else if (!stripped.isEmpty()) {
        // What is not part of a piece separates; only brackets without a partner are left over.
        Matcher matcher = PIECE.matcher(piece);
        int end = 0;
        while (matcher.find()) {
          requireSeparator(piece, end, matcher.start(), start, origin);
          end = matcher.end();
          parts.add(PatternPart.parse(matcher.group(), start + matcher.start(), origin));
        }
        requireSeparator(piece, end, piece.length(), start, origin);
      }
      offset += piece.length() + 1;
    }
  }

  /** An address, and not names such as {@code aa:bb:cc} side by side. */
  private static boolean isIpv6(String piece) {
    long colons = piece.chars().filter(c -> c == ':').count();
    return colons >= 2
        && colons <= 8
        && (colons == 7 || piece.contains("::"))
        && ADDRESS.matcher(piece).matches();
  }

  private static void requireSeparator(
      String piece, int from, int to, int start, TextOrigin origin) {
    for (int i = from; i < to; i++) {
      if ("[]".indexOf(piece.charAt(i)) >= 0) {
        throw Diagnostic.error(origin.at(start + i, 1), "a bracket without its partner")
            .asException();
      }
    }
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
