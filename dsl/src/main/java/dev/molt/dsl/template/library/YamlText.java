package dev.molt.dsl.template.library;

import dev.molt.dsl.template.ops.Access;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Ordering;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.serializer.Serializer;

/** Values as YAML, in the form that Python's library gives it. */
public final class YamlText {
  private static final int MAX_DEPTH = 200;

  /** Aliases can make a text of a few lines stand for more than fits. */
  private static final int MAX_NODES = 1_000_000;

  /**
   * How to write.
   *
   * @param flow true for all on one line, false for block style, null for lists and dicts of
   *     scalars on one line
   * @param scalars the style of all scalars and keys, plain for what each needs
   */
  record Layout(
      Boolean flow, boolean sortKeys, DumperOptions.ScalarStyle scalars, DumperOptions options) {}

  private int nodes;

  private YamlText() {}

  /**
   * In block style with sorted keys, as Ansible's tools print YAML.
   *
   * @throws ValueException for what YAML cannot say
   */
  public static String block(Value value) {
    DumperOptions options = new DumperOptions();
    options.setAllowUnicode(true);
    return write(value, new Layout(false, true, DumperOptions.ScalarStyle.PLAIN, options));
  }

  static String write(Value value, Layout layout) {
    DumperOptions options = layout.options();
    StringWriter out = new StringWriter();
    try {
      Serializer serializer =
          new Serializer(new Emitter(out, options), YamlTypes.writing(), options, null);
      serializer.open();
      serializer.serialize(node(value, layout, 0));
      serializer.close();
    } catch (IOException | YAMLException e) {
      throw new ValueException("the value cannot be written as YAML: " + e.getMessage());
    }
    return out.toString();
  }

  private static Node node(Value value, Layout layout, int depth) {
    Boolean flow = layout.flow();
    if (depth > MAX_DEPTH) {
      throw new ValueException("the value is nested too deeply for YAML");
    } else if (value instanceof ListValue list) {
      List<Node> items = new ArrayList<>();
      list.items().forEach(item -> items.add(node(item, layout, depth + 1)));
      boolean leaf = items.stream().allMatch(ScalarNode.class::isInstance);
      return new SequenceNode(Tag.SEQ, items, style(flow, leaf));
    } else if (value instanceof MapValue map) {
      List<Map.Entry<Value, Value>> entries = new ArrayList<>(map.entries().entrySet());
      if (layout.sortKeys()) {
        sort(entries);
      }
      List<NodeTuple> tuples = new ArrayList<>();
      boolean leaf = true;
      for (Map.Entry<Value, Value> entry : entries) {
        Node item = node(entry.getValue(), layout, depth + 1);
        leaf &= item instanceof ScalarNode;
        tuples.add(new NodeTuple(node(entry.getKey(), layout, depth + 1), item));
      }
      return new MappingNode(Tag.MAP, tuples, style(flow, leaf));
    }
    return scalar(value, layout);
  }

  /** As PyYAML, keys that have no order, such as a number and a text, stay as they are. */
  private static void sort(List<Map.Entry<Value, Value>> entries) {
    List<Map.Entry<Value, Value>> sorted = new ArrayList<>(entries);
    try {
      sorted.sort((a, b) -> Ordering.compare(a.getKey(), b.getKey(), "<"));
    } catch (ValueException e) {
      return;
    }
    entries.clear();
    entries.addAll(sorted);
  }

  private static DumperOptions.FlowStyle style(Boolean flow, boolean leaf) {
    boolean inline = flow == null ? leaf : flow;
    return inline ? DumperOptions.FlowStyle.FLOW : DumperOptions.FlowStyle.BLOCK;
  }

  private static Node scalar(Value value, Layout layout) {
    Tag tag = Tag.STR;
    String text;
    if (value instanceof StrValue s && s.ciphertext() != null) {
      // As it was written: what was encrypted in one file does not come out plain in another.
      return new ScalarNode(
          new Tag("!vault"), s.ciphertext(), null, null, DumperOptions.ScalarStyle.LITERAL);
    } else if (value instanceof NullValue) {
      tag = Tag.NULL;
      text = "null";
    } else if (value instanceof BoolValue b) {
      tag = Tag.BOOL;
      text = String.valueOf(b.value());
    } else if (value instanceof IntValue) {
      tag = Tag.INT;
      text = Python.str(value);
    } else if (value instanceof FloatValue f) {
      tag = Tag.FLOAT;
      text = floating(f);
    } else if (value instanceof UndefinedValue undefined) {
      throw new ValueException(undefined);
    } else {
      text = Python.str(value);
    }
    return new ScalarNode(tag, text, null, null, layout.scalars());
  }

  private static String floating(FloatValue f) {
    if (Double.isNaN(f.value())) {
      return ".nan";
    } else if (Double.isInfinite(f.value())) {
      return f.value() > 0 ? ".inf" : "-.inf";
    }
    String text = Python.repr(f).toLowerCase(Locale.ROOT);
    // YAML 1.1 takes 1e+20 for a text.
    return text.contains(".") || !text.contains("e") ? text : text.replace("e", ".0e");
  }

  static Value read(String text) {
    try {
      return new YamlText().value(loader().load(text), 0);
    } catch (YAMLException e) {
      throw problem(e);
    }
  }

  static Value readAll(String text) {
    List<Value> all = new ArrayList<>();
    try {
      YamlText reader = new YamlText();
      for (Object document : loader().loadAll(text)) {
        all.add(reader.value(document, 0));
      }
    } catch (YAMLException e) {
      throw problem(e);
    }
    return new ListValue(all);
  }

  private static Yaml loader() {
    LoaderOptions options = new LoaderOptions();
    DumperOptions unused = new DumperOptions();
    return new Yaml(
        new SafeConstructor(options),
        new Representer(unused),
        unused,
        options,
        YamlTypes.reading());
  }

  private static ValueException problem(YAMLException e) {
    String message = String.valueOf(e.getMessage());
    return new ValueException("not YAML: " + message.lines().findFirst().orElse(message));
  }

  private Value value(Object object, int depth) {
    if (++nodes > MAX_NODES) {
      throw new ValueException("the YAML has aliases that stand for more than fits");
    } else if (object == null) {
      return NullValue.NULL;
    } else if (depth > MAX_DEPTH) {
      throw new ValueException("the YAML is nested too deeply");
    } else if (object instanceof Boolean b) {
      return BoolValue.of(b);
    } else if (object instanceof Double d) {
      return new FloatValue(d);
    } else if (object instanceof Number n) {
      return new IntValue(new java.math.BigInteger(n.toString()));
    } else if (object instanceof Map<?, ?> map) {
      Map<Value, Value> entries = new LinkedHashMap<>();
      map.forEach(
          (key, item) -> entries.put(Access.key(value(key, depth + 1)), value(item, depth + 1)));
      return new MapValue(entries);
    } else if (object instanceof Iterable<?> items) {
      List<Value> list = new ArrayList<>();
      items.forEach(item -> list.add(value(item, depth + 1)));
      return new ListValue(list);
    } else if (object instanceof byte[] bytes) {
      return new StrValue(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
    }
    return new StrValue(object.toString());
  }
}
