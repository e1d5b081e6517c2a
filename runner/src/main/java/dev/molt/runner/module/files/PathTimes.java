package dev.molt.runner.module.files;

import dev.molt.dsl.template.library.DateReader;
import dev.molt.dsl.value.ValueException;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.remote.ShellQuote;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The times that a path is to have.
 *
 * @param modified empty to leave it; {@link #NOW}; or a time of the host's own time zone
 * @param accessed likewise
 */
public record PathTimes(Optional<String> modified, Optional<String> accessed) {
  /** The moment of the change. */
  static final String NOW = "now";

  private static final String PRESERVE = "preserve";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  public static final PathTimes KEPT = new PathTimes(Optional.empty(), Optional.empty());

  /** As a task writes one of them, with the format that it is in. */
  public record Wanted(Optional<String> text, String format) {
    /** How times are written where nothing else is said. */
    public static final String FORMAT = "%Y%m%d%H%M.%S";

    public static final Wanted NONE = new Wanted(Optional.empty(), FORMAT);
  }

  /**
   * Reads what a task asks for.
   *
   * @param usual what is meant where it says nothing: {@link #NOW} when touching
   * @throws ModuleException if a time is not in its format
   */
  static PathTimes of(Wanted modified, Wanted accessed, Optional<String> usual)
      throws ModuleException {
    return new PathTimes(time(modified, usual), time(accessed, usual));
  }

  private static Optional<String> time(Wanted wanted, Optional<String> usual)
      throws ModuleException {
    Optional<String> text = wanted.text().or(() -> usual).filter(t -> !t.equals(PRESERVE));
    if (text.isEmpty() || text.get().equals(NOW)) {
      return text;
    }
    try {
      LocalDateTime time = DateReader.read(text.get(), wanted.format());
      return Optional.of(DATE.format(time));
    } catch (ValueException e) {
      throw new ModuleException(
          "Error while obtaining timestamp for time "
              + text.get()
              + " using format "
              + wanted.format()
              + ": "
              + e.getMessage());
    }
  }

  /** Adds what {@link #diffs} needs to know of the host. */
  FileQuery ask(FileQuery query) {
    modified.filter(t -> !t.equals(NOW)).ifPresent(query::date);
    accessed.filter(t -> !t.equals(NOW)).ifPresent(query::date);
    return query;
  }

  /**
   * What differs.
   *
   * @param made whether the change was made already, so that now has been
   */
  List<FieldDiff> diffs(String path, HostFiles host, HostFile file, boolean made)
      throws ModuleException {
    List<FieldDiff> diffs = new ArrayList<>();
    one(path, "mtime", modified, file.times().modification(), host, made, diffs);
    one(path, "atime", accessed, file.times().access(), host, made, diffs);
    return diffs;
  }

  private static void one(
      String path,
      String field,
      Optional<String> wanted,
      String now,
      HostFiles host,
      boolean made,
      List<FieldDiff> diffs)
      throws ModuleException {
    if (wanted.isEmpty() || (made && wanted.get().equals(NOW))) {
      return;
    }
    String after = wanted.get();
    if (!after.equals(NOW)) {
      after =
          host.date(after)
                  .orElseThrow(
                      () ->
                          new ModuleException(
                              "the host has no time " + wanted.get() + " in its zone"))
              + ".000000000";
    }
    if (!after.equals(now)) {
      diffs.add(FieldDiff.of(path, field, now, after));
    }
  }

  /** The commands that set what differs; none for other differences. */
  static String commands(String path, List<FieldDiff> diffs) {
    StringBuilder script = new StringBuilder();
    String quoted = ShellQuote.quote(path);
    boolean both = diffs.stream().filter(d -> isTime(d) && d.after().equals(NOW)).count() == 2;
    if (both) {
      // Whoever may write a file may do this, and nothing else, to its times.
      return "touch -c -- " + quoted + "\n";
    }
    for (FieldDiff diff : diffs) {
      if (isTime(diff)) {
        script.append("touch -c ").append(diff.field().equals("mtime") ? "-m" : "-a");
        script.append(diff.after().equals(NOW) ? "" : " -d @" + diff.after());
        script.append(" -- ").append(quoted).append('\n');
      }
    }
    return script.toString();
  }

  private static boolean isTime(FieldDiff diff) {
    return diff.field().equals("mtime") || diff.field().equals("atime");
  }
}
