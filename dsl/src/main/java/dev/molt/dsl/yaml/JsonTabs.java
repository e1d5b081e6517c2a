package dev.molt.dsl.yaml;

/**
 * Makes JSON that is indented with tabs into YAML, which has no use for them: Ansible reads such
 * files, since it takes them for JSON first. Every other character keeps its place.
 */
final class JsonTabs {
  private JsonTabs() {}

  static String replaced(String text) {
    if (text.indexOf('\t') < 0 || !beginsAsJson(text)) {
      return text;
    }
    char[] chars = text.toCharArray();
    boolean quoted = false;
    for (int i = 0; i < chars.length; i++) {
      if (chars[i] == '"') {
        quoted = !quoted;
      } else if (chars[i] == '\\' && quoted) {
        i++;
      } else if (chars[i] == '\t' && !quoted) {
        chars[i] = ' ';
      }
    }
    return new String(chars);
  }

  private static boolean beginsAsJson(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isWhitespace(c)) {
        return c == '{' || c == '[';
      }
    }
    return false;
  }
}
