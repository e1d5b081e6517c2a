package dev.molt.runner.module.builtin.facts;

import static dev.molt.runner.module.builtin.facts.Replies.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import org.junit.jupiter.api.Test;

class NetworkFactsTest {
  private static final String ADDRESSES =
      """
      1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
          link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
          inet 127.0.0.1/8 scope host lo
             valid_lft forever preferred_lft forever
          inet6 ::1/128 scope host
             valid_lft forever preferred_lft forever
      2: eth0@if9: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default
          link/ether 52:54:00:12:34:56 brd ff:ff:ff:ff:ff:ff
          inet 192.0.2.10/26 brd 192.0.2.63 scope global dynamic eth0
             valid_lft 85000sec preferred_lft 85000sec
          inet 192.0.2.11/26 brd 192.0.2.63 scope global secondary eth0:1
             valid_lft forever preferred_lft forever
          inet6 2001:db8::99/64 scope global temporary dynamic
             valid_lft forever preferred_lft forever
          inet6 2001:db8::10/64 scope global
             valid_lft forever preferred_lft forever
          inet6 fe80::5054:ff:fe12:3456/64 scope link
             valid_lft forever preferred_lft forever
      3: tun0: <POINTOPOINT,MULTICAST,NOARP,UP,LOWER_UP> mtu 1400 qdisc fq state UNKNOWN
          link/none
          inet 10.8.0.6 peer 10.8.0.5/32 scope global tun0
          inet6 fd00::6 peer fd00::5/128 scope global
      4: bond0: <BROADCAST,MULTICAST,MASTER,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP
          link/ether 52:54:00:00:00:01 brd ff:ff:ff:ff:ff:ff
      """;

  private static final String FILES =
      """
      /sys/class/net/lo/address:00:00:00:00:00:00
      /sys/class/net/lo/mtu:65536
      /sys/class/net/lo/operstate:unknown
      /sys/class/net/lo/type:772
      /sys/class/net/lo/flags:0x9
      /sys/class/net/eth0/address:52:54:00:12:34:56
      /sys/class/net/eth0/mtu:1500
      /sys/class/net/eth0/operstate:up
      /sys/class/net/eth0/type:1
      /sys/class/net/eth0/flags:0x1103
      /sys/class/net/eth0/speed:1000
      /sys/class/net/tun0/mtu:1400
      /sys/class/net/tun0/operstate:down
      /sys/class/net/tun0/type:65534
      /sys/class/net/bond0/address:52:54:00:00:00:01
      /sys/class/net/bond0/mtu:1500
      /sys/class/net/bond0/type:1
      /sys/class/net/bond0/bonding/mode:active-backup 1
      /sys/class/net/bond0/bonding/miimon:100
      /sys/class/net/bond0/bonding/lacp_rate:slow 0
      /sys/class/net/bond0/bonding/slaves:eth1 eth2
      /sys/class/net/bond0/bonding/primary:eth1
      /sys/class/net/bond0/bonding/all_slaves_active:0
      /sys/class/net/br0/address:52:54:00:00:00:02
      /sys/class/net/br0/type:1
      /sys/class/net/br0/bridge/bridge_id:8000.525400000002
      /sys/class/net/br0/bridge/stp_state:1
      """;

  private static final String LINKS =
      """
      lrwxrwxrwx 1 root root 0 Nov 24 23:00 /sys/class/net/bond0 -> ../../devices/virtual/net/bond0
      -rw-r--r-- 1 root root 4096 Nov 24 23:00 /sys/class/net/bonding_masters
      lrwxrwxrwx 1 root root 0 Nov 24 23:00 /sys/class/net/br0 -> ../../devices/virtual/net/br0
      lrwxrwxrwx 1 root root 0 Nov 24 23:00 /sys/class/net/br0/brif/veth1 -> ../../veth1/brport
      lrwxrwxrwx 1 root root 0 Nov 24 23:00 /sys/class/net/eth0 -> ../../devices/x/net/eth0
      lrwxrwxrwx 1 root root 0 Nov 24 23:00 /sys/class/net/eth0/device -> ../../../virtio2
      lrwxrwxrwx 1 root root 0 Nov 24 23:00 /sys/class/net/eth0/device/driver/module -> ../virtio_net
      lrwxrwxrwx 1 root root 0 Nov 24 23:00 /sys/class/net/lo -> ../../devices/virtual/net/lo
      lrwxrwxrwx 1 root root 0 Nov 24 23:00 /sys/class/net/tun0 -> ../../devices/virtual/net/tun0
      """;

  private static MapValue facts() {
    return Replies.facts(
        NetworkFacts.source(),
        "ip-addr",
        ADDRESSES,
        "route4",
        "8.8.8.8 via 192.0.2.1 dev eth0 src 192.0.2.10 uid 0\n    cache\n",
        "route6",
        "2404:6800:400a:800::1012 from :: via fe80::1 dev eth0 src 2001:db8::10 metric 1\n",
        "local4",
        "local 127.0.0.0/8 dev lo\nlocal 192.0.2.10 dev eth0\nbroadcast 192.0.2.63 dev eth0\n",
        "local6",
        "local ::1 dev lo\n",
        "net",
        FILES,
        "net-links",
        LINKS,
        "features eth0",
        "Features for eth0:\nrx-checksumming: on [fixed]\n\ttx-checksum-ipv4: off\n",
        "stamps eth0",
        "\tsoftware-transmit (SOF_TIMESTAMPING_TX_SOFTWARE)\nPTP Hardware Clock: 0\n");
  }

