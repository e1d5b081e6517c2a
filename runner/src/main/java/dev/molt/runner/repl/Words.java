package dev.molt.runner.repl;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.List;

/** Parts a text into words as a shell does: blanks part them, but for quotes and backslashes. */
final class Words {
  private Words() {}

  /**
   * @throws dev.molt.dsl.source.DiagnosticException for a quote that is never closed
   */
  static List<String> of(ScalarNode node) {
    String text = node.text();
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean within = false;
    char quote = 0;
    int opened = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
        word.append(text.charAt(++i));
        within = true;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        opened = i;
        within = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (within) {
          words.add(word.toString());
        }
        word.setLength(0);
        within = false;
      } else {
        word.append(c);
        within = true;
      }
    }
    if (quote != 0) {
      throw Diagnostic.error(node.origin().at(opened, 1), "this quote is never closed")
          .asException();
    }
    if (within) {
      words.add(word.toString());
    }
    return words;
  }
}
