package dev.molt.runner.module.files;

import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import java.util.Locale;

/** The keys by which stat and find describe a path. */
public final class StatKeys {
  private static final int TYPE = 0170000;

  private StatKeys() {}

  /** Adds all that lstat(2) says; nothing that is only foreseen and so not known. */
  public static void put(MapValue stat, HostFile file) {
    int type = file.rawMode() & TYPE;
    stat.put("isreg", Value.of(file.isFile()));
    stat.put("isdir", Value.of(file.isDirectory()));
    stat.put("islnk", Value.of(file.isLink()));
    stat.put("isfifo", Value.of(type == 0010000));
    stat.put("ischr", Value.of(type == 0020000));
    stat.put("isblk", Value.of(type == 0060000));
    stat.put("issock", Value.of(type == 0140000));
    stat.put("mode", Value.of(String.format(Locale.ROOT, "%04o", file.mode())));
    permissions(stat, file.mode());
    if (file.uid() >= 0) {
      stat.put("uid", Value.of(file.uid()));
    }
    if (file.gid() >= 0) {
      stat.put("gid", Value.of(file.gid()));
    }
    named(stat, "pw_name", file.state().owner(), file.uid());
    named(stat, "gr_name", file.state().group(), file.gid());
    stat.put("size", Value.of(file.state().size()));
    HostFile.Inode node = file.node();
    stat.put("blocks", Value.of(node.blocks()));
    stat.put("block_size", Value.of(node.blockSize()));
    stat.put("device_type", Value.of(node.deviceType()));
    stat.put("inode", Value.of(node.inode()));
    stat.put("dev", Value.of(node.device()));
    stat.put("nlink", Value.of(node.links()));
    stat.put("atime", new FloatValue(Double.parseDouble(file.times().access())));
    stat.put("mtime", new FloatValue(Double.parseDouble(file.times().modification())));
    stat.put("ctime", new FloatValue(Double.parseDouble(file.times().change())));
  }

  private static void named(MapValue stat, String key, String name, long number) {
    if (!name.equals(Long.toString(number))) {
      stat.put(key, Value.of(name));
    }
  }

  private static void permissions(MapValue stat, int mode) {
    String who = "usr grp oth";
    for (int i = 0; i < 3; i++) {
      String suffix = who.substring(i * 4, i * 4 + 3);
      int bits = mode >> (6 - 3 * i);
      stat.put("r" + suffix, Value.of((bits & 4) != 0));
      stat.put("w" + suffix, Value.of((bits & 2) != 0));
      stat.put("x" + suffix, Value.of((bits & 1) != 0));
    }
    stat.put("isuid", Value.of((mode & 04000) != 0));
    stat.put("isgid", Value.of((mode & 02000) != 0));
  }
}
