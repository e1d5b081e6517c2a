package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Processors, counted the way Ansible counts them. */
final class ProcessorFacts {
  /** The flags, which are long, and the same for all, are asked for once. */
  static final String SCRIPT =
      """
      s cpuinfo
      grep -E '^(model name|[Pp]rocessor|vendor_id|cpu|Vendor|physical id|core id|cpu cores|siblings|\
      # processors|max thread id|ncpus active)[[:space:]]*:' /proc/cpuinfo
      s cpuflags; grep '^flags' /proc/cpuinfo | tail -n 1
      s nproc; nproc
      s xen; e /proc/xen; cat /sys/hypervisor/type
      """;

  private static final Set<String> NAMES =
      Set.of("model name", "Processor", "vendor_id", "cpu", "Vendor", "processor");

  private final Map<String, Long> sockets = new LinkedHashMap<>();
  private final Map<String, Long> cores = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> seen = new LinkedHashMap<>();
  private long count;
  private long zProcessors;
  private long zThreads = 1;

  private ProcessorFacts() {}

  static void read(Reply reply, MapValue facts) {
    List<String> lines = reply.lines("cpuinfo");
    if (lines.isEmpty()) {
      return;
    }
    ProcessorFacts found = new ProcessorFacts();
    found.read(lines);
    facts.put("processor", ListValue.ofStrings(found.names));
    String flags = reply.text("cpuflags");
    if (!flags.isEmpty()) {
      facts.put(
          "flags",
          ListValue.ofStrings(
              List.of(flags.substring(flags.indexOf(':') + 1).strip().split("\\s+"))));
    }
    boolean paravirtual =
        reply.text("xen").matches("(?s)/proc/xen.*|xen") && !flags.contains("vme");
    found.put(facts, architecture(facts), paravirtual && !flags.isEmpty());
    String nproc = reply.text("nproc");
    if (nproc.matches("\\d{1,9}")) {
      facts.put("processor_nproc", IntValue.of(Long.parseLong(nproc)));
    }
  }

  private static String architecture(MapValue facts) {
    return facts.get("architecture") instanceof StrValue text ? text.text() : "";
  }

  private void read(List<String> lines) {
    String socket = "0";
    String core = "0";
    for (String line : lines) {
      int colon = line.indexOf(':');
      String key = line.substring(0, colon).strip();
      String value = line.substring(colon + 1).strip();
      if (NAMES.contains(key)) {
        names.add(value);
        seen.merge(key, 1, Integer::sum);
        count++;
        continue;
      }
      switch (key) {
        case "physical id" -> {
          socket = value;
          sockets.putIfAbsent(socket, 1L);
        }
        case "core id" -> {
          core = value;
          // As Ansible: what is also the number of a socket keeps what it had.
          if (!sockets.containsKey(core)) {
            cores.put(core, 1L);
          }
        }
        case "cpu cores" -> sockets.put(socket, number(value));
        case "siblings" -> cores.put(core, number(value));
        case "# processors" -> zProcessors = number(value);
        case "max thread id" -> zThreads = number(value) + 1;
        default -> count = number(value);
      }
    }
    int vendors = seen.getOrDefault("vendor_id", 0);
    if (vendors > 0 && vendors == seen.getOrDefault("model name", 0)) {
      count = vendors;
    }
  }

  private void put(MapValue facts, String architecture, boolean paravirtual) {
    long processors = seen.getOrDefault("processor", 0);
    if (architecture.matches("(armv|aarch|ppc).*")) {
      count = processors;
    }
    if (architecture.equals("s390x")) {
      put(
          facts,
          1,
          Math.round((double) zProcessors / zThreads),
          zThreads,
          zProcessors,
          zProcessors);
    } else if (paravirtual) {
      put(facts, count, count, 1, count, count);
    } else {
      long chips = sockets.isEmpty() ? count : sockets.size();
      long each = sockets.values().stream().findFirst().filter(n -> n > 0).orElse(1L);
      long threads = Math.round((double) cores.values().stream().findFirst().orElse(1L) / each);
      put(facts, chips, each, threads, threads * chips * each, processors);
    }
  }

  private static void put(
      MapValue facts, long chips, long cores, long threads, long all, long processors) {
    facts.put("processor_count", IntValue.of(chips));
    facts.put("processor_cores", IntValue.of(cores));
    facts.put("processor_threads_per_core", IntValue.of(threads));
    facts.put("processor_vcpus", IntValue.of(all));
    facts.put("processor_nproc", IntValue.of(processors));
  }

  private static long number(String text) {
    String digits = text.replaceAll("\\D.*", "");
    return digits.isEmpty() || digits.length() > 12 ? 0 : Long.parseLong(digits);
  }
}
