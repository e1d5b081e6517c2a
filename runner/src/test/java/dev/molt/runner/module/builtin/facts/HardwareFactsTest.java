package dev.molt.runner.module.builtin.facts;

import static dev.molt.runner.module.builtin.facts.Replies.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import org.junit.jupiter.api.Test;

class HardwareFactsTest {
  private static MapValue facts(String... sections) {
    return Replies.facts(HardwareFacts.source(), sections);
  }

  @Test
  void memory() {
    MapValue facts =
        facts(
            "/proc/meminfo",
            """
            MemTotal:       24684000 kB
            MemFree:         2048000 kB
            Buffers:          102400 kB
            Cached:          1024000 kB
            SwapCached:            0 kB
            SwapTotal:       1048576 kB
            SwapFree:         524288 kB
            """,
            "/proc/uptime",
            "12345.67 1.00\n");
    assertThat(text(facts, "memtotal_mb")).isEqualTo("24105");
    assertThat(text(facts, "memory_mb"))
        .isEqualTo(
            "{'real': {'total': 24105, 'used': 22105, 'free': 2000}, 'nocache': {'free': 3100,"
                + " 'used': 21005}, 'swap': {'total': 1024, 'free': 512, 'used': 512, 'cached':"
                + " 0}}");
    assertThat(text(facts, "uptime_seconds")).isEqualTo("12345");
    assertThat(text(facts(), "memory_mb")).isEqualTo("(absent)");
  }

  private static String processor(int number, int socket, int core) {
    return """
    processor	: %d
    vendor_id	: GenuineIntel
    model name	: Xeon
    physical id	: %d
    siblings	: 4
    core id		: %d
    cpu cores	: 2
    """
        .formatted(number, socket, core);
  }

