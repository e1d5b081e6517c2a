package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads YAML as Ansible does (YAML 1.1 as PyYAML's safe loader resolves it), keeping where
 * everything was written. It differs where Ansible's leniency is a trap: a key given twice is an
 * error. Timestamps stay strings.
 *
 * <p>Every method throws {@link DiagnosticException} for a text that is not YAML or not within the
 * bounds below; mistakes that do not stop the parser are reported together. Nothing that is read is
 * ever made into an object of a class that the text names. Thread-safe.
 */
public final class YamlReader {
  /** The longest text that is read, in UTF-16 units. */
  public static final int MAX_LENGTH = 16 << 20;

  /** How deep lists and mappings may stand inside one another, aliases followed. */
  public static final int MAX_DEPTH = 100;

  /** How many nodes aliases may repeat in one document. */
  public static final int MAX_ALIASED_NODES = 100_000;

  private YamlReader() {}

  /**
   * Reads a text that holds at most one document.
   *
   * @return empty for a text without content: nothing, only comments, or only {@code ---}
   */
  public static Optional<Node> read(Source source) {
    List<Node> documents = compose(source, true);
    return documents.isEmpty() || isNothing(documents.get(0))
        ? Optional.empty()
        : Optional.of(documents.get(0));
  }

  /** Reads all documents of a text; one without content is a null {@link ScalarNode}. */
  public static List<Node> readAll(Source source) {
    return compose(source, false);
  }

  private static boolean isNothing(Node node) {
    return node instanceof ScalarNode scalar && scalar.isNull() && scalar.text().isEmpty();
  }

  private static List<Node> compose(Source source, boolean single) {
    checkCharacters(source);
    return new NodeComposer(source).documents(single);
  }

  private static void checkCharacters(Source source) {
    String text = source.text();
    if (text.length() > MAX_LENGTH) {
      throw Diagnostic.error(
              source.at(0, 1),
              "the file is too big: %d characters, at most %d are read"
                  .formatted(text.length(), MAX_LENGTH))
          .asException();
    }
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == 0) {
        throw Diagnostic.error(source.at(i, 1), "a NUL byte: this is not a text file")
            .withHint("check that the right file is named, and that it was copied whole")
            .asException();
      } else if (!StreamReader.isPrintable(c)) {
        throw Diagnostic.error(
                source.at(i, 1),
                "a control character (U+%04X), which YAML does not allow".formatted(c))
            .withHint(
                "remove it, or write it as an escape in double quotes: \"\\u%04X\"".formatted(c))
            .asException();
      }
      i += Character.charCount(c);
    }
  }
}
