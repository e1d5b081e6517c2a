package dev.molt.runner.repl;

import dev.molt.runner.event.Secrets;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.Registry;
import dev.molt.runner.module.Spec;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells lines that no file is to keep: those that hold a secret of the run's, give a value to an
 * option that is one, or look as if they did. In doubt a line is one of them.
 */
public final class Secrecy {
  private static final String WORDS =
      "(pass(word|wd|phrase|code)?|secret|token|credentials?|api_?key|private_?key)";

  /** {@code db_password=...}, {@code "token": ...}, {@code --password ...}. */
  private static final Pattern NAMED =
      Pattern.compile("(?i)" + WORDS + "\\w*[\"']?\\s*[=:]\\s*\\S");

  private static final Pattern OPTION = Pattern.compile("(?i)--[\\w-]*" + WORDS + "[\\w-]*\\s+\\S");

  /** What is said by other names, or to programs: in doubt it is no loss. */
  private static final Pattern USUAL =
      Pattern.compile(
          "(?i)(pwd|pw)[\"']?\\s*[=:]\\s*\\S|\\bauthorization\\b|\\bbearer\\s|\\bsshpass\\b|\\bchpasswd\\b"
              + "|(-u|--user)[ =]?[^\\s:]+:\\S|\\bmysql\\w*\\b.*\\s-p\\S|\\bpassword\\s+is\\b");

  /** Programs that are told a password without saying so, and filters that are given one. */
  private static final Pattern TOLD =
      Pattern.compile(
          "(?<!getent )(?<![/\\w.])passwd\\s|\\b(htpasswd|smbclient|smbpasswd|lftp|kinit|ipmitool|snmp\\w+|mosquitto_\\w+|pdbedit)\\s"
              + "|\\b(redis-cli|valkey-cli)\\b.*\\s-a\\b|\\bldap\\w+\\b.*\\s-w\\b"
              + "|\\bopenssl\\s+(passwd|enc|pkcs12|rsa)\\b|\\b(useradd|usermod)\\b.*\\s-p\\b"
              + "|\\bnet\\s+(user|rpc|ads)\\b|\\bmongo\\w*\\b.*\\s-p\\b|(?i)\\bx-auth\\S*:|\\bcookie:"
              + "|\\bpassword_hash\\b|\\b(vault|unvault)\\s*\\(|\\|\\s*(un)?vault\\b|\\bpw(gen|make)\\b"
              + "|\\s--?"
              + WORDS
              + "\\s+\\S");

  /** {@code scheme://user:password@host}. */
  private static final Pattern IN_ADDRESS = Pattern.compile("://[^/\\s:@]*:[^/\\s@]+@");

  private final Registry registry;
  private final Secrets secrets;

  public Secrecy(Registry registry, Secrets secrets) {
    this.registry = registry;
    this.secrets = secrets;
  }

  /** Whether what is called so is a secret, by its name. */
  public static boolean named(String name) {
    return NAMED.matcher(name + "=x").find();
  }

  /** Whether no file is to keep this line. */
  public boolean secret(String line) {
    return line.startsWith(" ")
        || line.contains("!vault")
        || line.contains("$ANSIBLE_VAULT")
        || NAMED.matcher(line).find()
        || OPTION.matcher(line).find()
        || USUAL.matcher(line).find()
        || TOLD.matcher(line).find()
        || IN_ADDRESS.matcher(line).find()
        || !secrets.mask(line).equals(line)
        || namesOption(line);
  }

  boolean any(List<Finished> lines) {
    return lines.stream().anyMatch(l -> secret(l.line()));
  }

  /** Of the modules that the line names, wherever they stand. */
  private boolean namesOption(String line) {
    for (String word : line.split("[\\s:]+")) {
      String name = Registry.plainName(word.replaceFirst("^-", ""));
      if (!name.isEmpty() && registry.names().contains(name)) {
        Optional<Module<?>> module = registry.findReadable(name);
        if (module.isEmpty()) {
          // Nobody knows which of its options are.
          return true;
        }
        String options = sensitive(module.get().spec());
        if (!options.isEmpty()
            && Pattern.compile("\\b(" + options + ")[\"']?\\s*[=:]").matcher(line).find()) {
          return true;
        }
      }
    }
    return false;
  }

  private static String sensitive(Spec<?> spec) {
    return spec.options().stream()
        .filter(Spec.OptionSpec::sensitive)
        .flatMap(
            o ->
                java.util.stream.Stream.concat(
                    java.util.stream.Stream.of(o.name()), o.aliases().stream()))
        .map(Pattern::quote)
        .collect(Collectors.joining("|"));
  }
}
