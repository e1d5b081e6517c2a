package dev.molt.dsl.template;

import dev.molt.dsl.value.ValueException;
import java.util.Locale;

/**
 * The line {@code #jinja2: trim_blocks: False, ...} at the start of a template file.
 *
 * @param length how much of the text it takes
 * @param body the text after it
 */
record Header(int length, String body, TextOptions options) {
  private static final String START = "#jinja2:";

  static Header read(String text, TextOptions options) {
    if (!text.startsWith(START)) {
      return new Header(0, text, options);
    }
    int end = text.indexOf('\n');
    String line = text.substring(START.length(), end < 0 ? text.length() : end);
    int length = end < 0 ? text.length() : end + 1;
    TextOptions result = options;
    for (String part : line.split(",")) {
      int colon = part.indexOf(':');
      if (colon < 0) {
        throw new ValueException(
            "failed to parse jinja2 override '" + part.strip() + "'",
            "the #jinja2 line holds pairs with a colon, such as trim_blocks: False");
      }
      result = set(result, part.substring(0, colon).trim(), part.substring(colon + 1).trim());
    }
    return new Header(length, text.substring(length), result);
  }

  private static TextOptions set(TextOptions options, String name, String value) {
    TextOptions.Delimiters d = options.delimiters();
    String text = unquoted(value);
    return switch (name) {
      case "trim_blocks" -> options.withTrimBlocks(truth(value));
      case "lstrip_blocks" -> options.withLstripBlocks(truth(value));
      case "keep_trailing_newline" -> options.withKeepTrailingNewline(truth(value));
      case "newline_sequence" ->
          options.withNewline(text.replace("\\r", "\r").replace("\\n", "\n"));
      case "line_statement_prefix" -> options.withLineStatement(text);
      case "line_comment_prefix" -> options.withLineComment(text);
      case "variable_start_string" ->
          options.withDelimiters(
              new TextOptions.Delimiters(
                  d.blockStart(),
                  d.blockEnd(),
                  text,
                  d.variableEnd(),
                  d.commentStart(),
                  d.commentEnd()));
      case "variable_end_string" ->
          options.withDelimiters(
              new TextOptions.Delimiters(
                  d.blockStart(),
                  d.blockEnd(),
                  d.variableStart(),
                  text,
                  d.commentStart(),
                  d.commentEnd()));
      case "block_start_string" ->
          options.withDelimiters(
              new TextOptions.Delimiters(
                  text,
                  d.blockEnd(),
                  d.variableStart(),
                  d.variableEnd(),
                  d.commentStart(),
                  d.commentEnd()));
      case "block_end_string" ->
          options.withDelimiters(
              new TextOptions.Delimiters(
                  d.blockStart(),
                  text,
                  d.variableStart(),
                  d.variableEnd(),
                  d.commentStart(),
                  d.commentEnd()));
      case "comment_start_string" ->
          options.withDelimiters(
              new TextOptions.Delimiters(
                  d.blockStart(),
                  d.blockEnd(),
                  d.variableStart(),
                  d.variableEnd(),
                  text,
                  d.commentEnd()));
      case "comment_end_string" ->
          options.withDelimiters(
              new TextOptions.Delimiters(
                  d.blockStart(),
                  d.blockEnd(),
                  d.variableStart(),
                  d.variableEnd(),
                  d.commentStart(),
                  text));
      default -> throw new ValueException("the #jinja2 line has an unknown option '" + name + "'");
    };
  }

  private static boolean truth(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1" -> true;
      case "false", "no", "0" -> false;
      default -> throw new ValueException("needs True or False, not " + value);
    };
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.startsWith("'") || value.startsWith("\""))
            && value.charAt(value.length() - 1) == value.charAt(0);
    String text = quoted ? value.substring(1, value.length() - 1) : value;
    if (text.isEmpty()) {
      throw new ValueException("a marker of the #jinja2 line is empty");
    }
    return text;
  }
}
