package dev.molt.runner.module.files;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * File capabilities as sets, so that the many ways to write the same compare equal.
 *
 * @param flags for each capability that has any, which of effective, inheritable, permitted
 */
public record Capabilities(TreeMap<String, Integer> flags) {
  private static final int EFFECTIVE = 1;
  private static final int INHERITABLE = 2;
  private static final int PERMITTED = 4;

  /** In the order of their numbers in linux/capability.h. */
  private static final List<String> NAMES =
      List.of(
          ("chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap"
                  + " linux_immutable net_bind_service net_broadcast net_admin net_raw ipc_lock"
                  + " ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin"
                  + " sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease"
                  + " audit_write audit_control setfcap mac_override mac_admin syslog wake_alarm"
                  + " block_suspend audit_read perfmon bpf checkpoint_restore")
              .split(" "));

  public static final Capabilities NONE = new Capabilities(new TreeMap<>());

  /**
   * Reads the text form of cap_from_text(3).
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static Capabilities parse(String text) {
    Map<String, Integer> all = new HashMap<>();
    for (String clause : text.strip().split("\\s+")) {
      if (!clause.isEmpty()) {
        clause(clause, all);
      }
    }
    TreeMap<String, Integer> some = new TreeMap<>();
    all.forEach(
        (name, bits) -> {
          if (bits != 0) {
            some.put(name, bits);
          }
        });
    return new Capabilities(some);
  }

  private static void clause(String clause, Map<String, Integer> all) {
    int operator = 0;
    while (operator < clause.length() && "+-=".indexOf(clause.charAt(operator)) < 0) {
      operator++;
    }
    if (operator == clause.length()) {
      throw new IllegalArgumentException(
          "'" + clause + "' lacks its flags: write for example " + clause + "+ep");
    }
    String list = clause.substring(0, operator).toLowerCase(Locale.ROOT);
    List<String> names =
        list.isEmpty() || list.equals("all")
            ? NAMES.stream().map(n -> "cap_" + n).toList()
            : List.of(list.split(","));
    if (list.isEmpty() && clause.charAt(0) != '=') {
      throw new IllegalArgumentException("'" + clause + "' names no capability");
    }
    for (int i = 0; i < names.size(); i++) {
      check(names.get(i));
    }
    int at = operator;
    while (at < clause.length()) {
      char op = clause.charAt(at++);
      int bits = 0;
      for (; at < clause.length() && "+-=".indexOf(clause.charAt(at)) < 0; at++) {
        bits |= flag(clause.charAt(at), clause);
      }
      for (String name : names) {
        int now = all.getOrDefault(name, 0);
        all.put(name, op == '=' ? bits : op == '+' ? now | bits : now & ~bits);
      }
    }
  }

  private static void check(String name) {
    boolean number = name.matches("cap_\\d+|\\d+");
    if (!number && !(name.startsWith("cap_") && NAMES.contains(name.substring(4)))) {
      throw new IllegalArgumentException(
          "'" + name + "' is no capability; capabilities(7) lists them");
    }
  }

  private static int flag(char c, String clause) {
    return switch (c) {
      case 'e' -> EFFECTIVE;
      case 'i' -> INHERITABLE;
      case 'p' -> PERMITTED;
      default ->
          throw new IllegalArgumentException(
              "'" + clause + "': " + c + " is no flag; e, i and p are");
    };
  }

  /**
   * Reads a line of getcap, in the form of any libcap: {@code path cap_x=ep} or {@code path =
   * cap_x+ep}.
   *
   * @param output all that it printed; empty where there are none
   */
  public static Capabilities ofGetcap(String path, String output) {
    String rest = output.strip();
    if (rest.startsWith(path)) {
      rest = rest.substring(path.length()).strip();
    }
    // A lone '=' is the older form's separator, and clears everything in the newer: the same here.
    return parse(rest.startsWith("= ") ? rest.substring(2) : rest);
  }

  /** These, and the others as they are. */
  public Capabilities over(Capabilities others) {
    TreeMap<String, Integer> merged = new TreeMap<>(others.flags);
    merged.putAll(flags);
    return new Capabilities(merged);
  }

  /** The others without those that are named here. */
  public Capabilities removedFrom(Capabilities others) {
    TreeMap<String, Integer> rest = new TreeMap<>(others.flags);
    rest.keySet().removeAll(flags.keySet());
    return new Capabilities(rest);
  }

  /**
   * Whether a file can have these. The kernel keeps one effective flag for a whole file, so either
   * all of its capabilities are effective or none is.
   */
  public boolean fitsAFile() {
    long effective = flags.values().stream().filter(bits -> (bits & EFFECTIVE) != 0).count();
    boolean hollow = flags.containsValue(EFFECTIVE);
    return !hollow && (effective == 0 || effective == flags.size());
  }

  public boolean isEmpty() {
    return flags.isEmpty();
  }

  /** One way to write them that setcap of every version takes; empty text for none. */
  @Override
  public String toString() {
    Map<String, String> byFlags = new TreeMap<>();
    flags.forEach((name, bits) -> byFlags.merge(letters(bits), name, (a, b) -> a + "," + b));
    return byFlags.entrySet().stream()
        .map(e -> e.getValue() + "+" + e.getKey())
        .collect(Collectors.joining(" "));
  }

  private static String letters(int bits) {
    return ((bits & EFFECTIVE) != 0 ? "e" : "")
        + ((bits & INHERITABLE) != 0 ? "i" : "")
        + ((bits & PERMITTED) != 0 ? "p" : "");
  }
}
