package dev.molt.runner.cli;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import dev.molt.runner.engine.VariableOrigins.Definition;
import dev.molt.runner.event.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts the definitions of variables into lines, secrets masked. */
public final class VarsText {
  private static final Json.Options ONE_LINE = new Json.Options(-1, false, false, ", ", ": ");

  private final Secrets secrets;

  public VarsText(Secrets secrets) {
    this.secrets = secrets;
  }

  /** A line for each variable: what holds, and where it is written. */
  public List<String> all(Map<String, List<Definition>> definitions) {
    List<String> lines = new ArrayList<>();
    definitions.forEach((name, of) -> lines.add(name + ": " + holds(of.get(0))));
    return lines;
  }

  /**
   * One variable, and what it hides.
   *
   * @throws dev.molt.dsl.source.DiagnosticException where nothing defines it
   */
  public List<String> one(String host, String name, Map<String, List<Definition>> all) {
    List<Definition> definitions = all.get(name);
    if (definitions == null) {
      throw Diagnostic.error("nothing defines '" + name + "' for " + host)
          .withHint(
              Suggestions.hint(name, all.keySet()).orElse("molt vars " + host + " lists what is"))
          .asException();
    }
    List<String> lines = new ArrayList<>();
    lines.add(name + ": " + value(definitions.get(0)));
    lines.add("  from   " + place(definitions.get(0)));
    for (Definition hidden : definitions.subList(1, definitions.size())) {
      lines.add("  hides  " + holds(hidden));
    }
    return lines;
  }

  private String holds(Definition definition) {
    return value(definition) + "  # " + place(definition);
  }

  private String value(Definition definition) {
    return secrets.mask(
        definition
            .value()
            .map(VarsText::text)
            .orElseGet(() -> "?  (" + definition.problem().orElse("") + ")"));
  }

  private static String text(Value value) {
    if (value instanceof StrValue text && !text.text().contains("\n")) {
      return text.text().isEmpty() ? "''" : text.text();
    }
    try {
      return Json.write(value, ONE_LINE);
    } catch (ValueException e) {
      return "?  (" + e.getMessage() + ")";
    }
  }

  private static String place(Definition definition) {
    return definition.position().map(Position::toString).map(p -> p + "  ").orElse("")
        + "("
        + definition.label()
        + ")";
  }
}
