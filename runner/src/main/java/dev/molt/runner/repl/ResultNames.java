package dev.molt.runner.repl;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the variables that hold results for {@code $1} and {@code $_}, where an expression is: no
 * variable of the language can begin with a dollar sign. {@code $1} is the result of the host that
 * the expression is evaluated for, {@code $1.n2} that of another. Mistakes in what comes of it are
 * still shown at the place where they were typed.
 */
final class ResultNames {
  /** Keywords and options whose text is an expression without braces. */
  private static final Set<String> BARE =
      Set.of("when", "until", "changed_when", "failed_when", "that", "var");

  private static final Pattern NAME = Pattern.compile("\\$(\\d+|_)(?!\\w)");
  private static final Pattern HOST =
      Pattern.compile("\\.([A-Za-z_]\\w*)|\\[\\s*(?:'([^']*)'|\"([^\"]*)\")\\s*\\]");
  private static final Pattern BARE_OPTION = Pattern.compile("(?:^|\\s)(?:var|that)=[\"']?");

  /**
   * A result that can be named.
   *
   * @param variable where it is registered; empty where it is not
   * @param value what of it is meant: nothing, or {@code .msg}
   * @param hosts those that have one
   */
  record Named(Optional<String> variable, String value, Set<String> hosts) {}

  private final IntFunction<Optional<Named>> results;
  private final int last;

  /**
   * @param results by number, from 1 on
   * @param last the number of the result that {@code $_} is; 0 where there is none
   */
  ResultNames(IntFunction<Optional<Named>> results, int last) {
    this.results = results;
    this.last = last;
  }

  /** A task, or a list of them. */
  Node in(Node node) {
    return in(node, false);
  }

  private Node in(Node node, boolean bare) {
    if (node instanceof ScalarNode scalar) {
      return scalar.isString() && !scalar.isUnsafe() && !scalar.isVault() ? in(scalar, bare) : node;
    } else if (node instanceof SequenceNode list) {
      return new SequenceNode(
          list.position(), list.items().stream().map(i -> in(i, bare)).toList());
    }
    MappingNode mapping = (MappingNode) node;
    return new MappingNode(
        mapping.position(),
        mapping.entries().stream()
            .map(e -> new MappingNode.Entry(e.key(), in(e.value(), BARE.contains(e.key().text()))))
            .toList());
  }

  /**
   * One text.
   *
   * @param bare whether all of it is an expression, braces or not
   * @throws dev.molt.dsl.source.DiagnosticException for a result that there is not
   */
  ScalarNode in(ScalarNode scalar, boolean bare) {
    String text = scalar.text();
    if (text.indexOf('$') < 0) {
      return scalar;
    }
    Out out = new Out();
    boolean always = bare && !text.contains("{{");
    int braces = 0;
    char quote = 0;
    Matcher option = BARE_OPTION.matcher(text);
    int optionUntil = -1;
    char optionQuote = 0;
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (text.startsWith("{{", i) || text.startsWith("{%", i)) {
        braces++;
      } else if (quote == 0 && (text.startsWith("}}", i) || text.startsWith("%}", i))) {
        braces = Math.max(0, braces - 1);
      }
      if (braces == 0 && option.region(i, text.length()).lookingAt()) {
        optionUntil = option.end();
        char before = text.charAt(optionUntil - 1);
        optionQuote = before == '"' || before == '\'' ? before : 0;
      } else if (optionUntil >= 0
          && i >= optionUntil
          && (optionQuote == 0 ? Character.isWhitespace(c) : c == optionQuote)) {
        optionUntil = -1;
      }
      boolean expression = always || braces > 0 || (optionUntil >= 0 && i >= optionUntil);
      Matcher name = NAME.matcher(text).region(i, text.length());
      if (quote != 0 && c == '\\' && i + 1 < text.length()) {
        out.keep(c, i++);
        out.keep(text.charAt(i), i++);
        continue;
      }
      if (expression && (always || braces > 0) && (c == '"' || c == '\'')) {
        quote = quote == 0 ? c : quote == c ? 0 : quote;
      } else if (!expression) {
        quote = 0;
      }
      if (expression && quote == 0 && c == '$' && name.lookingAt()) {
        i = replaced(scalar, name, out);
        continue;
      }
      out.keep(c, i++);
    }
    return out.node(scalar);
  }

  /** Gives the offset behind what was replaced. */
  private int replaced(ScalarNode scalar, Matcher name, Out out) {
    String number = name.group(1);
    int wanted = number.equals("_") ? last : number.length() > 6 ? 0 : Integer.parseInt(number);
    Optional<Named> found = wanted == 0 ? Optional.empty() : results.apply(wanted);
    if (found.isEmpty()) {
      throw Diagnostic.error(
              scalar.origin().at(name.start(), name.end() - name.start()),
              "there is no result " + name.group())
          .withHint(
              last == 0
                  ? "results are numbered from 1 on, as lines are run"
                  : "the last one is $" + last + "; :results lists them")
          .asException();
    }
    Named named = found.get();
    if (named.variable().isEmpty()) {
      throw Diagnostic.error(
              scalar.origin().at(name.start(), name.end() - name.start()),
              name.group() + " is of a line that gives no result")
          .withHint("name it yourself: 'register: NAME' at the task whose result you want")
          .asException();
    }
    int end = name.end();
    Matcher host = HOST.matcher(scalar.text()).region(end, scalar.text().length());
    String variable = named.variable().get() + named.value();
    if (host.lookingAt()) {
      String other =
          host.group(1) != null
              ? host.group(1)
              : host.group(2) != null ? host.group(2) : host.group(3);
      if (named.hosts().contains(other)) {
        variable = "hostvars['" + other + "']." + variable;
        end = host.end();
      }
    }
    out.put(variable, name.start(), end);
    return end;
  }

  /** The new text, and for each of its characters the place that it is from. */
  private static final class Out {
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> from = new ArrayList<>();

    void keep(char c, int at) {
      text.append(c);
      from.add(at);
    }

    void put(String piece, int start, int end) {
      for (int i = 0; i < piece.length(); i++) {
        from.add(i == piece.length() - 1 ? end - 1 : start);
      }
      text.append(piece);
    }

    ScalarNode node(ScalarNode whole) {
      String changed = text.toString();
      List<Integer> places = List.copyOf(from);
      return new ScalarNode(
          whole.position(),
          changed,
          new StrValue(changed),
          whole.style(),
          whole.tag(),
          (offset, length) -> {
            int first = place(places, offset);
            int behind = place(places, offset + Math.max(1, length) - 1) + 1;
            return whole.origin().at(first, Math.max(1, behind - first));
          });
    }

    private static int place(List<Integer> places, int offset) {
      if (places.isEmpty()) {
        return 0;
      }
      return places.get(Math.max(0, Math.min(offset, places.size() - 1)));
    }
  }
}
