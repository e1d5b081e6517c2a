package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a host is a virtual machine, a container, or the host of such. What is found first is
 * {@code virtualization_type}; all that is found is in the two lists.
 */
final class VirtualFacts {
  static final String DMI = "/sys/devices/virtual/dmi/id/";

  private static final String SCRIPT =
      """
      f /proc/1/cgroup /run/systemd/container /proc/xen/capabilities /proc/modules
      s container; tr '\\0' '\\n' </proc/1/environ | grep '^container='
      s virtual
      e /proc/vz /proc/lve /proc/bc /.dockerenv /.dockerinit /proc/xen /dev/kvm
      grep '^VxID:' /proc/self/status
      s cpu-models; grep -E '^(model name|vendor_id|machine)' /proc/cpuinfo | sort -u
      s dmi; grep -s . /dev/null /sys/devices/virtual/dmi/id/*
      [ -r /sys/devices/virtual/dmi/id/product_name ] || {
        has dmidecode && { s dmidecode; within dmidecode -s system-product-name; }
      }
      """;

  private final Reply reply;
  private final Map<String, String> dmi;
  private final Set<String> guest = new LinkedHashSet<>();
  private final Set<String> host = new LinkedHashSet<>();
  private String type = "";
  private String role = "";

  private VirtualFacts(Reply reply) {
    this.reply = reply;
    this.dmi = reply.files("dmi");
  }

  static FactSource source() {
    return new FactSource(
        SCRIPT,
        (reply, facts) -> {
          VirtualFacts found = new VirtualFacts(reply);
          found.containers();
          found.xen();
          found.firmware();
          found.processor();
          found.modules();
          found.put(facts);
        });
  }

  private void put(MapValue facts) {
    facts.put("virtualization_type", Value.of(type.isEmpty() ? "NA" : type));
    facts.put("virtualization_role", Value.of(type.isEmpty() ? "NA" : role));
    facts.put("virtualization_tech_guest", ListValue.ofStrings(guest));
    facts.put("virtualization_tech_host", ListValue.ofStrings(host));
  }

  private void guest(boolean holds, String tech) {
    if (holds) {
      guest.add(tech);
      first(tech, "guest");
    }
  }

  private void host(boolean holds, String tech) {
    if (holds) {
      host.add(tech);
      first(tech, "host");
    }
  }

  private void first(String tech, String asWhat) {
    if (type.isEmpty()) {
      type = tech;
      role = asWhat;
    }
  }

  private void containers() {
    String cgroups = reply.raw("/proc/1/cgroup");
    guest(find("/docker(/|-[0-9a-f]+\\.scope)", cgroups), "docker");
    guest(find("/lxc/|/machine.slice/machine-lxc", cgroups), "lxc");
    guest(find("/system.slice/containerd.service", cgroups), "containerd");
    String environment = reply.text("container");
    guest(environment.contains("container=lxc"), "lxc");
    guest(environment.contains("container=podman"), "podman");
    guest(find("^container=.", environment), "container");
    Set<String> there = new HashSet<>(reply.lines("virtual"));
    if (there.contains("/proc/vz") && !there.contains("/proc/lve")) {
      host(there.contains("/proc/bc"), "openvz");
      guest(!there.contains("/proc/bc"), "openvz");
    }
    String systemd = reply.text("/run/systemd/container");
    guest(!systemd.isEmpty(), systemd);
    guest(there.contains("/.dockerenv") || there.contains("/.dockerinit"), "docker");
    boolean any =
        List.of("docker", "lxc", "podman", "openvz", "containerd").stream()
            .anyMatch(guest::contains);
    if (any || !systemd.isEmpty()) {
      guest.add("container");
    }
  }

  private void xen() {
    if (reply.lines("virtual").contains("/proc/xen")) {
      boolean control = reply.raw("/proc/xen/capabilities").contains("control_d");
      host(control, "xen");
      first("xen", "guest");
    }
  }

  private void firmware() {
    String product =
        dmi.getOrDefault(
            DMI + "product_name",
            reply.raw("dmidecode").lines().filter(l -> !l.startsWith("#")).findFirst().orElse(""));
    String vendor = dmi.getOrDefault(DMI + "sys_vendor", "");
    String family = dmi.getOrDefault(DMI + "product_family", "");
    String bios = dmi.getOrDefault(DMI + "bios_vendor", "");
    guest(List.of("KVM", "KVM Server", "Bochs", "AHV").contains(product), "kvm");
    guest(vendor.equals("oVirt"), "oVirt");
    guest(vendor.equals("Red Hat") && family.equals("RHV"), "RHV");
    guest(vendor.equals("Red Hat") && product.equals("RHEV Hypervisor"), "RHEV");
    guest(product.startsWith("VMware"), "VMware");
    guest(List.of("OpenStack Compute", "OpenStack Nova").contains(product), "openstack");
    guest(bios.equals("Xen"), "xen");
    guest(bios.equals("innotek GmbH"), "virtualbox");
    guest(List.of("Amazon EC2", "DigitalOcean", "Hetzner").contains(bios), "kvm");
    guest(
        List.of("QEMU", "Amazon EC2", "DigitalOcean", "Google", "Scaleway", "Nutanix")
            .contains(vendor),
        "kvm");
    guest(vendor.equals("KubeVirt"), "KubeVirt");
    guest(vendor.equals("Microsoft Corporation"), "VirtualPC");
    guest(vendor.equals("Parallels Software International Inc."), "parallels");
    guest(vendor.equals("OpenStack Foundation"), "openstack");
    guest(product.contains("BHYVE"), "bhyve");
  }

  private void processor() {
    for (String line : reply.lines("virtual")) {
      boolean vserver = line.matches("VxID:\\s+\\d+.*");
      host(vserver && line.matches("VxID:\\s+0.*"), "linux_vserver");
      guest(vserver && !line.matches("VxID:\\s+0.*"), "linux_vserver");
    }
    String models = reply.raw("cpu-models");
    guest(find("(?m)^model name.*QEMU Virtual CPU", models), "kvm");
    guest(find("(?m)^vendor_id.*User Mode Linux|^model name.*UML", models), "uml");
    guest(find("(?m)^machine.*CHRP IBM pSeries .emulated by qemu.", models), "kvm");
    guest(find("(?m)^vendor_id.*PowerVM Lx86", models), "powervm_lx86");
    if (find("(?m)^vendor_id.*IBM/S390", models)) {
      guest.add("PR/SM");
      first("PR/SM", "LPAR");
    }
  }

  private void modules() {
    Set<String> modules = new HashSet<>();
    reply.lines("/proc/modules").forEach(line -> modules.add(line.split(" ", 2)[0]));
    host(modules.contains("kvm"), "kvm");
    host(modules.contains("vboxdrv"), "virtualbox");
    if (modules.contains("virtio")) {
      host.add("kvm");
      first("kvm", "guest");
    }
    host(reply.lines("virtual").contains("/dev/kvm"), "kvm");
  }

  private static boolean find(String regex, String text) {
    return Pattern.compile(regex).matcher(text).find();
  }
}
