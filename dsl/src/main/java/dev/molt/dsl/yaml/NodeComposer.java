package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.Suggestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Builds nodes out of the parser's events. One is used for one text, by one thread.
 *
 * <p>An alias shares the node that it stands for, so that it costs nothing here; but whoever walks
 * the tree later pays for each, which is why what they repeat is counted and bounded.
 */
final class NodeComposer {
  private static final int MAX_PROBLEMS = 50;

  /** What an anchor names: its node, how many nodes that has, and how deep they go. */
  private record Anchor(Node node, Position position, long size, int height) {}

  private final Source source;
  private final Offsets offsets;
  private final Scalars scalars;
  private final Parser parser;
  private final Diagnostics problems = new Diagnostics();
  private final Map<String, Anchor> anchors = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private long size;
  private long aliased;
  private int deepest;

  NodeComposer(Source source) {
    this.source = source;
    this.offsets = new Offsets(source);
    this.scalars = new Scalars(source, offsets, problems);
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    this.parser = new ParserImpl(new StreamReader(JsonTabs.replaced(source.text())), options);
  }

  List<Node> documents(boolean single) {
    List<Node> documents = new ArrayList<>();
    try {
      parser.getEvent();
      while (!parser.checkEvent(Event.ID.StreamEnd)) {
        Event start = parser.getEvent();
        if (single && !documents.isEmpty()) {
          throw Diagnostic.error(at(start, 3), "a second document begins here; one is expected")
              .withHint("remove the '---', or put what follows it into a file of its own")
              .asException();
        }
        anchors.clear();
        aliased = 0;
        documents.add(compose(0));
        parser.getEvent();
      }
    } catch (YAMLException e) {
      problems.add(new SyntaxErrors(source, offsets).explain(e));
    } catch (IllegalArgumentException e) {
      problems.add(new SyntaxErrors(source, offsets).badEscape());
    } catch (DiagnosticException e) {
      problems.addAll(e);
    }
    problems.throwIfErrors();
    return List.copyOf(documents);
  }

  private Node compose(int depth) {
    if (problems.size() >= MAX_PROBLEMS) {
      throw Diagnostic.error(at(parser.peekEvent(), 1), "too many mistakes: the rest was not read")
          .asException();
    }
    if (depth > YamlReader.MAX_DEPTH) {
      throw tooDeep(at(parser.peekEvent(), 1));
    }
    deepest = Math.max(deepest, depth);
    Event event = parser.getEvent();
    if (event instanceof AliasEvent alias) {
      return alias(alias, depth);
    }
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor == null) {
      return content(event, depth);
    }
    Position position = at(event, anchor.length() + 1);
    refuseSecond(anchor, position);
    boolean first = open.add(anchor);
    long sizeBefore = size;
    int deepestBefore = deepest;
    deepest = depth;
    Node node = content(event, depth);
    anchors.put(anchor, new Anchor(node, position, size - sizeBefore, deepest - depth));
    deepest = Math.max(deepest, deepestBefore);
    if (first) {
      open.remove(anchor);
    }
    return node;
  }

  private void refuseSecond(String anchor, Position position) {
    Anchor before = anchors.get(anchor);
    if (before != null) {
      problems.add(
          Diagnostic.error(position, "the anchor '&" + anchor + "' is given twice")
              .withHint("give one of them another name")
              .withNote("first given here", before.position()));
    }
  }

  private Node content(Event event, int depth) {
    size++;
    if (event instanceof ScalarEvent scalar) {
      return scalars.node(scalar);
    }
    Node node = event.is(Event.ID.SequenceStart) ? sequence(event, depth) : mapping(event, depth);
    return tagged(node, (CollectionStartEvent) event);
  }

  private Node alias(AliasEvent event, int depth) {
    String name = event.getAnchor();
    Position position = at(event, name.length() + 1);
    if (open.contains(name)) {
      throw Diagnostic.error(position, "the alias '*" + name + "' stands inside of what it names")
          .asException();
    }
    Anchor anchor = anchors.get(name);
    if (anchor == null) {
      problems.add(
          Diagnostic.error(position, "no anchor '&" + name + "' before this alias")
              .withHint(
                  Suggestions.hint(name, anchors.keySet())
                      .orElse("a text that begins with '*' has to be in quotes")));
      return scalars.placeholder(position);
    }
    size += anchor.size();
    aliased += anchor.size();
    if (aliased > YamlReader.MAX_ALIASED_NODES) {
      throw Diagnostic.error(
              position,
              "the aliases of this document repeat too much: more than %d values"
                  .formatted(YamlReader.MAX_ALIASED_NODES))
          .asException();
    }
    deepest = Math.max(deepest, depth + anchor.height());
    if (depth + anchor.height() > YamlReader.MAX_DEPTH) {
      throw tooDeep(position);
    }
    return anchor.node();
  }

  private Node sequence(Event start, int depth) {
    List<Node> items = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      items.add(compose(depth + 1));
    }
    parser.getEvent();
    return new SequenceNode(at(start, 1), items);
  }

  private Node mapping(Event start, int depth) {
    MappingBuilder builder = new MappingBuilder(problems);
    int length = 1;
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Event keyEvent = parser.peekEvent();
      Node key = compose(depth + 1);
      Node value = compose(depth + 1);
      if (key instanceof ScalarNode scalar) {
        if (builder.isEmpty() && offsets.of(keyEvent) == offsets.of(start)) {
          length = scalar.position().length();
        }
        builder.add(scalar, value, isPlainMerge(keyEvent));
      } else {
        problems.add(refuseKey(start, keyEvent, key));
      }
    }
    parser.getEvent();
    return new MappingNode(at(start, length), builder.entries());
  }

  private static boolean isPlainMerge(Event key) {
    return key instanceof ScalarEvent scalar
        && scalar.isPlain()
        && scalar.getTag() == null
        && scalar.getValue().equals("<<");
  }

  private Diagnostic refuseKey(Event mapping, Event keyEvent, Node key) {
    int outer = offsets.of(mapping);
    if (source.text().startsWith("{{", outer)) {
      return SyntaxErrors.unquotedTemplate(source.at(outer, 2));
    }
    return Diagnostic.error(at(keyEvent, 1), "a key has to be a text, found " + key.kind());
  }

  /** A tag on a list or mapping: only {@code !unsafe} means something, for all texts within. */
  private Node tagged(Node node, CollectionStartEvent event) {
    String tag = event.getTag();
    String own = node instanceof SequenceNode ? "seq" : "map";
    if (tag == null || tag.equals("!") || tag.equals(Scalars.YAML_TAG + own)) {
      return node;
    } else if (tag.equals(Scalars.UNSAFE)) {
      return Scalars.unsafe(node);
    }
    problems.add(scalars.refuseTag(tag, node.kind(), at(event, 1)));
    return node;
  }

  private Position at(Event event, int length) {
    return source.at(offsets.of(event), length);
  }

  private static DiagnosticException tooDeep(Position position) {
    return Diagnostic.error(
            position,
            "nested too deep: more than " + YamlReader.MAX_DEPTH + " lists and mappings in another")
        .asException();
  }
}
