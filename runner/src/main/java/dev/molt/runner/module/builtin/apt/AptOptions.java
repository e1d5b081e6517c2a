package dev.molt.runner.module.builtin.apt;

import dev.molt.runner.module.Option;
import java.util.List;
import java.util.Optional;

/** What can be asked of apt: Ansible's names and meanings. See {@link Option} on each. */
public record AptOptions(
    @Option(
            value = "Packages, each a name or pattern, or NAME=VERSION or NAME>=VERSION.",
            name = "package",
            aliases = {"name", "pkg"})
        Optional<List<String>> names,
    @Option(value = "What is to become of them.", defaultValue = "present") State state,
    @Option(value = "Bring the lists of packages up to date first.", aliases = "update-cache")
        Optional<Boolean> updateCache,
    @Option(value = "How often that is tried.", defaultValue = "5") int updateCacheRetries,
    @Option(value = "Seconds between attempts, at most.", defaultValue = "12")
        int updateCacheRetryMaxDelay,
    @Option(
            value = "The lists are brought up to date when they are older than so many seconds.",
            defaultValue = "0")
        int cacheValidTime,
    @Option(value = "Remove configuration files too.", defaultValue = "false") boolean purge,
    @Option("Package files on the host to install, or the address of one.")
        Optional<List<String>> deb,
    @Option(value = "The release to take packages from.", aliases = "default-release")
        Optional<String> defaultRelease,
    @Option(
            value = "Install what packages recommend; as the host is set up where left out.",
            aliases = "install-recommends")
        Optional<Boolean> installRecommends,
    @Option(value = "Pass over warnings; dangerous.", defaultValue = "false") boolean force,
    @Option(
            value = "Upgrade all packages: not, safely, or as a new release needs it.",
            defaultValue = "no")
        Upgrade upgrade,
    @Option(
            value = "Options for dpkg, without their dashes.",
            defaultValue = "force-confdef,force-confold")
        List<String> dpkgOptions,
    @Option(value = "Remove packages that nothing needs any more.", defaultValue = "false")
        boolean autoremove,
    @Option(value = "Drop package files that cannot be fetched any more.", defaultValue = "false")
        boolean autoclean,
    @Option(value = "Fail where a package would have to go.", defaultValue = "false")
        boolean failOnAutoremove,
    @Option("What policy-rc.d ends with meanwhile; 101 keeps services from being started.")
        Optional<Integer> policyRcD,
    @Option(value = "Upgrade what is installed, and install nothing.", defaultValue = "false")
        boolean onlyUpgrade,
    @Option(
            value = "Accepted for playbooks written for Ansible: apt-get is used in any case.",
            defaultValue = "false")
        boolean forceAptGet,
    @Option(value = "Drop all package files that were fetched.", defaultValue = "false")
        boolean clean,
    @Option(
            value = "Take packages that nobody signed.",
            aliases = "allow-unauthenticated",
            defaultValue = "false")
        boolean allowUnauthenticated,
    @Option(
            value = "Go back to older versions.",
            aliases = {"allow-downgrade", "allow_downgrades", "allow-downgrades"},
            defaultValue = "false")
        boolean allowDowngrade,
    @Option(value = "Change packages that are on hold.", defaultValue = "false")
        boolean allowChangeHeldPackages,
    @Option(value = "Seconds to wait for another program that uses apt.", defaultValue = "60")
        int lockTimeout) {

  /** What is to become of packages. */
  public enum State {
    ABSENT,
    BUILD_DEP,
    FIXED,
    LATEST,
    PRESENT
  }

  /** How all packages are upgraded. */
  public enum Upgrade {
    DIST,
    FULL,
    NO,
    SAFE,
    YES
  }

  /** The packages, without blanks around them. */
  List<String> packages() {
    return names.orElse(List.of()).stream().map(String::strip).filter(n -> !n.isEmpty()).toList();
  }

  /** Package files. */
  List<String> files() {
    return deb.orElse(List.of()).stream().map(String::strip).filter(n -> !n.isEmpty()).toList();
  }

  /** Whether the lists may have to be brought up to date. */
  boolean mayUpdate() {
    return updateCache.orElse(false) || cacheValidTime > 0;
  }
}
