package dev.molt.runner.module.files;

import java.util.Locale;

/** Byte counts for people. */
public final class Sizes {
  private Sizes() {}

  /** Such as {@code 30.1 MB}; decimal units, as disks and networks are sold. */
  public static String text(long bytes) {
    if (bytes < 1000) {
      return bytes + " bytes";
    }
    double value = bytes / 1000.0;
    for (String unit : new String[] {"kB", "MB", "GB"}) {
      if (value < 1000) {
        return String.format(Locale.ROOT, "%.1f %s", value, unit);
      }
      value /= 1000;
    }
    return String.format(Locale.ROOT, "%.1f TB", value);
  }
}