  @Test
  void socketsCoresAndThreads() {
    StringBuilder cpuinfo = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      cpuinfo.append(processor(i, i / 4, i % 2));
    }
    MapValue facts =
        facts("cpuinfo", cpuinfo.toString(), "cpuflags", "flags : fpu vme\n", "nproc", "6\n");
    assertThat(text(facts, "processor_count")).isEqualTo("2");
    assertThat(text(facts, "processor_cores")).isEqualTo("2");
    assertThat(text(facts, "processor_threads_per_core")).isEqualTo("2");
    assertThat(text(facts, "processor_vcpus")).isEqualTo("8");
    assertThat(text(facts, "processor_nproc")).isEqualTo("6");
    assertThat(text(facts, "processor")).startsWith("['0', 'GenuineIntel', 'Xeon', '1',");
    assertThat(text(facts, "flags")).isEqualTo("['fpu', 'vme']");
  }

  @Test
  void processorsWithoutSockets() {
    MapValue facts = MapValue.empty().put("architecture", new StrValue("aarch64"));
    HardwareFacts.source()
        .reader()
        .accept(Replies.of("cpuinfo", "processor\t: 0\nprocessor\t: 1\nprocessor\t: 2\n"), facts);
    assertThat(text(facts, "processor_count")).isEqualTo("3");
    assertThat(text(facts, "processor_vcpus")).isEqualTo("3");
    assertThat(text(facts, "processor_nproc")).isEqualTo("3");
  }

  @Test
  void firmware() {
    MapValue facts =
        facts(
            "dmi",
            """
            /sys/devices/virtual/dmi/id/product_name:KVM Server
            /sys/devices/virtual/dmi/id/sys_vendor:QEMU
            /sys/devices/virtual/dmi/id/chassis_type:23
            """);
    assertThat(text(facts, "product_name")).isEqualTo("KVM Server");
    assertThat(text(facts, "system_vendor")).isEqualTo("QEMU");
    assertThat(text(facts, "form_factor")).isEqualTo("Rack Mount Chassis");
    assertThat(text(facts, "bios_date")).isEqualTo("NA");
    assertThat(text(facts("dmi", "/sys/devices/virtual/dmi/id/chassis_type:99\n"), "form_factor"))
        .isEqualTo("unknown (99)");
  }

  @Test
  void disksAndPartitions() {
    MapValue facts =
        facts(
            "block",
            """
            /sys/block/sda/size:41943040
            /sys/block/sda/removable:0
            /sys/block/sda/device/vendor:ATA
            /sys/block/sda/device/model:Samsung SSD
            /sys/block/sda/queue/rotational:0
            /sys/block/sda/queue/scheduler:none [mq-deadline] kyber
            /sys/block/sda/queue/logical_block_size:4096
            /sys/block/sda/queue/discard_granularity:512
            /sys/block/sda/queue/discard_max_hw_bytes:0
            /sys/block/sda/sda1/start:2048
            /sys/block/sda/sda1/size:2097152
            /sys/block/sda/sda1/holders/dm-0/dm/name:vg-root
            /sys/block/dm-0/size:2097152
            """,
            "block-links",
            """
            lrwxrwxrwx 1 root root 0 Nov 24 23:00 /sys/block/dm-0 -> ../devices/virtual/block/dm-0
            lrwxrwxrwx 1 root root 0 Nov 24 23:00 /sys/block/dm-0/slaves/sda1 -> ../../../sda1
            lrwxrwxrwx 1 root root 0 Nov 24 23:00 /sys/block/sda -> \
            ../devices/pci0000:00/0000:00:1f.2/ata1/host0/block/sda
            lrwxrwxrwx 1 root root 0 Nov 24 23:00 /sys/block/sda/sda1/holders/dm-0 -> ../../dm-0
            """,
            "disk-links",
            """
            crw-rw-rw- 1 root root 1, 3 Nov 24 22:49 /dev/null

            /dev/disk/by-id:
            total 0
            lrwxrwxrwx 1 root root 9 Nov 24 23:00 wwn-0x5002538 -> ../../sda
            lrwxrwxrwx 1 root root 9 Nov 24 23:00 ata-Samsung -> ../../sda

            /dev/disk/by-uuid:
            total 0
            lrwxrwxrwx 1 root root 10 Nov 24 23:00 ab-cd -> ../../sda1
            """,
            "lspci",
            "0000:00:1f.2 SATA controller: Intel Corporation AHCI\n");
    String sda = text(facts, "devices.sda");
    assertThat(sda).contains("'virtual': 1").contains("'vendor': 'ATA'", "'sas_address': None");
    assertThat(sda).contains("'scheduler_mode': 'mq-deadline'", "'support_discard': '0'");
    assertThat(sda).contains("'sectorsize': '4096', 'sectors': 5242880, 'size': '20.00 GB'");
    assertThat(sda).contains("'host': 'SATA controller: Intel Corporation AHCI'");
    assertThat(sda).contains("'wwn': '0x5002538'");
    String sda1 = text(facts, "devices.sda.partitions.sda1");
    assertThat(sda1).contains("'start': '2048'", "'sectorsize': 512", "'size': '1.00 GB'");
    assertThat(sda1).contains("'uuid': 'ab-cd'", "'holders': ['vg-root']", "'masters': ['dm-0']");
    assertThat(text(facts, "device_links.ids"))
        .isEqualTo("{'sda': ['ata-Samsung', 'wwn-0x5002538']}");
    assertThat(text(facts, "devices.dm-0.size")).isEqualTo("1.00 GB");
  }

  @Test
  void volumes() {
    MapValue facts =
        facts(
            "vgs", "  vg0,1,2,0,wz--n-,19.53,9.77\n",
            "lvs", "  root,vg0,-wi-ao----,9.77,,,,,,,,\n",
            "pvs", "  /dev/sda2,vg0,lvm2,a--,19.53,9.77\n");
    assertThat(text(facts, "lvm"))
        .isEqualTo(
            "{'lvs': {'root': {'size_g': '9.77', 'vg': 'vg0'}}, 'vgs': {'vg0': {'size_g': '19.53',"
                + " 'free_g': '9.77', 'num_lvs': '2', 'num_pvs': '1'}}, 'pvs': {'/dev/sda2':"
                + " {'size_g': '19.53', 'free_g': '9.77', 'vg': 'vg0'}}}");
    assertThat(text(facts(), "lvm")).isEqualTo("N/A");
  }

  @Test
  void mounts() {
    MapValue facts =
        facts(
            "mtab",
            """
            /dev/sda1 / ext4 rw,relatime 0 1
            proc /proc proc rw 0 0
            /dev/sda1 /srv/my\\040files ext4 rw,relatime 0 0
            nas:/export /mnt/nas nfs4 rw 0 0
            """,
            "/proc/self/mountinfo",
            """
            22 1 8:1 / / rw - ext4 /dev/sda1 rw
            30 22 8:1 /home/x /srv/my\\040files rw - ext4 /dev/sda1 rw
            """,
            "statfs",
            "4096 4096 1000 400 500 100 /\n4096 4096 1000 400 500 100 /srv/my files\n",
            "lsblk",
            "/dev/sda\n/dev/sda1 32caaec3-ef40\n");
    assertThat(text(facts, "mounts"))
        .isEqualTo(
            "[{'mount': '/', 'device': '/dev/sda1', 'fstype': 'ext4', 'options': 'rw,relatime',"
                + " 'dump': 0, 'passno': 1, 'size_total': 4096000, 'size_available': 1638400,"
                + " 'block_size': 4096, 'block_total': 1000, 'block_available': 400, 'block_used':"
                + " 600, 'inode_total': 500, 'inode_available': 100, 'inode_used': 400, 'uuid':"
                + " '32caaec3-ef40'}, {'mount': '/srv/my files', 'device': '/dev/sda1', 'fstype':"
                + " 'ext4', 'options': 'rw,relatime,bind', 'dump': 0, 'passno': 0, 'size_total':"
                + " 4096000, 'size_available': 1638400, 'block_size': 4096, 'block_total': 1000,"
                + " 'block_available': 400, 'block_used': 600, 'inode_total': 500,"
                + " 'inode_available': 100, 'inode_used': 400, 'uuid': '32caaec3-ef40'},"
                + " {'mount': '/mnt/nas', 'device': 'nas:/export', 'fstype': 'nfs4', 'options':"
                + " 'rw', 'dump': 0, 'passno': 0, 'note': 'Could not get extra information due to"
                + " timeout'}]");
  }
}
