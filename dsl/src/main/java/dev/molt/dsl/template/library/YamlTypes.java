package dev.molt.dsl.template.library;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * What a plain scalar is to PyYAML, which knows fewer numbers than the parser's own rules do:
 * {@code 1e3} and {@code 0o7} are texts.
 */
final class YamlTypes extends Resolver {
  private static final Pattern BOOL =
      Pattern.compile("yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");
  private static final Pattern INT =
      Pattern.compile(
          "[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+"
              + "|[1-9][0-9_]*(?::[0-5]?[0-9])+)");
  private static final Pattern FLOAT =
      Pattern.compile(
          "[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
              + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
              + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d|\\d{4}-\\d\\d?-\\d\\d?(?:[Tt]|[ \\t]+)\\d\\d?:\\d\\d:\\d\\d"
              + "(?:\\.\\d*)?(?:[ \\t]*(?:Z|[-+]\\d\\d?(?::\\d\\d)?))?");
  private static final Tag VALUE = new Tag(Tag.PREFIX + "value");

  private YamlTypes() {}

  /** For reading: times stay the texts that they are. */
  static Resolver reading() {
    return new YamlTypes();
  }

  /** For writing: a text that a reader would take for something else has to be quoted. */
  static Resolver writing() {
    YamlTypes types = new YamlTypes();
    types.addImplicitResolver(Tag.TIMESTAMP, TIME, "0123456789");
    types.addImplicitResolver(VALUE, Pattern.compile("="), "=");
    return types;
  }

  @Override
  protected void addImplicitResolvers() {
    addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
    addImplicitResolver(Tag.INT, INT, "-+0123456789");
    addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
    addImplicitResolver(Tag.MERGE, Pattern.compile("<<"), "<");
    addImplicitResolver(Tag.NULL, Pattern.compile("~|null|Null|NULL| "), "~nN\0");
    addImplicitResolver(Tag.NULL, Pattern.compile(""), null);
  }
}
