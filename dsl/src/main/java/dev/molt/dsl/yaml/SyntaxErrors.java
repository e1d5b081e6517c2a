package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Source;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Says in plain words what the parser stumbled over. */
final class SyntaxErrors {
  private final Source source;
  private final Offsets offsets;

  SyntaxErrors(Source source, Offsets offsets) {
    this.source = source;
    this.offsets = offsets;
  }

  static Diagnostic unquotedTemplate(Source source, int offset) {
    return Diagnostic.error(
            source.at(offset, 2), "a value that begins with '{{' has to be in quotes")
        .withHint("write \"{{ ... }}\" with the quotes around the whole value");
  }

  Diagnostic explain(YAMLException error) {
    if (error instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      return Diagnostic.error(
          source.at(offsets.of(marked.getProblemMark()), 1), marked.getProblem());
    }
    return Diagnostic.error(source.at(0, 1), String.valueOf(error.getMessage()));
  }
}
