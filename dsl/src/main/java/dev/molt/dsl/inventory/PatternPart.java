package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.TextOrigin;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One part of a host pattern.
 *
 * @param text without its {@code !} or {@code &} and its subscript
 * @param regex how names are matched; empty for a plain name
 */
record PatternPart(
    Kind kind,
    String text,
    Optional<Pattern> regex,
    Optional<Subscript> subscript,
    Position position) {

  /** What a part does with the hosts that it matches, in the order in which that is done. */
  enum Kind {
    ADD,
    AND,
    NOT
  }

  /**
   * A choice among the hosts that were matched.
   *
   * @param first from 0; a negative one counts from the end
   * @param last of a slice, itself included; empty for the end. A single host where not a slice
   */
  record Subscript(int first, boolean slice, Optional<Integer> last) {}

  private static final Pattern SUBSCRIPT =
      Pattern.compile("(.+)\\[(?:(-?[0-9]{1,8})|([0-9]{1,8})[:-]([0-9]{0,8}))\\]");

  static PatternPart parse(String written, int offset, TextOrigin origin) {
    Position position = origin.at(offset, written.length());
    Kind kind = written.startsWith("!") ? Kind.NOT : written.startsWith("&") ? Kind.AND : Kind.ADD;
    String text = kind == Kind.ADD ? written : written.substring(1);
    if (text.isEmpty()) {
      throw Diagnostic.error(position, "nothing follows the '" + written + "'").asException();
    }
    Optional<Subscript> subscript = Optional.empty();
    Matcher matcher = SUBSCRIPT.matcher(text);
    if (!text.startsWith("~") && matcher.matches()) {
      text = matcher.group(1);
      subscript = Optional.of(subscript(matcher));
    }
    return new PatternPart(kind, text, regex(text, position), subscript, position);
  }

  private static Subscript subscript(Matcher matcher) {
    if (matcher.group(2) != null) {
      return new Subscript(Integer.parseInt(matcher.group(2)), false, Optional.empty());
    }
    Optional<Integer> last =
        Optional.of(matcher.group(4)).filter(t -> !t.isEmpty()).map(Integer::valueOf);
    return new Subscript(Integer.parseInt(matcher.group(3)), true, last);
  }

  private static Optional<Pattern> regex(String text, Position position) {
    if (text.startsWith("~")) {
      try {
        return Optional.of(Pattern.compile(text.substring(1)));
      } catch (PatternSyntaxException e) {
        throw Diagnostic.error(
                position,
                "not a regular expression: "
                    + e.getDescription().toLowerCase(java.util.Locale.ROOT))
            .asException();
      }
    }
    boolean glob = text.chars().anyMatch(c -> "*?[".indexOf(c) >= 0);
    return glob ? Optional.of(Pattern.compile(Glob.toRegex(text))) : Optional.empty();
  }

  boolean isRegularExpression() {
    return text.startsWith("~");
  }

  /** A regular expression has to match the beginning of a name, a glob all of it. */
  boolean matches(String name) {
    return regex
        .map(r -> isRegularExpression() ? r.matcher(name).lookingAt() : r.matcher(name).matches())
        .orElseGet(() -> text.equals(name));
  }

  /** Whether hosts are looked at even where groups match, which is when Ansible does so. */
  boolean alsoHosts() {
    return regex.isPresent() || text.contains(".");
  }

  /** What the subscript leaves of these; what is wrong with it goes to {@code problems}. */
  List<Host> subscripted(List<Host> hosts, Consumer<Diagnostic> problems) {
    if (subscript.isEmpty() || hosts.isEmpty()) {
      return hosts;
    }
    Subscript wanted = subscript.get();
    int size = hosts.size();
    int first = wanted.first() < 0 ? size + wanted.first() : wanted.first();
    int last = wanted.slice() ? Math.min(wanted.last().orElse(size - 1), size - 1) : first;
    if (wanted.slice() && wanted.last().filter(l -> l < wanted.first()).isPresent()) {
      problems.accept(
          Diagnostic.error(position, "this slice of '" + text + "' ends before it begins")
              .withHint("both ends are included: [0:2] are the first three"));
      return List.of();
    } else if (first < 0 || first >= size) {
      problems.accept(
          Diagnostic.error(
                  position, "'%s' has only %d host%s".formatted(text, size, size == 1 ? "" : "s"))
              .withHint("subscripts count from 0, or from the end with [-1]"));
      return List.of();
    }
    return hosts.subList(first, last + 1);
  }
}
