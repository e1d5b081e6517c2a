package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Smaller facts, each read off a file or two. */
final class HostFacts {
  private static final List<String> KEY_DIRECTORIES = List.of("/etc/ssh", "/etc/openssh", "/etc");

  private HostFacts() {}

  /** The environment that the task's programs have. */
  static FactSource env() {
    return new FactSource(
        "s env; cat /proc/self/environ 2>/dev/null || env\n",
        (reply, facts) -> {
          MapValue env = MapValue.empty();
          String text = reply.raw("env");
          for (String entry : text.split(text.contains("\0") ? "\0" : "\n")) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
              env.put(entry.substring(0, equals), Value.of(entry.substring(equals + 1)));
            }
          }
          facts.put("env", env);
        });
  }

  /** Words of the kernel's command line; {@code proc_cmdline} has all values of one given twice. */
  static FactSource cmdline() {
    return new FactSource(
        "f /proc/cmdline\n",
        (reply, facts) -> {
          if (reply.find("/proc/cmdline").isEmpty()) {
            return;
          }
          MapValue last = MapValue.empty();
          MapValue all = MapValue.empty();
          for (String word : quotedWords(reply.text("/proc/cmdline"))) {
            int equals = word.indexOf('=');
            String key = equals < 0 ? word : word.substring(0, equals);
            Value value = equals < 0 ? BoolValue.TRUE : Value.of(word.substring(equals + 1));
            last.put(key, value);
            Value before = equals < 0 ? null : all.get(key);
            if (before instanceof ListValue list) {
              list.items().add(value);
            } else {
              all.put(key, before == null ? value : ListValue.of(before, value));
            }
          }
          facts.put("cmdline", last);
          facts.put("proc_cmdline", all);
        });
  }

  /** Words whose quotes stay. */
  private static List<String> quotedWords(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    for (char c : (line + " ").toCharArray()) {
      if (quote == 0 && Character.isWhitespace(c)) {
        if (word.length() > 0) {
          words.add(word.toString());
          word.setLength(0);
        }
        continue;
      }
      quote = c == quote ? 0 : quote == 0 && (c == '"' || c == '\'') ? c : quote;
      word.append(c);
    }
    return words;
  }

  static FactSource loadavg() {
    return new FactSource(
        "f /proc/loadavg\n",
        (reply, facts) -> {
          List<String> words = reply.words("/proc/loadavg");
          if (words.size() >= 3) {
            MapValue load = MapValue.empty();
            List<String> names = List.of("1m", "5m", "15m");
            for (int i = 0; i < 3; i++) {
              load.put(names.get(i), new FloatValue(Double.parseDouble(words.get(i))));
            }
            facts.put("loadavg", load);
          }
        });
  }

  /** The keys of the first directory that has any. */
  static FactSource hostKeys() {
    return new FactSource(
        "f /etc/ssh/ssh_host_*_key.pub /etc/openssh/ssh_host_*_key.pub /etc/ssh_host_*_key.pub\n",
        (reply, facts) -> {
          for (String directory : KEY_DIRECTORIES) {
            boolean found = false;
            for (String kind : List.of("dsa", "rsa", "ecdsa", "ed25519")) {
              List<String> words = reply.words(directory + "/ssh_host_" + kind + "_key.pub");
              if (words.size() >= 2) {
                String name = "ssh_host_key_" + kind + "_public";
                facts.put(name, Value.of(words.get(1)));
                facts.put(name + "_keytype", Value.of(words.get(0)));
                found = true;
              }
            }
            if (found) {
              return;
            }
          }
        });
  }

  static FactSource user() {
    return new FactSource(
        """
        s id; id -un; id -ru; id -u; id -rg; id -g
        s passwd
        { getent passwd "$(id -u)" || grep "^[^:]*:[^:]*:$(id -u):" /etc/passwd; }
        """,
        (reply, facts) -> {
          List<String> id = reply.lines("id");
          if (id.size() < 5) {
            return;
          }
          facts.put("user_id", Value.of(id.get(0)));
          String[] entry = reply.text("passwd").split("\n", 2)[0].split(":", -1);
          if (entry.length >= 7) {
            facts.put("user_uid", number(entry[2]));
            facts.put("user_gid", number(entry[3]));
            facts.put("user_gecos", Value.of(entry[4]));
            facts.put("user_dir", Value.of(entry[5]));
            facts.put("user_shell", Value.of(entry[6]));
          }
          facts.put("real_user_id", number(id.get(1)));
          facts.put("effective_user_id", number(id.get(2)));
          facts.put("real_group_id", number(id.get(3)));
          facts.put("effective_group_id", number(id.get(4)));
        });
  }

  static FactSource dns() {
    return new FactSource(
        "f /etc/resolv.conf\n",
        (reply, facts) -> {
          MapValue dns = MapValue.empty();
          for (String line : reply.lines("/etc/resolv.conf")) {
            List<String> words = Arrays.asList(line.strip().split("\\s+"));
            List<String> rest = words.subList(1, words.size());
            switch (words.get(0)) {
              case "nameserver" -> {
                ListValue servers =
                    dns.get("nameservers") instanceof ListValue known ? known : ListValue.of();
                rest.forEach(server -> servers.items().add(Value.of(server)));
                dns.put("nameservers", servers);
              }
              case "domain" ->
                  rest.stream().findFirst().ifPresent(d -> dns.put("domain", Value.of(d)));
              case "search" -> dns.put("search", ListValue.ofStrings(rest));
              case "sortlist" -> dns.put("sortlist", ListValue.ofStrings(rest));
              case "options" -> dns.put("options", options(rest));
              default -> {}
            }
          }
          facts.put("dns", dns);
        });
  }

  private static MapValue options(List<String> words) {
    MapValue options = MapValue.empty();
    for (String word : words) {
      String[] parts = word.split(":", 2);
      options.put(
          parts[0],
          parts.length > 1 && !parts[1].isEmpty() ? new StrValue(parts[1]) : BoolValue.TRUE);
    }
    return options;
  }

  /** A number of the host's, or the text if it is none. */
  static Value number(String text) {
    String digits = text.strip();
    return Optional.of(digits)
        .filter(d -> d.matches("-?\\d{1,18}"))
        .map(d -> (Value) IntValue.of(Long.parseLong(d)))
        .orElseGet(() -> new StrValue(digits));
  }
}
