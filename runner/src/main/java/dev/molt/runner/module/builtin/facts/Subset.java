package dev.molt.runner.module.builtin.facts;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The subsets of facts that can be gathered on their own, in the order in which they are read. */
@SuppressWarnings("ImmutableEnumChecker") // method references and List.of do not change
enum Subset {
  // What a script runs must not see what others set: these print the environment, or pass it on.
  ENV("env", true, HostFacts::env),
  LOCAL("local", true, LocalFacts::source),
  PLATFORM(
      "platform",
      true,
      PlatformFacts::source,
      "system",
      "kernel",
      "kernel_version",
      "machine",
      "python_version",
      "architecture",
      "machine_id"),
  DISTRIBUTION(
      "distribution",
      true,
      DistributionFacts::source,
      "distribution_version",
      "distribution_release",
      "distribution_major_version",
      "os_family"),
  LSB("lsb", true, DistributionFacts::lsb),
  SELINUX("selinux", true, SecurityFacts::selinux),
  APPARMOR("apparmor", true, SecurityFacts::apparmor),
  CHROOT("chroot", false, SecurityFacts::chroot, "is_chroot"),
  FIPS("fips", true, SecurityFacts::fips),
  PYTHON("python", true, PythonFacts::source),
  CAPS(
      "caps",
      true,
      SecurityFacts::capabilities,
      "system_capabilities",
      "system_capabilities_enforced"),
  PKG_MGR("pkg_mgr", true, ManagerFacts::packages),
  SERVICE_MGR("service_mgr", true, ManagerFacts::services),
  CMDLINE("cmdline", true, HostFacts::cmdline),
  DATE_TIME("date_time", true, DateFacts::source),
  LOADAVG("loadavg", false, HostFacts::loadavg),
  SSH_PUB_KEYS(
      "ssh_pub_keys",
      true,
      HostFacts::hostKeys,
      "ssh_host_pub_keys",
      "ssh_host_key_dsa_public",
      "ssh_host_key_rsa_public",
      "ssh_host_key_ecdsa_public",
      "ssh_host_key_ed25519_public"),
  USER(
      "user",
      true,
      HostFacts::user,
      "user_id",
      "user_uid",
      "user_gid",
      "user_gecos",
      "user_dir",
      "user_shell",
      "real_user_id",
      "effective_user_id",
      "effective_group_ids"),
  SYSTEMD("systemd", false, ManagerFacts::systemd),
  VIRTUAL(
      "virtual",
      false,
      VirtualFacts::source,
      "virtualization_type",
      "virtualization_role",
      "virtualization_tech_guest",
      "virtualization_tech_host"),
  HARDWARE(
      "hardware",
      false,
      HardwareFacts::source,
      "processor",
      "processor_cores",
      "processor_count",
      "mounts",
      "devices"),
  DNS("dns", true, HostFacts::dns),
  FIBRE_CHANNEL("fibre_channel_wwn", false, StorageNames::fibreChannel),
  NETWORK(
      "network",
      false,
      NetworkFacts::source,
      "interfaces",
      "default_ipv4",
      "default_ipv6",
      "all_ipv4_addresses",
      "all_ipv6_addresses"),
  ISCSI("iscsi", false, StorageNames::iscsi),
  NVME("nvme", false, StorageNames::nvme),
  /** Nothing: programs of Ruby's that nobody is made to have. */
  FACTER("facter", false, () -> FactSource.derived((reply, facts) -> {})),
  OHAI("ohai", false, () -> FactSource.derived((reply, facts) -> {}));

  private final String id;
  private final boolean minimal;
  private final Supplier<FactSource> source;
  private final List<String> facts;

  Subset(String id, boolean minimal, Supplier<FactSource> source, String... facts) {
    this.id = id;
    this.minimal = minimal;
    this.source = source;
    this.facts = List.of(facts);
  }

  /** Its name, as {@code gather_subset} takes it. */
  String id() {
    return id;
  }

  /** Whether it is gathered unless it is excluded by name. */
  boolean minimal() {
    return minimal;
  }

  /** Other names, each of one of its facts, for the subset as a whole. */
  List<String> facts() {
    return facts;
  }

  FactSource source() {
    return source.get();
  }

  /** The subsets without whose facts this one's cannot be told. */
  Set<Subset> needs() {
    return switch (this) {
      case PKG_MGR -> Set.of(DISTRIBUTION);
      case SERVICE_MGR, NETWORK -> Set.of(PLATFORM, DISTRIBUTION);
      case HARDWARE -> Set.of(PLATFORM);
      default -> Set.of();
    };
  }
}
