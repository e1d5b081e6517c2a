package dev.molt.dsl.hook;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.sun.security.auth.module.UnixSystem;
import dev.molt.dsl.source.Diagnostic;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses scripts that somebody else can change: they are run with the operator's rights. A file is
 * trusted where it, and every folder above it, belongs to the operator, to root, or to who owns
 * Molt itself (whose code runs in any case), and no other may write it. Thread-safe.
 *
 * <p>So does sshd with the files of a user (StrictModes in sshd_config(5)), and git with
 * repositories (safe.directory in git-config(1), with its exception for sudo). What stands above
 * Molt's own files is not looked at: who can replace those needs no script.
 */
final class Trust {
  /** Names of users that are trusted besides, with commas. */
  static final String OTHERS = "MOLT_TRUSTED_OWNERS";

  private static final int GROUP_WRITE = 020;
  private static final int OTHERS_WRITE = 02;
  private static final int STICKY = 01000;

  /** Of this process; null until it is asked for. */
  private static volatile Trust user;

  private final Set<Long> owners;
  private final Set<String> names;
  private final Path molt;
  private final Set<Path> sound = ConcurrentHashMap.newKeySet();

  /**
   * Of these users.
   *
   * @param owners by number
   * @param names of others
   * @param molt a file of Molt's own
   */
  Trust(Set<Long> owners, Set<String> names, Path molt) {
    this.owners = Set.copyOf(owners);
    this.names = Set.copyOf(names);
    this.molt = molt;
  }

  /** That of who runs Molt; folders that it has looked at are not looked at again. */
  static Trust ofUser() throws IOException {
    Trust known = user;
    if (known == null) {
      known = ofUser(System.getenv());
      user = known;
    }
    return known;
  }

  /** That of who would run Molt with these variables. */
  static Trust ofUser(Map<String, String> environment) throws IOException {
    Set<Long> owners = new HashSet<>();
    owners.add(0L);
    long user = new UnixSystem().getUid();
    owners.add(user);
    String before = environment.getOrDefault("SUDO_UID", "");
    if (user == 0 && before.matches("[0-9]{1,10}")) {
      owners.add(Long.parseLong(before));
    }
    Path molt;
    try {
      molt =
          Path.of(Trust.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .toRealPath();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    owners.add(uid(molt));
    String names = environment.getOrDefault(OTHERS, "");
    return new Trust(owners, Set.copyOf(Arrays.asList(names.split("[,\\s]+", -1))), molt);
  }

  /**
   * Looks at a file, and at all that leads to it.
   *
   * @throws dev.molt.dsl.source.DiagnosticException where somebody else can change it
   */
  void check(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return;
    }
    Set<Path> seen = new HashSet<>(sound);
    Deque<Path> ways = new ArrayDeque<>();
    List<Path> folders = new ArrayList<>();
    ways.add(file.toAbsolutePath().normalize());
    ways.add(file.toRealPath());
    while (!ways.isEmpty()) {
      for (Path each = ways.remove(); each != null && seen.add(each); each = each.getParent()) {
        Map<String, Object> itself =
            Files.readAttributes(each, "unix:mode,uid,isSymbolicLink,isDirectory", NOFOLLOW_LINKS);
        boolean link = (boolean) itself.get("isSymbolicLink");
        if (link) {
          // Each link of a chain may be led elsewhere by who can write its folder.
          ways.add(each.resolveSibling(Files.readSymbolicLink(each)).normalize());
        }
        if (!molt.startsWith(each)) {
          // Who owns a link can let it lead elsewhere.
          refuseOwner(each, (int) itself.get("uid"), NOFOLLOW_LINKS);
          refuseOthers(
              each, link ? Files.readAttributes(each, "unix:mode,uid,isDirectory") : itself);
        }
        if (!link && (boolean) itself.get("isDirectory")) {
          folders.add(each);
        }
      }
    }
    sound.addAll(folders);
  }

  private void refuseOthers(Path path, Map<String, Object> attributes) throws IOException {
    int mode = (int) attributes.get("mode");
    boolean sticky = (boolean) attributes.get("isDirectory") && (mode & STICKY) != 0;
    boolean othersCan = (mode & OTHERS_WRITE) != 0 && !sticky;
    if (othersCan || ((mode & GROUP_WRITE) != 0 && !sticky && !privateGroup(path))) {
      throw Diagnostic.error(
              path + " can be written by others, and is run with your rights: refused")
          .withHint("chmod go-w " + path)
          .asException();
    }
    refuseOwner(path, (int) attributes.get("uid"));
  }

  /**
   * Whether a group that may write is the owner's alone (Debian's user private groups): it has
   * their name and no other member, and no list of access rights lets more users in (acl(5); ls(1)
   * marks it with a plus, and the group's rights are its mask).
   */
  private static boolean privateGroup(Path path) throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
    String name = attributes.group().getName();
    if (!name.equals(attributes.owner().getName())) {
      return false;
    }
    String[] group = printed("getent", "group", name).split(":", -1);
    List<String> members =
        group.length < 4 ? List.of("?") : List.of(group[3].strip().split(",", -1));
    return members.stream().allMatch(m -> m.isEmpty() || m.equals(name))
        && !printed("ls", "-ld", "--", path.toString()).split(" ", 2)[0].endsWith("+");
  }

  /** What a command prints; nothing where it fails. */
  private static String printed(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return process.waitFor() == 0 ? printed : "+";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
  }

  private void refuseOwner(Path path, int uid, LinkOption... options) throws IOException {
    if (owners.contains(Integer.toUnsignedLong(uid))) {
      return;
    }
    String owner = Files.getOwner(path, options).getName();
    if (!names.contains(owner)) {
      throw Diagnostic.error(
              path
                  + " belongs to "
                  + owner
                  + ", who can change it, and is run with your rights: refused")
          .withHint("chown it, or, if you trust " + owner + ": export " + OTHERS + "=" + owner)
          .asException();
    }
  }

  private static long uid(Path path) throws IOException {
    return Integer.toUnsignedLong((int) Files.getAttribute(path, "unix:uid"));
  }
}
