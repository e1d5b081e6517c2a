package dev.molt.dsl.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What paths in settings are relative to.
 *
 * @param base the folder of the file that holds the setting, else the working directory
 * @param environment for {@code $NAME}, {@code ~} and the home of Ansible's own files
 */
record Places(Path base, Map<String, String> environment) {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)}|([A-Za-z_][A-Za-z0-9_]*))");

  /** A path as a shell would read it; relative ones start at the base. */
  Path path(String text) {
    String cwd = Path.of("").toAbsolutePath().toString();
    String expanded = home(variables(text.replace("{{CWD}}", cwd)));
    return base.resolve(expanded).toAbsolutePath().normalize();
  }

  private String home(String text) {
    return text.equals("~") || text.startsWith("~/") ? userHome() + text.substring(1) : text;
  }

  private String userHome() {
    String home = environment.get("HOME");
    return home == null || home.isEmpty() ? System.getProperty("user.home") : home;
  }

  /** A variable that is not set stays as it is written. */
  private String variables(String text) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      String value = environment.get(name);
      if (value == null) {
        value = name.equals("ANSIBLE_HOME") ? "~/.ansible" : matcher.group();
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(result).toString();
  }
}
