package dev.molt.dsl.template;

/**
 * How a template is read and rendered to text. Immutable.
 *
 * @param trimBlocks drop the line break after a statement or comment
 * @param lstripBlocks drop blanks before a statement or comment that begins its line
 * @param keepTrailingNewline keep a line break at the very end
 * @param newline what ends lines in the result
 * @param delimiters what marks statements, expressions and comments
 * @param lineStatement what begins a line that is a statement, or null
 * @param lineComment what begins a comment to the end of its line, or null
 * @param loader finds included templates, or null for the library's
 */
public record TextOptions(
    boolean trimBlocks,
    boolean lstripBlocks,
    boolean keepTrailingNewline,
    String newline,
    Delimiters delimiters,
    String lineStatement,
    String lineComment,
    TemplateLoader loader) {

  /** As Ansible's template module sets them. */
  public static final TextOptions DEFAULT =
      new TextOptions(true, false, true, "\n", Delimiters.DEFAULT, null, null, null);

  /** The six markers of a template. */
  public record Delimiters(
      String blockStart,
      String blockEnd,
      String variableStart,
      String variableEnd,
      String commentStart,
      String commentEnd) {
    public static final Delimiters DEFAULT = new Delimiters("{%", "%}", "{{", "}}", "{#", "#}");
  }

  public TextOptions withTrimBlocks(boolean value) {
    return new TextOptions(
        value,
        lstripBlocks,
        keepTrailingNewline,
        newline,
        delimiters,
        lineStatement,
        lineComment,
        loader);
  }

  public TextOptions withLstripBlocks(boolean value) {
    return new TextOptions(
        trimBlocks,
        value,
        keepTrailingNewline,
        newline,
        delimiters,
        lineStatement,
        lineComment,
        loader);
  }

  public TextOptions withKeepTrailingNewline(boolean value) {
    return new TextOptions(
        trimBlocks, lstripBlocks, value, newline, delimiters, lineStatement, lineComment, loader);
  }

  public TextOptions withNewline(String value) {
    return new TextOptions(
        trimBlocks,
        lstripBlocks,
        keepTrailingNewline,
        value,
        delimiters,
        lineStatement,
        lineComment,
        loader);
  }

  public TextOptions withDelimiters(Delimiters value) {
    return new TextOptions(
        trimBlocks,
        lstripBlocks,
        keepTrailingNewline,
        newline,
        value,
        lineStatement,
        lineComment,
        loader);
  }

  public TextOptions withLineStatement(String value) {
    return new TextOptions(
        trimBlocks,
        lstripBlocks,
        keepTrailingNewline,
        newline,
        delimiters,
        value,
        lineComment,
        loader);
  }

  public TextOptions withLineComment(String value) {
    return new TextOptions(
        trimBlocks,
        lstripBlocks,
        keepTrailingNewline,
        newline,
        delimiters,
        lineStatement,
        value,
        loader);
  }

  public TextOptions withLoader(TemplateLoader value) {
    return new TextOptions(
        trimBlocks,
        lstripBlocks,
        keepTrailingNewline,
        newline,
        delimiters,
        lineStatement,
        lineComment,
        value);
  }
}
