package dev.molt.runner.cli.ansible;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Ordering;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;
import org.yaml.snakeyaml.serializer.Serializer;

/** A result as YAML in block style, its keys sorted, texts of several lines as they are. */
final class YamlDump {
  private static final String BREAKS = "\n\u0085\u2028\u2029";
  private static final int TAB = 8;
  private static final int WIDTH = 80;

  private final boolean lossy;

  private YamlDump(boolean lossy) {
    this.lossy = lossy;
  }

  /**
   * @param lossy whether texts of several lines lose what keeps them from being shown as they are:
   *     tabs, blanks at line ends, control characters
   */
  static String write(MapValue map, int indent, boolean lossy) {
    DumperOptions options = new DumperOptions();
    options.setIndent(indent);
    options.setWidth(WIDTH);
    options.setAllowUnicode(true);
    StringWriter out = new StringWriter();
    try {
      Serializer serializer =
          new Serializer(new Emitter(out, options), new Resolver(), options, null);
      serializer.open();
      serializer.serialize(new YamlDump(lossy).node(map));
      serializer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  /** The same with every line moved to the right, but for empty ones. */
  static String indented(MapValue map, int indent, boolean lossy) {
    return write(map, indent, lossy).replaceAll("(?m)^(?=.*\\S)", " ".repeat(indent));
  }

  private Node node(Value value) {
    if (value instanceof ListValue list) {
      FlowStyle style = list.items().isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
      return new SequenceNode(Tag.SEQ, list.items().stream().map(this::node).toList(), style);
    } else if (value instanceof MapValue map) {
      List<NodeTuple> tuples = new ArrayList<>();
      for (Map.Entry<Value, Value> entry : sorted(map)) {
        tuples.add(new NodeTuple(node(entry.getKey()), node(entry.getValue())));
      }
      FlowStyle style = tuples.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
      return new MappingNode(Tag.MAP, tuples, style);
    } else if (value instanceof NullValue) {
      return scalar(Tag.NULL, "null", ScalarStyle.PLAIN);
    } else if (value instanceof BoolValue b) {
      return scalar(Tag.BOOL, String.valueOf(b.value()), ScalarStyle.PLAIN);
    } else if (value instanceof IntValue) {
      return scalar(Tag.INT, Python.str(value), ScalarStyle.PLAIN);
    } else if (value instanceof FloatValue f) {
      return scalar(Tag.FLOAT, number(f), ScalarStyle.PLAIN);
    }
    String text = Python.str(value);
    if (text.chars().noneMatch(c -> BREAKS.indexOf(c) >= 0)) {
      return scalar(Tag.STR, text, ScalarStyle.PLAIN);
    }
    return scalar(Tag.STR, lossy ? readable(text) : text, ScalarStyle.LITERAL);
  }

  private static String number(FloatValue f) {
    if (Double.isNaN(f.value())) {
      return ".nan";
    } else if (Double.isInfinite(f.value())) {
      return f.value() > 0 ? ".inf" : "-.inf";
    }
    String text = Python.str(f);
    // To YAML 1.1, 1e+20 is a text.
    return text.contains(".") || !text.contains("e") ? text : text.replace("e", ".0e");
  }

  private static Node scalar(Tag tag, String text, ScalarStyle style) {
    return new ScalarNode(tag, text, null, null, style);
  }

  private static List<Map.Entry<Value, Value>> sorted(MapValue map) {
    List<Map.Entry<Value, Value>> entries = new ArrayList<>(map.entries().entrySet());
    try {
      entries.sort((a, b) -> Ordering.compare(a.getKey(), b.getKey(), "<"));
    } catch (ValueException e) {
      // Keys of several types stay as they came.
    }
    return entries;
  }

  /** The text as a literal block can hold it. */
  private static String readable(String text) {
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (int c : text.stripTrailing().codePoints().toArray()) {
      if (c == '\t') {
        int blanks = TAB - column % TAB;
        out.append(" ".repeat(blanks));
        column += blanks;
      } else if (c == '\n' || c == '\r') {
        column = 0;
        if (c == '\n') {
          out.append('\n');
        }
      } else if ((c >= ' ' && c <= '~')
          || (c >= 0x85 && c != 0xfeff && !Character.isISOControl(c))) {
        out.appendCodePoint(c);
        column++;
      }
    }
    return out.toString().replaceAll(" +([" + BREAKS + "])", "$1");
  }
}
