package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import java.util.List;
import java.util.regex.Pattern;

/** The kernel, the machine, and what it is called. */
final class PlatformFacts {
  private static final Pattern I386 = Pattern.compile("i([3456]86|86pc)");

  /**
   * The name is looked up, and then the name of its address, as Python's getfqdn does. The fifth
   * byte of an ELF file tells what the programs here are made for.
   */
  private static final String SCRIPT =
      """
      s uname
      uname -s; uname -n; uname -r; uname -v; uname -m
      n=$(uname -n)
      s names
      if has getent; then
        a=$(within getent ahosts "$n")
        a=${a%%[!0-9a-fA-F:.]*}
        [ -z "$a" ] || within getent hosts "$a"
      else
        h=$(within hostname -f) && printf '%s %s\\n' - "$h"
      fi
      s bits; od -An -tu1 -j4 -N1 /proc/self/exe
      f /var/lib/dbus/machine-id /etc/machine-id
      """;

  private PlatformFacts() {}

  static FactSource source() {
    return new FactSource(SCRIPT + PythonFacts.SCRIPT, PlatformFacts::read);
  }

  private static void read(Reply reply, MapValue facts) {
    List<String> uname = reply.raw("uname").lines().toList();
    if (uname.size() < 5) {
      return;
    }
    String node = uname.get(1);
    String machine = uname.get(4);
    put(facts, "system", uname.get(0));
    put(facts, "kernel", uname.get(2));
    put(facts, "kernel_version", uname.get(3));
    put(facts, "machine", machine);
    PythonFacts.version(reply).ifPresent(version -> put(facts, "python_version", version));
    String fqdn = fqdn(reply, node);
    put(facts, "fqdn", fqdn);
    put(facts, "hostname", node.split("\\.", 2)[0]);
    put(facts, "nodename", node);
    put(facts, "domain", fqdn.contains(".") ? fqdn.substring(fqdn.indexOf('.') + 1) : "");
    String bits = reply.text("bits").equals("1") ? "32" : "64";
    put(facts, "userspace_bits", bits);
    boolean i386 = I386.matcher(machine).find();
    put(facts, "architecture", i386 ? "i386" : machine);
    if (i386 || machine.equals("x86_64")) {
      put(facts, "userspace_architecture", bits.equals("64") ? "x86_64" : "i386");
    }
    reply
        .find("/var/lib/dbus/machine-id")
        .or(() -> reply.find("/etc/machine-id"))
        .ifPresent(id -> put(facts, "machine_id", id.lines().findFirst().orElse("")));
  }

  /** The first name with a dot among those of the address; else the first, or the node's own. */
  private static String fqdn(Reply reply, String node) {
    String first = node;
    List<String> lines = reply.lines("names");
    for (int i = 0; i < lines.size(); i++) {
      String[] names = lines.get(i).strip().split("\\s+");
      for (int n = 1; n < names.length; n++) {
        if (names[n].contains(".")) {
          return names[n];
        }
        first = i == 0 && n == 1 ? names[n] : first;
      }
    }
    return first;
  }

  private static void put(MapValue facts, String name, String value) {
    facts.put(name, Value.of(value));
  }
}
