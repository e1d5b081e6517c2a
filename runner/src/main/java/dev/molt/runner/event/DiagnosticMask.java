package dev.molt.runner.event;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import java.util.ArrayList;
import java.util.List;

/** Takes the secrets out of a diagnostic: out of its words, and of the lines that it shows. */
final class DiagnosticMask {
  private DiagnosticMask() {}

  static Diagnostic mask(Diagnostic d, Secrets secrets) {
    return new Diagnostic(
        d.severity(),
        secrets.mask(d.message()),
        d.position().map(p -> mask(p, secrets)),
        d.hint().map(secrets::mask),
        d.notes().stream()
            .map(n -> new Diagnostic.Note(secrets.mask(n.message()), mask(n.position(), secrets)))
            .toList());
  }

  /** The same place; in a copy of its text without the secrets, where it holds any. */
  private static Position mask(Position p, Secrets secrets) {
    Source source = p.source();
    if (source.isConfidential() || secrets.mask(source.text()).equals(source.text())) {
      return p;
    }
    // Line by line, so that the numbers stay what they are in the file. A secret of several lines
    // is in none of them, and so its text is not shown at all.
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= source.lineCount(); i++) {
      lines.add(secrets.mask(source.line(i)));
    }
    String text = String.join("\n", lines);
    Source masked =
        secrets.mask(text).equals(text)
            ? Source.inline(source.name(), text)
            : Source.confidential(source.name(), source.text());
    return new Position(masked, p.line(), p.column(), p.length());
  }
}
