package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The facts of a play that does not say whether it wants any: a host is asked for them when
 * something refers to one, and only then. Thread-safe.
 *
 * <p>A thread that works on one host asks that host. Any other asks all hosts of the batch at once,
 * since whatever it wants to know of one, it is about to want to know of the next.
 */
final class LazyFacts {
  /** The facts that a host can have, without their prefix; those of {@code setup}. */
  private static final Set<String> KNOWN =
      Set.of(
          """
          all_ipv4_addresses all_ipv6_addresses apparmor architecture bios_date bios_vendor
          bios_version board_asset_tag board_name board_serial board_vendor board_version
          chassis_asset_tag chassis_serial chassis_vendor chassis_version cmdline date_time
          default_ipv4 default_ipv6 device_links devices distribution distribution_file_parsed
          distribution_file_path distribution_file_search_string distribution_file_variety
          distribution_major_version distribution_minor_version distribution_release
          distribution_version dns domain effective_group_id effective_group_ids effective_user_id
          env fibre_channel_wwn fips flags form_factor fqdn hostname hostnqn interfaces is_chroot
          iscsi_iqn kernel kernel_version loadavg local locally_reachable_ips lsb lvm machine
          machine_id memfree_mb memory_mb memtotal_mb module_setup mounts nodename os_family
          pkg_mgr proc_cmdline processor processor_cores processor_count processor_nproc
          processor_threads_per_core processor_vcpus product_name product_serial product_uuid
          product_version python python_version real_group_id real_user_id selinux
          selinux_python_present service_mgr ssh_host_key_dsa_public ssh_host_key_ecdsa_public
          ssh_host_key_ecdsa_public_keytype ssh_host_key_ed25519_public
          ssh_host_key_ed25519_public_keytype ssh_host_key_rsa_public
          ssh_host_key_rsa_public_keytype swapfree_mb swaptotal_mb system system_capabilities
          system_capabilities_enforced system_vendor systemd uptime_seconds user_dir user_gecos
          user_gid user_id user_shell user_uid userspace_architecture userspace_bits
          virtualization_role virtualization_tech_guest virtualization_tech_host
          virtualization_type
          """
              .strip()
              .split("\\s+"));

  /** See {@link #KNOWN}. */
  static Set<String> names() {
    return new java.util.TreeSet<>(KNOWN);
  }

  /** Facts about one network interface each are named after it. */
  private static final Pattern INTERFACE =
      Pattern.compile("ansible_(lo|(eth|en|em|wl|ww|ib|bond|br|team|docker|tun|tap|virbr)\\w*)");

  private final PlayContext play;
  private volatile Optional<Boolean> wanted = Optional.empty();

  LazyFacts(PlayContext play) {
    this.play = play;
  }

  /** A host could not be asked for its facts. */
  static final class FactsException extends DiagnosticException {
    private static final long serialVersionUID = 1L;

    private final transient HostResult result;

    FactsException(HostResult result) {
      super(
          List.of(
              Diagnostic.error(
                  "the facts of "
                      + result.host()
                      + " could not be gathered: "
                      + result.message())));
      this.result = result;
    }

    boolean unreachable() {
      return result.status() == Status.UNREACHABLE;
    }
  }

  /** Whether something of this name comes with a host's facts. */
  static boolean isFact(String name) {
    return name.equals("ansible_facts")
        || (name.startsWith(HostFacts.PREFIX)
            && (KNOWN.contains(name.substring(HostFacts.PREFIX.length()))
                || INTERFACE.matcher(name).matches()));
  }

  /** The facts as variables. */
  Layer layer(HostRun host) {
    if (host.gathered().gathered() || !wanted(host)) {
      return host.gathered().layer();
    }
    return Layer.ofValues(
        "facts",
        new AbstractMap<>() {
          @Override
          public Value get(Object name) {
            Value known = host.gathered().layer().values().get(name);
            boolean all = name.equals("ansible_facts");
            if ((known == null || all) && isFact((String) name)) {
              gather(host);
              known = host.gathered().layer().values().get(name);
            }
            return known;
          }

          @Override
          public Set<Map.Entry<String, Value>> entrySet() {
            return host.gathered().layer().values().entrySet();
          }
        });
  }

  private boolean wanted(HostRun host) {
    if (!play.run().options().gathering().equals("lazy") || !play.allHosts().contains(host)) {
      return false;
    }
    Optional<Boolean> known = wanted;
    if (known.isEmpty()) {
      known =
          Optional.of(
              !play.play().keywords().has(FactGathering.ACTION)
                  && play.run().registry().find(FactGathering.ACTION).isPresent());
      wanted = known;
    }
    return known.get();
  }

  private void gather(HostRun host) {
    if (host.gathered().gathered() || host.gathering().isHeldByCurrentThread()) {
      // What asks the host may itself refer to facts, as in an environment.
      return;
    }
    List<HostRun> hosts = new ArrayList<>();
    if (!(Thread.currentThread() instanceof WorkerThread)) {
      play.batch().stream().filter(h -> h.active() && h != host).forEach(hosts::add);
    }
    try {
      if (!hosts.isEmpty()) {
        hosts.add(host);
        new Workers(play.run()).inParallel(hosts, 0, this::ask, new LinkedHashMap<>());
      }
      Done done = ask(host);
      if (done.result().status().bad()) {
        throw new FactsException(done.result());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Diagnostic.error("interrupted while the facts of " + host.name() + " were gathered")
          .asException();
    }
  }

  private Done ask(HostRun host) throws InterruptedException {
    host.gathering().lockInterruptibly();
    try {
      if (host.gathered().gathered()) {
        return new Done(EngineFailure.nothing(host), false);
      }
      Task task = FactGathering.task(play);
      Frame frame = play.frame().at(task);
      TaskInfo info = FactGathering.info(play, task);
      Done done =
          new TaskOnHost(play, task, frame, info, host)
              .run(play.variables(host, frame), Optional.empty());
      if (!done.result().status().bad()) {
        new FoundFacts(play, task, frame, info.module(), host).take(done.result(), List.of(host));
      }
      return done;
    } finally {
      host.gathering().unlock();
    }
  }
}
