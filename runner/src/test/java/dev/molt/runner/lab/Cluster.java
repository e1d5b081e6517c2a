package dev.molt.runner.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lab's mail cluster, seen and broken from outside: never through what is tested. */
final class Cluster {
  static final String OLD = "1.18.60";
  static final String NEW = "1.19.44";
  static final String NEWER = "1.19.45";
  static final List<String> NODES = List.of("n1", "n2", "n3");
  static final List<String> MACHINES = List.of("n1", "n2", "n3", "db");

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String STATE =
      """
      systemctl show -p ActiveState --value tegu
      systemctl show -p MainPID --value tegu
      /opt/tegu/sbin/tegu --version 2>&1 | grep -o '[0-9.]*$'
      getcap /opt/tegu/sbin/tegu | grep -o 'cap.*'
      """;

  private final Path root;
  private final String name;
  private final Path dir;

  /**
   * A mail server.
   *
   * @param active systemd's word
   * @param pid of the server's main process, 0 if none
   * @param serves the version in the greeting of port 25, empty if nothing answers
   * @param installed the version that the program on disk states
   * @param capabilities of the program on disk
   */
  record Server(String active, long pid, String serves, String installed, String capabilities) {
    boolean runs(String version) {
      return active.equals("active")
          && serves.equals(version)
          && installed.equals(version)
          && capabilities.startsWith("cap_net_bind_service=");
    }

    boolean stopped() {
      return pid == 0 && serves.isEmpty();
    }
  }

  private Cluster(Path root, String name, Path dir) {
    this.root = root;
    this.name = name;
    this.dir = dir;
  }

  /** The lab that the environment names. */
  static Cluster find() {
    String name = System.getenv("MOLT_LAB_NAME");
    String dir = System.getenv("MOLT_LAB_DIR");
    if (name == null || dir == null) {
      throw new AssertionError(
          "MOLT_LAB_NAME and MOLT_LAB_DIR name no lab to test in: run ./molt test");
    }
    return new Cluster(repository(), name, Path.of(dir));
  }

  private static Path repository() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isExecutable(at.resolve("molt")) && Files.isDirectory(at.resolve("lab"))) {
        return at;
      }
    }
    throw new AssertionError("there is no launcher 'molt' here or in a folder above");
  }

  Path root() {
    return root;
  }

  Path dir() {
    return dir;
  }

  Path releases() {
    return dir.resolve("releases");
  }

  /** A command of {@code lab/lab}; gives what it printed. */
  String lab(String... words) {
    List<String> command = new ArrayList<>(List.of("lab/lab", "--name", name));
    command.addAll(List.of(words));
    Command.Result result = Command.start(command, Map.of(), root).end(LIMIT);
    if (result.status() != 0) {
      throw new AssertionError(result.toString());
    }
    return result.output();
  }

  /** Runs a script as root on a machine, without SSH. */
  String sh(String machine, String script) {
    return lab("exec", machine, "sh", "-c", script);
  }

  /** The old release everywhere, a fresh database, no faults. */
  void reset() {
    lab("reset");
    await("the old release serves", () -> all(s -> s.runs(OLD)));
  }

  void fault(String... words) {
    List<String> command = new ArrayList<>(List.of("fault"));
    command.addAll(List.of(words));
    lab(command.toArray(String[]::new));
  }

  void heal() {
    lab("heal");
  }

  Map<String, Server> servers() {
    Map<String, Server> servers = new LinkedHashMap<>();
    NODES.forEach(node -> servers.put(node, server(node)));
    return servers;
  }

  Server server(String node) {
    List<String> said = new ArrayList<>(sh(node, STATE + "true").lines().toList());
    while (said.size() < 4) {
      said.add("");
    }
    return new Server(
        said.get(0), Long.parseLong(said.get(1)), greeting(node), said.get(2), said.get(3));
  }

  boolean all(Predicate<Server> condition) {
    return servers().values().stream().allMatch(condition);
  }

  /** The version in the greeting, as a mail client sees it. */
  private String greeting(String node) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address(node), 25), 1000);
      socket.setSoTimeout(3000);
      byte[] bytes = new byte[200];
      int length = socket.getInputStream().read(bytes);
      String line = new String(bytes, 0, Math.max(0, length), StandardCharsets.UTF_8);
      Matcher matcher = Pattern.compile("TEGU ([0-9.]+)").matcher(line);
      return matcher.find() ? matcher.group(1) : "";
    } catch (IOException e) {
      return "";
    }
  }

  String address(String machine) {
    try {
      String inventory = Files.readString(dir.resolve("inventory/hosts.yml"));
      Matcher matcher =
          Pattern.compile("(?m)^ +" + machine + ":\\s+ansible_host: (\\S+)").matcher(inventory);
      if (matcher.find()) {
        return matcher.group(1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("the lab's inventory has no " + machine);
  }

  /** The structure of the database, by its own record. */
  String schema() {
    return psql("SELECT version FROM schema_version ORDER BY applied_at DESC LIMIT 1");
  }

  String psql(String statement) {
    return lab(
            "exec", "db", "su", "postgres", "-c", "psql -XAtc \"" + statement + "\" tegu_mailboxes")
        .strip();
  }

  String checksum() {
    return lab("checksum");
  }

  /**
   * Everything under these folders of these machines, by path: type, mode, owner, size, time of
   * change, content, target, capabilities.
   */
  Map<String, String> fingerprint(List<String> machines, String... folders) {
    String where = String.join(" ", folders);
    String script =
        """
        set -e; cd /; export LC_ALL=C
        for f in %1$s; do [ ! -e $f ] || echo $f; done >/run/molt-fingerprint
        set -- $(cat /run/molt-fingerprint); rm /run/molt-fingerprint; [ $# -gt 0 ] || exit 0
        find "$@" -xdev \\( -type d -printf '%%p\\td %%m %%u:%%g %%T@\\n' -o -printf '%%p\\t%%y %%m %%u:%%g %%s %%T@ %%l\\n' \\)
        find "$@" -xdev -type f -print0 | xargs -0r sha256sum | sed 's/^\\([^ ]*\\)  \\(.*\\)/\\2\\t\\1/'
        getcap -r "$@" | sed 's/ /\\t/'
        """
            .formatted(where);
    Map<String, String> found = new TreeMap<>();
    for (String machine : machines) {
      sh(machine, script)
          .lines()
          .forEach(
              line -> {
                int tab = line.indexOf('\t');
                found.merge(
                    machine + ":" + line.substring(0, tab),
                    line.substring(tab + 1),
                    (a, b) -> a + " " + b);
              });
    }
    return found;
  }

  /** What differs between two fingerprints, a line each. */
  static List<String> changes(Map<String, String> before, Map<String, String> after) {
    Set<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    return paths.stream()
        .filter(path -> !Objects.equals(before.get(path), after.get(path)))
        .map(path -> path + ": " + before.get(path) + " -> " + after.get(path))
        .toList();
  }

  /** Polls until it holds; the limit is against hangs. */
  static void await(String what, BooleanSupplier condition) {
    long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > limit) {
        throw new AssertionError("waited in vain for: " + what);
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