  @Test
  void interfacesAndTheirAddresses() {
    MapValue facts = facts();
    assertThat(text(facts, "interfaces"))
        .isEqualTo("['bond0', 'br0', 'eth0', 'lo', 'tun0', 'eth0_1']");
    assertThat(text(facts, "eth0.ipv4"))
        .isEqualTo(
            "{'address': '192.0.2.10', 'broadcast': '192.0.2.63', 'netmask': '255.255.255.192',"
                + " 'network': '192.0.2.0', 'prefix': '26'}");
    assertThat(((ListValue) ((MapValue) facts.get("eth0")).get("ipv4_secondaries")).items())
        .hasSize(1);
    assertThat(text(facts, "eth0_1.ipv4_secondaries")).contains("'192.0.2.11'");
    assertThat(text(facts, "eth0.ipv6"))
        .isEqualTo(
            "[{'address': '2001:db8::10', 'prefix': '64', 'scope': 'global'},"
                + " {'address': 'fe80::5054:ff:fe12:3456', 'prefix': '64', 'scope': 'link'},"
                + " {'address': '2001:db8::99', 'prefix': '64', 'scope': 'global'}]");
    assertThat(text(facts, "tun0.ipv4.address")).isEqualTo("10.8.0.6");
    assertThat(text(facts, "tun0.ipv4.prefix")).isEqualTo("32");
    assertThat(text(facts, "tun0.ipv6"))
        .isEqualTo("[{'address': 'fd00::6', 'prefix': '128', 'scope': 'global'}]");
    assertThat(text(facts, "all_ipv4_addresses"))
        .isEqualTo("['192.0.2.10', '192.0.2.11', '10.8.0.6']");
    assertThat(text(facts, "all_ipv6_addresses")).doesNotContain("'::1'");
    assertThat(text(facts, "locally_reachable_ips"))
        .isEqualTo("{'ipv4': ['127.0.0.0/8', '192.0.2.10'], 'ipv6': ['::1']}");
  }

  @Test
  void whatInterfacesAre() {
    MapValue facts = facts();
    assertThat(text(facts, "lo.type")).isEqualTo("loopback");
    assertThat(text(facts, "lo.macaddress")).isEqualTo("(absent)");
    assertThat(text(facts, "eth0.macaddress")).isEqualTo("52:54:00:12:34:56");
    assertThat(text(facts, "eth0.mtu")).isEqualTo("1500");
    assertThat(text(facts, "eth0.module")).isEqualTo("virtio_net");
    assertThat(text(facts, "eth0.pciid")).isEqualTo("virtio2");
    assertThat(text(facts, "eth0.speed")).isEqualTo("1000");
    assertThat(text(facts, "eth0.promisc")).isEqualTo("True");
    assertThat(text(facts, "lo.promisc")).isEqualTo("False");
    assertThat(text(facts, "tun0.active")).isEqualTo("False");
    assertThat(text(facts, "eth0.features"))
        .isEqualTo("{'rx_checksumming': 'on [fixed]', 'tx_checksum_ipv4': 'off'}");
    assertThat(text(facts, "eth0.timestamping")).isEqualTo("['tx_software']");
    assertThat(text(facts, "eth0.phc_index")).isEqualTo("0");
    assertThat(text(facts, "bond0.type")).isEqualTo("bonding");
    assertThat(text(facts, "bond0.slaves")).isEqualTo("['eth1', 'eth2']");
    assertThat(text(facts, "bond0.mode")).isEqualTo("active-backup");
    assertThat(text(facts, "bond0.all_slaves_active")).isEqualTo("False");
    assertThat(text(facts, "br0.type")).isEqualTo("bridge");
    assertThat(text(facts, "br0.interfaces")).isEqualTo("['veth1']");
    assertThat(text(facts, "br0.stp")).isEqualTo("True");
  }

  @Test
  void theWayOut() {
    MapValue facts = facts();
    assertThat(text(facts, "default_ipv4"))
        .isEqualTo(
            "{'gateway': '192.0.2.1', 'interface': 'eth0', 'address': '192.0.2.10',"
                + " 'broadcast': '192.0.2.63', 'netmask': '255.255.255.192', 'network':"
                + " '192.0.2.0', 'prefix': '26', 'macaddress': '52:54:00:12:34:56', 'mtu': 1500,"
                + " 'type': 'ether', 'alias': 'eth0'}");
    assertThat(text(facts, "default_ipv6.gateway")).isEqualTo("fe80::1");
    assertThat(text(facts, "default_ipv6.scope")).isEqualTo("global");
    MapValue none =
        Replies.facts(
            NetworkFacts.source(), "ip-addr", "", "route4", "RTNETLINK answers: unreachable\n");
    assertThat(text(none, "default_ipv4")).isEqualTo("{}");
    assertThat(text(Replies.facts(NetworkFacts.source()), "interfaces")).isEqualTo("(absent)");
  }
}
