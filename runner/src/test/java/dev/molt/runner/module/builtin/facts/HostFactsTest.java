package dev.molt.runner.module.builtin.facts;

import static dev.molt.runner.module.builtin.facts.Replies.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostFactsTest {
  @Test
  void environmentMayHoldLineBreaks() {
    MapValue facts = Replies.facts(HostFacts.env(), "env", "A=1\0B=two\nlines\0C=x=y\0");
    assertThat(text(facts, "env")).isEqualTo("{'A': '1', 'B': 'two\\nlines', 'C': 'x=y'}");
  }

  @Test
  void kernelCommandLine() {
    MapValue facts =
        Replies.facts(
            HostFacts.cmdline(), "/proc/cmdline", "quiet console=tty0 console=ttyS0 x=\"a b\"\n");
    assertThat(text(facts, "cmdline"))
        .isEqualTo("{'quiet': True, 'console': 'ttyS0', 'x': '\"a b\"'}");
    assertThat(text(facts, "proc_cmdline.console")).isEqualTo("['tty0', 'ttyS0']");
  }

  @Test
  void resolver() {
    MapValue facts =
        Replies.facts(
            HostFacts.dns(),
            "/etc/resolv.conf",
            """
            # comment
            nameserver 192.0.2.53
            nameserver 192.0.2.54
            search example.com example.net
            options ndots:2 rotate
            """);
    assertThat(text(facts, "dns"))
        .isEqualTo(
            "{'nameservers': ['192.0.2.53', '192.0.2.54'], 'search': ['example.com',"
                + " 'example.net'], 'options': {'ndots': '2', 'rotate': True}}");
  }

  @Test
  void timeByTheHostsClock() {
    MapValue facts =
        Replies.facts(
            DateFacts.source(),
            "date",
            """
            2024 07 Tuesday 2 27 02 14 05 09 1719921909 123456789 CEST +0200
            CET +0100
            CEST +0200
            """);
    assertThat(text(facts, "date_time"))
        .isEqualTo(
            "{'year': '2024', 'month': '07', 'weekday': 'Tuesday', 'weekday_number': '2',"
                + " 'weeknumber': '27', 'day': '02', 'hour': '14', 'minute': '05', 'second': '09',"
                + " 'epoch': '1719921909', 'epoch_int': '1719921909', 'date': '2024-07-02',"
                + " 'time': '14:05:09', 'iso8601_micro': '2024-07-02T12:05:09.123456Z',"
                + " 'iso8601': '2024-07-02T12:05:09Z', 'iso8601_basic': '20240702T140509123456',"
                + " 'iso8601_basic_short': '20240702T140509', 'tz': 'CEST', 'tz_dst': 'CEST',"
                + " 'tz_offset': '+0200'}");
    MapValue coarse =
        Replies.facts(
            DateFacts.source(), "date", "2024 01 Monday 1 01 01 00 00 00 1704067200  UTC +0000\n");
    assertThat(text(coarse, "date_time.iso8601_micro")).isEqualTo("2024-01-01T00:00:00.000000Z");
    assertThat(text(coarse, "date_time.tz_dst")).isEqualTo("UTC");
  }

  @Test
  void hostKeysOfTheFirstDirectory() {
    MapValue facts =
        Replies.facts(
            HostFacts.hostKeys(),
            "/etc/ssh/ssh_host_ed25519_key.pub",
            "ssh-ed25519 AAAA1 root@h\n",
            "/etc/openssh/ssh_host_rsa_key.pub",
            "ssh-rsa AAAA2\n");
    assertThat(text(facts, "ssh_host_key_ed25519_public")).isEqualTo("AAAA1");
    assertThat(text(facts, "ssh_host_key_ed25519_public_keytype")).isEqualTo("ssh-ed25519");
    assertThat(text(facts, "ssh_host_key_rsa_public")).isEqualTo("(absent)");
  }

  @Test
  void namesOfTheHost() {
    String uname = "Linux\nweb1\n6.1.0\n#1 SMP\n%s\n";
    MapValue facts =
        Replies.facts(
            PlatformFacts.source(),
            "uname",
            uname.formatted("x86_64"),
            "names",
            "127.0.1.1 web1 web1.example.com\n",
            "bits",
            "   2\n",
            "/etc/machine-id",
            "0123\n",
            "python",
            "Python 3.13.0rc2\n/usr/bin/python3\n");
    assertThat(text(facts, "fqdn")).isEqualTo("web1.example.com");
    assertThat(text(facts, "domain")).isEqualTo("example.com");
    assertThat(text(facts, "userspace_bits")).isEqualTo("64");
    assertThat(text(facts, "userspace_architecture")).isEqualTo("x86_64");
    assertThat(text(facts, "machine_id")).isEqualTo("0123");
    assertThat(text(facts, "python_version")).isEqualTo("3.13.0rc2");
    MapValue old =
        Replies.facts(
            PlatformFacts.source(), "uname", uname.formatted("i686"), "bits", "1", "names", "");
    assertThat(text(old, "architecture")).isEqualTo("i386");
    assertThat(text(old, "fqdn")).isEqualTo("web1");
    assertThat(text(old, "domain")).isEmpty();
    assertThat(text(old, "python_version")).isEqualTo("(absent)");
  }

  @Test
  void python() {
    MapValue facts =
        Replies.facts(PythonFacts.source(), "python", "Python 3.13.0rc2\n/usr/bin/python3\n");
    assertThat(text(facts, "python"))
        .isEqualTo(
            "{'version': {'major': 3, 'minor': 13, 'micro': 0, 'releaselevel': 'candidate',"
                + " 'serial': 2}, 'version_info': [3, 13, 0, 'candidate', 2], 'executable':"
                + " '/usr/bin/python3', 'has_sslcontext': True, 'type': 'cpython'}");
    assertThat(text(Replies.facts(PythonFacts.source(), "python", ""), "python"))
        .isEqualTo("(absent)");
  }

  @ParameterizedTest
  @CsvSource({
    "Debian, /usr/bin/apt-get, '', apt",
    "Debian, /usr/bin/apt-get /usr/bin/zypper, '', apt",
    "RedHat, /usr/bin/yum /usr/bin/dnf-3, /usr/bin/dnf-3, dnf",
    "RedHat, /usr/bin/dnf5, /usr/bin/dnf5, dnf5",
    "RedHat, /run/ostree-booted /usr/bin/yum, /usr/bin/dnf-3, atomic_container",
    "RedHat, '', '', unknown",
    "Altlinux, /usr/bin/apt-get apt-rpm, '', apt_rpm",
    "Alpine, /sbin/apk, '', apk",
    "Suse, /usr/bin/zypper, '', zypper",
  })
  void packageManagers(String family, String there, String dnf, String manager) {
    MapValue facts = MapValue.empty().put("os_family", new StrValue(family));
    ManagerFacts.packages()
        .reader()
        .accept(Replies.of("packages", there.replace(' ', '\n'), "dnf", dnf), facts);
    assertThat(text(facts, "pkg_mgr")).isEqualTo(manager);
  }

  @ParameterizedTest
  @CsvSource({
    "systemd, '', '', systemd",
    "init, '', systemctl /run/systemd/system/, systemd",
    "init, /lib/systemd/systemd, systemctl, systemd",
    "bash, '', /etc/init.d/, sysvinit",
    "init, '', /sbin/openrc /etc/init.d/, openrc",
    "procd, '', '', openwrt_init",
    "tini, '', '', tini",
    "'', /sbin/runit-init, '', runit",
    "sh, '', '', service",
  })
  void serviceManagers(String init, String link, String there, String manager) {
    MapValue facts =
        Replies.facts(
            ManagerFacts.services(),
            "init",
            init,
            "sbin-init",
            link,
            "service",
            there.replace(' ', '\n'));
    assertThat(text(facts, "service_mgr")).isEqualTo(manager);
  }

  @Test
  void restrictions() {
    MapValue selinux =
        Replies.facts(
            SecurityFacts.selinux(),
            "/sys/fs/selinux/enforce",
            "0",
            "/sys/fs/selinux/policyvers",
            "33",
            "/etc/selinux/config",
            "# SELINUX= one of\nSELINUX=enforcing\nSELINUXTYPE=targeted\n");
    assertThat(text(selinux, "selinux"))
        .isEqualTo(
            "{'status': 'enabled', 'policyvers': 33, 'config_mode': 'enforcing', 'mode':"
                + " 'permissive', 'type': 'targeted'}");
    assertThat(text(Replies.facts(SecurityFacts.selinux()), "selinux"))
        .isEqualTo("{'status': 'disabled'}");
    assertThat(text(chroot("\n8:2\n8:2\n", "ext2/ext3"), "is_chroot")).isEqualTo("False");
    assertThat(text(chroot("\n8:2\n9:7\n", "ext2/ext3"), "is_chroot")).isEqualTo("True");
    assertThat(text(chroot("\n8:256\n", "btrfs"), "is_chroot")).isEqualTo("False");
    assertThat(text(chroot("sid\n8:2\n8:2\n", "ext2/ext3"), "is_chroot")).isEqualTo("True");
    MapValue caps =
        Replies.facts(SecurityFacts.capabilities(), "caps", "Current: cap_chown,cap_kill=ep\n");
    assertThat(text(caps, "system_capabilities_enforced")).isEqualTo("True");
    assertThat(text(Replies.facts(SecurityFacts.capabilities()), "system_capabilities"))
        .isEqualTo("N/A");
  }

  private static MapValue chroot(String numbers, String filesystem) {
    return Replies.facts(SecurityFacts.chroot(), "chroot", numbers, "filesystem", filesystem);
  }

  @ParameterizedTest
  @CsvSource({
    "/proc/1/cgroup, 0::/docker/abc, docker guest ['docker' 'container'] []",
    "container, container=lxc, lxc guest ['lxc' 'container'] []",
    "/run/systemd/container, systemd-nspawn,"
        + " systemd-nspawn guest ['systemd-nspawn' 'container'] []",
    "dmi, /sys/devices/virtual/dmi/id/sys_vendor:QEMU, kvm guest ['kvm'] []",
    "dmi, '/sys/devices/virtual/dmi/id/product_name:VMware Virtual', VMware guest ['VMware'] []",
    "cpu-models, 'model name : QEMU Virtual CPU version 2.5', kvm guest ['kvm'] []",
    "virtual, /dev/kvm, kvm host [] ['kvm']",
    "/proc/modules, kvm 1 0 - Live 0x0, kvm host [] ['kvm']",
    "virtual, /proc/xen, xen guest [] []",
    "virtual, '', NA NA [] []",
  })
  void virtualization(String section, String content, String is) {
    MapValue facts = Replies.facts(VirtualFacts.source(), section, content);
    String found =
        text(facts, "virtualization_type")
            + " "
            + text(facts, "virtualization_role")
            + " "
            + text(facts, "virtualization_tech_guest")
            + " "
            + text(facts, "virtualization_tech_host");
    assertThat(found.replace(",", "")).isEqualTo(is);
  }
}
