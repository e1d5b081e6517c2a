package dev.molt.runner.module.builtin.facts;

import static dev.molt.runner.module.builtin.facts.Replies.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleKit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules that list what a host has; programs that it may have are stood in for. */
class ListingModulesTest {
  @TempDir Path dir;
  private final ModuleKit kit = ModuleKit.local();

  @AfterEach
  void close() {
    kit.close();
  }

  private <P extends Record> MapValue result(Module<P> module, P options) throws Exception {
    return kit.converges(module, options).applied().result();
  }

  private <P extends Record> MapValue facts(Module<P> module, P options) throws Exception {
    return (MapValue) result(module, options).get("ansible_facts");
  }

  /** A program of this name, found before the machine's own. */
  private void program(String name, String script) throws Exception {
    Path file = Files.writeString(dir.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    kit.environment(Map.of("PATH", dir + ":" + System.getenv("PATH")));
  }

  private static PackageFactsModule.Options packages(
      PackageFactsModule.Strategy strategy, String... managers) {
    return new PackageFactsModule.Options(List.of(managers), strategy);
  }

  @Test
  void packagesOfDebian() throws Exception {
    program(
        "dpkg-query",
        "printf 'installed\\tbash\\t5.2-1\\tamd64\\tshells\\n"
            + "config-files\\told\\t1\\tall\\tmisc\\n"
            + "installed\\tlibc6\\t2.36\\tamd64\\tlibs\\n"
            + "installed\\tlibc6\\t2.36\\ti386\\tlibs\\n"
            + "'");
    MapValue facts =
        facts(new PackageFactsModule(), packages(PackageFactsModule.Strategy.FIRST, "auto"));
    assertThat(text(facts, "packages"))
        .isEqualTo(
            "{'bash': [{'name': 'bash', 'version': '5.2-1', 'arch': 'amd64', 'category': 'shells',"
                + " 'source': 'apt'}], 'libc6': [{'name': 'libc6', 'version': '2.36', 'arch':"
                + " 'amd64', 'category': 'libs', 'source': 'apt'}, {'name': 'libc6', 'version':"
                + " '2.36', 'arch': 'i386', 'category': 'libs', 'source': 'apt'}]}");
    assertThat(kit.roundTrips()).isEqualTo(1);
  }

  @Test
  void packagesOfOthers() throws Exception {
    program("rpm", "printf 'vim\\t9.0\\t1.el9\\t2\\tx86_64\\nbash\\t5.1\\t6\\t(none)\\tx86_64\\n'");
    program("apk", "printf 'busybox-1.36.1-r15\\nodd\\n'");
    MapValue facts =
        facts(new PackageFactsModule(), packages(PackageFactsModule.Strategy.ALL, "dnf", "apk"));
    assertThat(text(facts, "packages.vim"))
        .isEqualTo(
            "[{'name': 'vim', 'version': '9.0', 'release': '1.el9', 'arch': 'x86_64', 'epoch': 2,"
                + " 'source': 'rpm'}]");
    assertThat(text(facts, "packages.bash")).contains("'epoch': None");
    assertThat(text(facts, "packages.busybox"))
        .isEqualTo("[{'name': 'busybox', 'version': '1.36.1', 'release': 'r15', 'source': 'apk'}]");
    assertThat(text(facts, "packages.odd")).contains("'version': ''");
  }

  @Test
  void managersThatAreNone() {
    assertThatThrownBy(
            () ->
                kit.check(
                    new PackageFactsModule(),
                    packages(PackageFactsModule.Strategy.FIRST, "brew", "apt")))
        .hasMessage("Unsupported package managers requested: brew");
    kit.environment(Map.of("PATH", dir.toString()));
    assertThatThrownBy(
            () ->
                kit.check(
                    new PackageFactsModule(),
                    packages(PackageFactsModule.Strategy.FIRST, "pacman")))
        .hasMessageStartingWith("Could not detect a supported package manager");
  }

  @Test
  void servicesOfSystemd() {
    MapValue services =
        ServiceFactsModule.services(
            Replies.of(
                "init",
                "/etc/init.d/ssh\n/etc/init.d/cron\n",
                "units",
                """
                ssh.service        loaded    active   running OpenBSD Secure Shell server
                motd.service       loaded    inactive dead    Message of the day
                gone.service       not-found inactive dead    gone.service
                broken.service     loaded    failed   failed  Breaks
                dev-x.mount        loaded    active   mounted X
                """,
                "files",
                """
                ssh.service              enabled         enabled
                motd.service             static          -
                broken.service           enabled         enabled
                getty@.service           enabled         enabled
                """));
    assertThat(text(services, "ssh.service".replace('.', '_'))).isEqualTo("(absent)");
    assertThat(services.get("ssh.service").toString())
        .isEqualTo(
            "{'name'='ssh.service', 'state'='running', 'status'='enabled',"
                + " 'source'='systemd'}");
    assertThat(services.get("motd.service").toString())
        .contains("'state'='stopped', 'status'='static'");
    assertThat(services.get("gone.service").toString()).contains("'status'='not-found'");
    assertThat(services.get("broken.service").toString()).contains("'status'='failed'");
    assertThat(services.get("getty@.service").toString())
        .contains("'state'='inactive', 'status'='enabled'");
    assertThat(services.get("ssh").toString()).contains("'state'='running', 'source'='sysv'");
    assertThat(services.get("cron").toString()).contains("'state'='stopped'");
    assertThat(services.has("dev-x.mount")).isFalse();
  }

  @Test
  void servicesOfScripts() {
    MapValue services =
        ServiceFactsModule.services(
            Replies.of("init", "/etc/init.d/a\n", "status", " [ + ]  a\n [ - ]  b\n"));
    assertThat(text(services, "a"))
        .isEqualTo("{'name': 'a', 'state': 'running', 'source': 'sysv'}");
    assertThat(text(services, "b.state")).isEqualTo("stopped");
  }

  @Test
  void servicesOfThisMachine() throws Exception {
    MapValue result = result(new ServiceFactsModule(), new ServiceFactsModule.Options());
    assertThat(result.has("ansible_facts") || result.has("skipped")).isTrue();
  }

  private static GetentModule.Options getent(String database, String key, boolean failKey) {
    return new GetentModule.Options(
        database, Optional.ofNullable(key), Optional.empty(), Optional.empty(), failKey);
  }

  @Test
  void entriesOfDatabases() throws Exception {
    GetentModule module = new GetentModule();
    MapValue root = facts(module, getent("passwd", "root", true));
    assertThat(text(root, "getent_passwd.root")).startsWith("['x', '0', '0', 'root', '/root', ");
    GetentModule.Options files =
        new GetentModule.Options(
            "group", Optional.of("root"), Optional.of("files"), Optional.of(":"), true);
    assertThat(text(facts(module, files), "getent_group")).isEqualTo("{'root': ['x', '0', '']}");
    assertThat(text(facts(module, getent("services", "ssh", true)), "getent_services"))
        .isEqualTo("{'ssh': ['22/tcp']}");
    assertThat(facts(module, getent("passwd", null, true)).get("getent_passwd"))
        .isInstanceOfSatisfying(
            MapValue.class, all -> assertThat(all.entries().size()).isGreaterThan(3));
  }

  @Test
  void severalEntriesOfOneKeyAreAList() throws Exception {
    program("getent", "printf '127.0.0.1 a\\n10.0.0.1 b\\n127.0.0.1 c d\\n127.0.0.1 e\\n'");
    assertThat(text(facts(new GetentModule(), getent("hosts", null, true)), "getent_hosts"))
        .isEqualTo("{'127.0.0.1': [['a'], ['c', 'd'], ['e']], '10.0.0.1': ['b']}");
  }

  @Test
  void keysThatAreNotThere() throws Exception {
    assertThatThrownBy(() -> kit.check(new GetentModule(), getent("passwd", "no-such-user", true)))
        .hasMessage("One or more supplied key could not be found in the database.");
    assertThat(
            text(
                facts(new GetentModule(), getent("passwd", "no-such-user", false)),
                "getent_passwd"))
        .isEqualTo("{'no-such-user': None}");
    assertThatThrownBy(() -> kit.check(new GetentModule(), getent("nonsense", null, true)))
        .hasMessage("Missing arguments, or database unknown.");
  }

  private static MountFactsModule.Options mounts(
      List<String> devices,
      List<String> types,
      List<String> sources,
      Value binary,
      Boolean aggregate) {
    return new MountFactsModule.Options(
        devices,
        types,
        sources,
        binary,
        Optional.of(5.0),
        MountFactsModule.OnTimeout.ERROR,
        Optional.ofNullable(aggregate));
  }

  private Path fstab() throws Exception {
    return Files.writeString(
        dir.resolve("fstab"),
        """
        # <file system> <mount point>
        UUID=00000000-dead-beef / ext4 errors=remount-ro 0 1
        server:/export /mnt/no\\040such nfs4 ro
        tmpfs /tmp tmpfs rw 0 0
        tmpfs /tmp tmpfs ro 0 0
        broken line
        """);
  }

  @Test
  void mountsOfAFile() throws Exception {
    Path fstab = fstab();
    MapValue facts =
        facts(
            new MountFactsModule(),
            mounts(List.of(), List.of(), List.of(fstab.toString()), new StrValue("mount"), true));
    assertThat(text(facts, "mount_points./.device")).isEqualTo("UUID=00000000-dead-beef");
    assertThat(text(facts, "mount_points./.passno")).isEqualTo("1");
    assertThat(text(facts, "mount_points./.block_size")).matches("\\d+");
    assertThat(text(facts, "mount_points./mnt/no such.fstype")).isEqualTo("nfs4");
    assertThat(text(facts, "mount_points./mnt/no such.size_total")).isEqualTo("(absent)");
    assertThat(text(facts, "mount_points./mnt/no such.ansible_context"))
        .isEqualTo(
            "{'source': '"
                + fstab
                + "', 'source_data': 'server:/export /mnt/no\\\\040such nfs4 ro'}");
    assertThat(text(facts, "mount_points./tmp.options")).isEqualTo("rw");
    assertThat(text(facts, "aggregate_mounts").split("'device'")).hasSize(5);
  }

  @Test
  void mountsThatPassTheFilters() throws Exception {
    MapValue result =
        result(
            new MountFactsModule(),
            mounts(
                List.of("[!/]*"),
                List.of("nfs", "tmp*"),
                List.of(fstab().toString()),
                new StrValue("mount"),
                null));
    MapValue points = (MapValue) ((MapValue) result.get("ansible_facts")).get("mount_points");
    assertThat(points.entries().keySet()).containsExactly(new StrValue("/tmp"));
    assertThat(text(result, "warnings")).contains("repeat mounts of /tmp");
  }

  @Test
  void mountsOfTheProgram() throws Exception {
    program("mymount", "echo '/dev/sda1 on / type ext4 (rw,relatime)'; echo nonsense");
    Value program = new StrValue("mymount");
    for (List<String> sources : List.of(List.of("mount"), List.of("/etc/mnttab"))) {
      MapValue facts =
          facts(new MountFactsModule(), mounts(List.of(), List.of(), sources, program, null));
      assertThat(text(facts, "mount_points./.options")).isEqualTo("rw,relatime");
      assertThat(text(facts, "mount_points./.ansible_context.source")).isEqualTo("mount");
    }
    assertThat(
            text(
                facts(
                    new MountFactsModule(),
                    mounts(List.of(), List.of(), List.of("/etc/mnttab"), NullValue.NULL, null)),
                "mount_points"))
        .isEqualTo("{}");
  }

  @Test
  void mountsOfThisMachine() throws Exception {
    MapValue facts =
        facts(
            new MountFactsModule(),
            mounts(List.of(), List.of(), List.of("dynamic"), new StrValue("mount"), true));
    assertThat(text(facts, "mount_points./proc.fstype")).isEqualTo("proc");
    String all = text(facts, "aggregate_mounts");
    // /etc/mtab and /proc/mounts are one file.
    assertThat(all.contains("'/etc/mtab'") && all.contains("'/proc/mounts'")).isFalse();
  }

  @Test
  void mountsOptionsThatCannotBe() {
    MountFactsModule.Options none =
        mounts(List.of(), List.of(), List.of(""), new StrValue("mount"), null);
    assertThatThrownBy(() -> kit.check(new MountFactsModule(), none))
        .hasMessage("sources contains an empty string");
    MountFactsModule.Options number = mounts(List.of(), List.of(), List.of(), Value.of(1), null);
    assertThatThrownBy(() -> kit.check(new MountFactsModule(), number))
        .hasMessageContaining("'mount_binary' must be a string or null");
  }
}
