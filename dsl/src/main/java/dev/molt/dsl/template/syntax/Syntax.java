package dev.molt.dsl.template.syntax;

import dev.molt.dsl.template.TextOptions;

/**
 * How a text is read.
 *
 * @param lineStatement what begins a line that is a statement, or null
 * @param lineComment what begins a comment to the end of its line, or null
 * @param rawStrings whether backslashes in strings of {@code {{ }}} stand for themselves, as in
 *     templates in playbooks, where YAML has already read them
 * @param extensions whether {@code do}, {@code break} and {@code continue} are known
 */
public record Syntax(
    boolean trimBlocks,
    boolean lstripBlocks,
    boolean keepTrailingNewline,
    String newline,
    TextOptions.Delimiters delimiters,
    String lineStatement,
    String lineComment,
    boolean rawStrings,
    boolean extensions) {

  public static Syntax of(TextOptions options, boolean rawStrings, boolean extensions) {
    return new Syntax(
        options.trimBlocks(),
        options.lstripBlocks(),
        options.keepTrailingNewline(),
        options.newline(),
        options.delimiters(),
        options.lineStatement(),
        options.lineComment(),
        rawStrings,
        extensions);
  }
}
