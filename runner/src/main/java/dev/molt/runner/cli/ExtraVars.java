package dev.molt.runner.cli;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code -e}: {@code key=value} words, a YAML or JSON mapping, or {@code @FILE}. */
final class ExtraVars {
  private static final String LABEL = "extra vars";
  private static final Pattern PAIR =
      Pattern.compile(
          "\\s*([A-Za-z_][A-Za-z0-9_]*)=(\"[^\"]*\"|'[^']*'|(?![\"'])[^\\s]*)(?=\\s|$)");

  private ExtraVars() {}

  static Layer parse(String text) {
    return parse(text, VaultSecrets.none());
  }

  /** The file may be encrypted. */
  static Layer parse(String text, VaultSecrets vault) {
    Source source = Source.inline("-e", text);
    if (text.startsWith("@")) {
      Path file = Path.of(text.substring(1));
      try {
        return mapping(vault.file(file));
      } catch (IOException e) {
        throw Diagnostic.error(source.at(1, text.length() - 1), "cannot read " + file)
            .withHint("-e @FILE takes a YAML or JSON file")
            .asException();
      }
    } else if (text.stripLeading().startsWith("{")) {
      return mapping(source);
    }
    return pairs(source);
  }

  private static Layer mapping(Source source) {
    Optional<Node> root = YamlReader.read(source);
    if (root.isEmpty()) {
      return Layer.ofNodes(LABEL, Map.of());
    } else if (root.get() instanceof MappingNode mapping) {
      return Layer.ofNodes(LABEL, mapping);
    }
    throw Diagnostic.error(
            root.get().position(), "variables are a mapping, found " + root.get().kind())
        .asException();
  }

  /** The values of words are texts, as Ansible's. */
  private static Layer pairs(Source source) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    Matcher matcher = PAIR.matcher(source.text());
    int at = 0;
    while (at < source.text().length() && matcher.find(at) && matcher.start() == at) {
      String value = matcher.group(2);
      int start = matcher.start(2);
      boolean quoted = value.length() >= 2 && (value.startsWith("\"") || value.startsWith("'"));
      String text = quoted ? value.substring(1, value.length() - 1) : value;
      int offset = quoted ? start + 1 : start;
      nodes.put(
          matcher.group(1),
          new ScalarNode(
              source.at(offset, text.length()),
              text,
              new StrValue(text),
              ScalarNode.Style.PLAIN,
              "",
              (o, length) -> source.at(offset + o, length)));
      at = matcher.end();
    }
    if (!source.text().substring(at).isBlank()) {
      while (Character.isWhitespace(source.text().charAt(at))) {
        at++;
      }
      throw Diagnostic.error(source.at(at, source.text().length() - at), "this is not 'key=value'")
          .withHint("put values with blanks in quotes: -e 'name=\"two words\"'")
          .asException();
    }
    return Layer.ofNodes(LABEL, nodes);
  }
}
