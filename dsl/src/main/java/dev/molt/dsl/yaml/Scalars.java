package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.yaml.ScalarNode.Style;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.events.ScalarEvent;

/** Makes scalar nodes: style, value, tag and origin. */
final class Scalars {
  static final String YAML_TAG = "tag:yaml.org,2002:";
  static final String UNSAFE = "!unsafe";
  private static final Set<String> KEPT_TAGS = Set.of("!vault", "!vault-encrypted", UNSAFE);

  private final Source source;
  private final Offsets offsets;
  private final Diagnostics problems;

  Scalars(Source source, Offsets offsets, Diagnostics problems) {
    this.source = source;
    this.offsets = offsets;
    this.problems = problems;
  }

  ScalarNode node(ScalarEvent event) {
    int start = offsets.of(event);
    int content = skipProperties(start, event);
    int end = Math.max(content, offsets.of(event.getEndMark()));
    Style style = style(event);
    Position position = source.at(start, firstLineLength(start, end));
    String tag = event.getTag() == null || event.getTag().equals("!") ? "" : event.getTag();
    return new ScalarNode(
        position,
        event.getValue(),
        value(event, style, position),
        style,
        KEPT_TAGS.contains(tag) ? tag : "",
        new ScalarOrigin(source, content, style, event.getValue()));
  }

  /** Stands in for what could not be read, so that the rest still can. */
  ScalarNode placeholder(Position position) {
    return new ScalarNode(
        position, "", NullValue.NULL, Style.PLAIN, "", (offset, length) -> position);
  }

  /** The same tree with every string marked as unsafe: never to be taken for a template. */
  static Node unsafe(Node node) {
    if (node instanceof SequenceNode list) {
      return new SequenceNode(list.position(), list.items().stream().map(Scalars::unsafe).toList());
    } else if (node instanceof MappingNode map) {
      List<MappingNode.Entry> entries =
          map.entries().stream()
              .map(e -> new MappingNode.Entry(e.key(), unsafe(e.value())))
              .toList();
      return new MappingNode(map.position(), entries);
    }
    ScalarNode scalar = (ScalarNode) node;
    return scalar.isString() && scalar.tag().isEmpty()
        ? new ScalarNode(
            scalar.position(),
            scalar.text(),
            scalar.value(),
            scalar.style(),
            UNSAFE,
            scalar.origin())
        : scalar;
  }

  Diagnostic refuseTag(String tag, String kind, Position position) {
    String shown = tag.startsWith(YAML_TAG) ? "!!" + tag.substring(YAML_TAG.length()) : tag;
    return Diagnostic.error(position, "the tag '" + shown + "' is not supported on " + kind)
        .withHint("known tags are !vault, !unsafe, !!str, !!int, !!float, !!bool and !!null");
  }

  private Value value(ScalarEvent event, Style style, Position position) {
    String text = event.getValue();
    String tag = event.getTag();
    if (tag == null) {
      return style == Style.PLAIN ? resolve(text, position) : new StrValue(text);
    } else if (tag.equals("!") || tag.equals(YAML_TAG + "str") || KEPT_TAGS.contains(tag)) {
      return new StrValue(text);
    }
    String type = tag.startsWith(YAML_TAG) ? tag.substring(YAML_TAG.length()) : "";
    if (!Set.of("int", "float", "bool", "null").contains(type)) {
      problems.add(refuseTag(tag, "a single value", position));
      return new StrValue(text);
    }
    Optional<Value> value = Yaml11.parse(type, text);
    if (value.isEmpty()) {
      problems.add(Diagnostic.error(position, "'" + text + "' is not a !!" + type));
    }
    return value.orElse(NullValue.NULL);
  }

  private Value resolve(String text, Position position) {
    if (Yaml11.isOversizedInt(text)) {
      problems.add(
          Diagnostic.error(position, "a number of more than " + Yaml11.MAX_DIGITS + " characters")
              .withHint("put it in quotes if it is a text"));
      return new StrValue(text);
    }
    return Yaml11.resolve(text);
  }

  private static Style style(ScalarEvent event) {
    return switch (event.getScalarStyle()) {
      case SINGLE_QUOTED -> Style.SINGLE_QUOTED;
      case DOUBLE_QUOTED -> Style.DOUBLE_QUOTED;
      case LITERAL -> Style.LITERAL;
      case FOLDED -> Style.FOLDED;
      default -> Style.PLAIN;
    };
  }

  /** Past anchor and tag, which the event's start includes. */
  private int skipProperties(int start, ScalarEvent event) {
    String text = source.text();
    int at = start;
    if (event.getAnchor() == null && event.getTag() == null) {
      return at;
    }
    while (at < text.length() && (text.charAt(at) == '&' || text.charAt(at) == '!')) {
      while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      while (at < text.length()
          && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '#')) {
        at = text.charAt(at) == '#' ? lineEnd(at) : at + 1;
      }
    }
    return at;
  }

  private int firstLineLength(int start, int end) {
    String text = source.text();
    int stop = Math.min(end, lineEnd(start));
    while (stop > start && Character.isWhitespace(text.charAt(stop - 1))) {
      stop--;
    }
    return Math.max(1, stop - start);
  }

  private int lineEnd(int from) {
    int end = source.text().indexOf('\n', from);
    return end < 0 ? source.text().length() : end;
  }
}
