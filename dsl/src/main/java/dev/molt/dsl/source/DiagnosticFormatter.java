package dev.molt.dsl.source;

import java.util.Locale;

/**
 * Puts a diagnostic into words and lines: what and where, the lines around it with a caret, what to
 * do. Plain text; whoever prints it may colour it.
 */
public final class DiagnosticFormatter {
  private static final int CONTEXT_LINES = 2;

  private DiagnosticFormatter() {}

  public static String format(Diagnostic diagnostic) {
    return format(diagnostic, CONTEXT_LINES);
  }

  /**
   * The same with fewer lines around it, or more.
   *
   * @param context how many lines to show before the one where it is, and one after it if any
   */
  public static String format(Diagnostic diagnostic, int context) {
    StringBuilder out = new StringBuilder();
    out.append(diagnostic.severity().name().toLowerCase(Locale.ROOT)).append(": ");
    out.append(diagnostic.message()).append('\n');
    diagnostic.position().ifPresent(p -> excerpt(out, p, context));
    for (Diagnostic.Note note : diagnostic.notes()) {
      out.append("  note: ").append(note.message()).append('\n');
      excerpt(out, note.position(), 0);
    }
    diagnostic.hint().ifPresent(h -> out.append("  = ").append(h).append('\n'));
    return out.toString();
  }

  private static void excerpt(StringBuilder out, Position at, int context) {
    int first = Math.max(1, at.line() - context);
    int last = Math.min(at.source().lineCount(), at.line() + (context > 0 ? 1 : 0));
    int width = String.valueOf(last).length();
    out.append(" ".repeat(width)).append("--> ").append(at);
    if (at.source().isConfidential()) {
      out.append(" (encrypted: not shown)\n");
      return;
    }
    out.append('\n');
    for (int line = first; line <= Math.max(last, at.line()); line++) {
      String text = at.source().line(line);
      out.append(String.format(Locale.ROOT, "%" + width + "d | ", line)).append(text).append('\n');
      if (line == at.line()) {
        out.append(" ".repeat(width)).append(" | ");
        out.append(caret(text, at.column(), at.length())).append('\n');
      }
    }
  }

  /** Spaces up to the column (tabs kept, so that the caret stands under its place), then carets. */
  private static String caret(String text, int column, int length) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < column - 1; i++) {
      line.append(i < text.length() && text.charAt(i) == '\t' ? '\t' : ' ');
    }
    int room = Math.max(1, text.length() - column + 1);
    return line.append("^".repeat(Math.min(length, room))).toString();
  }
}
