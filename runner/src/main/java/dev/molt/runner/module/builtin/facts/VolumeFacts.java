package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;

/** Logical volumes, where there are their tools, and root's rights to ask them. */
final class VolumeFacts {
  private static final String OPTIONS = "--noheadings --nosuffix --units g --separator ,";

  static final String SCRIPT =
      "has vgs && [ \"$(id -u)\" = 0 ] && {\n"
          + "  for f in vgs lvs pvs; do\n"
          + "    s $f; has $f && within $f "
          + OPTIONS
          + "\n  done\n}\n";

  private VolumeFacts() {}

  static void read(Reply reply, MapValue facts) {
    if (!reply.has("vgs")) {
      facts.put("lvm", new StrValue("N/A"));
      return;
    }
    MapValue groups = MapValue.empty();
    for (String line : reply.lines("vgs")) {
      String[] fields = line.strip().split(",", -1);
      if (fields.length >= 7) {
        groups.put(
            fields[0],
            MapValue.empty()
                .put("size_g", Value.of(fields[fields.length - 2]))
                .put("free_g", Value.of(fields[fields.length - 1]))
                .put("num_lvs", Value.of(fields[2]))
                .put("num_pvs", Value.of(fields[1])));
      }
    }
    MapValue volumes = MapValue.empty();
    for (String line : reply.lines("lvs")) {
      String[] fields = line.strip().split(",", -1);
      if (fields.length >= 4) {
        volumes.put(
            fields[0],
            MapValue.empty().put("size_g", Value.of(fields[3])).put("vg", Value.of(fields[1])));
      }
    }
    MapValue disks = MapValue.empty();
    for (String line : reply.lines("pvs")) {
      String[] fields = line.strip().split(",", -1);
      if (fields.length >= 6) {
        disks.put(
            fields[0],
            MapValue.empty()
                .put("size_g", Value.of(fields[4]))
                .put("free_g", Value.of(fields[5]))
                .put("vg", Value.of(fields[1])));
      }
    }
    facts.put("lvm", MapValue.empty().put("lvs", volumes).put("vgs", groups).put("pvs", disks));
  }
}
